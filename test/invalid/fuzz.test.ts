import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { seededRandom } from '../support/fake-time.ts';
import { GOOD_MANIFESTS } from './support/good-manifests.ts';
import { mutate } from './support/mutate.ts';
import { untold } from './support/untold.ts';

/** Over all manifests; FUZZ_CASES=1000000 looks longer. */
const CASES = Number(process.env['FUZZ_CASES'] ?? 100_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

vi.setConfig({ testTimeout: 600_000 });

describe.each(GOOD_MANIFESTS.map((good, index) => ({ ...good, index })))(
  'manifest $index ($path)',
  ({ path, text, index }) => {
    it('is sound, and loses nothing', () => {
      const file = { path, bytes: utf8(text) };
      const result = readManifest([file], DEFAULT_LIMITS);
      expect(result).toMatchObject({ ok: true });
      expect(untold(file, result)).toEqual([]);
    });

    it('would be noticed to lose one entry of its owners', () => {
      const file = { path, bytes: utf8(text) };
      const result = readManifest([file], DEFAULT_LIMITS);
      if (!result.ok) throw new Error('not sound');
      for (const kind of ['contacts', 'aggregators'] as const) {
        for (const [place, owner] of result.value[kind].entries()) {
          if (owner.members.length === 0) continue;
          const poorer = { ...owner, members: owner.members.slice(0, -1) };
          const value = { ...result.value, [kind]: result.value[kind].with(place, poorer as never) };
          expect(untold(file, { ...result, value })).toHaveLength(1);
        }
      }
    });

    it('damaged anyhow is read without a crash, and what it says is read or reported', () => {
      const random = seededRandom(SEED * 1000 + index);
      const good = utf8(text);
      const lost: unknown[] = [];
      for (let run = 0; run < CASES / GOOD_MANIFESTS.length; run += 1) {
        const file = { path, bytes: mutate(good, random) };
        const lines = untold(file, readManifest([file], DEFAULT_LIMITS));
        if (lines.length > 0) lost.push({ run, lines, text: new TextDecoder().decode(file.bytes) });
      }
      expect(lost.slice(0, 3)).toEqual([]);
    });

    it('cut off at any byte, or with any byte gone, is read or reported', () => {
      const good = utf8(text);
      for (let at = 0; at < good.length; at += 1) {
        for (const bytes of [good.subarray(0, at), good.filter((_, i) => i !== at)]) {
          const file = { path, bytes };
          expect({ at, lost: untold(file, readManifest([file], DEFAULT_LIMITS)) }).toEqual({ at, lost: [] });
        }
      }
    });
  },
);
