import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../samples/support/built.ts';

/** `import ... from 'x'` and `export ... from 'x'`, but neither types nor what is imported when it is needed. */
const STATIC = /^(?:import|export)\s(?!type\s)(?:[^'";]*?\sfrom\s)?'([^']+)';/gm;

/** The packages that come with a file as soon as it is imported. */
function packagesOf(entry: string): ReadonlySet<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, name = ''] of readFileSync(join(ROOT, path), 'utf8').matchAll(STATIC)) {
      if (name.startsWith('.')) visit(posix.join(posix.dirname(path), name));
      else if (!name.startsWith('node:')) packages.add(name.split('/')[0] ?? name);
    }
  };
  visit(entry);
  return packages;
}

/** What only some runs need: another format, a proxy, an emulator, a terminal. */
const FOR_SOME_RUNS = [
  'cli-progress',
  'csv-stringify',
  'https-proxy-agent',
  'pino-pretty',
  'preact',
  'preact-render-to-string',
  'prom-client',
  'xmlbuilder2',
  'zod',
];

describe('what a command loads at once', () => {
  test('is commander alone for help and version', () => {
    expect([...packagesOf('src/main.ts')]).toEqual(['commander']);
  });

  test('for a plan is nothing that only some runs need', () => {
    const loaded = packagesOf('src/commands/reconcile.ts');
    expect(FOR_SOME_RUNS.filter((name) => loaded.has(name))).toEqual([]);
    expect([...loaded]).toEqual(expect.arrayContaining(['lossless-json', 'p-limit', 'pino', 'csv-parse']));
  });

  test('for validate is what reads manifests, and no client', () => {
    expect([...packagesOf('src/commands/validate.ts')].sort()).toEqual(['csv-parse', 'js-yaml']);
  });

  test('of the official packages comes by the one file that wraps them', () => {
    expect([...packagesOf('src/cloud/assumed-role.ts')]).toEqual(['@alicloud']);
    expect(packagesOf('src/job/connect.ts').has('@alicloud')).toBe(false);
  });
});
