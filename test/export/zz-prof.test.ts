import fc from 'fast-check';
import { test } from 'vitest';
import { diff } from '/work/main/src/diff/diff.ts';
import { DEFAULT_LIMITS } from '/work/main/src/manifest/limits.ts';
import { liveManifest } from '/work/main/src/manifest/live-manifest.ts';
import { readManifest } from '/work/main/src/manifest/read-manifest.ts';
import { resolveManifest } from '/work/main/src/manifest/resolve-manifest.ts';
import { writeYaml } from '/work/main/src/manifest/write-yaml.ts';
import { hardWorld } from '/work/main/test/export/hard-names.ts';
const t = () => process.cpuUsage().user / 1000;
test('x', () => {
  let a = t(); const worlds = fc.sample(hardWorld, 500); console.log('gen', t() - a);
  a = t(); const texts = worlds.map((w) => writeYaml(liveManifest(w))); console.log('write', t() - a, Math.max(...texts.map(x=>x.length)));
  a = t(); const ms = texts.map((x) => readManifest([{ path: 'm.yaml', bytes: Buffer.from(x) }], DEFAULT_LIMITS)); console.log('read', t() - a);
  a = t(); ms.map((m, i) => m.ok && resolveManifest(m.value, worlds[i]!, { ownership: 'listed', limits: DEFAULT_LIMITS })); console.log('resolve', t() - a);
});
