import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../samples/support/built.ts';
import { npm } from './support/npm.ts';

type Json = Record<string, unknown>;

interface Lock extends Json {
  readonly packages: Record<string, Json>;
}

/**
 * The bill of materials of an installation for use, CycloneDX as JSON. It is made of the lock file without what is for
 * development, because `npm sbom --omit dev` (npm 11.19) also leaves out what is for both: commander and zod, here.
 */
export function productionSbom(): string {
  const temporary = mkdtempSync(join(tmpdir(), 'rd-reconcile-sbom-'));
  try {
    const { devDependencies: _, ...used } = readJson('package.json');
    // npm gives the component the name of the folder.
    const folder = join(temporary, String(used['name']));
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), JSON.stringify(used));
    writeFileSync(
      join(folder, 'package-lock.json'),
      JSON.stringify(usedOf(readJson('package-lock.json') as Lock)),
    );
    return npm(['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function usedOf(lock: Lock): Lock {
  const kept = Object.entries(lock.packages).filter(([, { dev }]) => dev !== true);
  const [[root, { devDependencies: _, ...own }], ...others] = kept as [[string, Json], ...[string, Json][]];
  return { ...lock, packages: { [root]: own, ...Object.fromEntries(others) } };
}

const readJson = (name: string): Json => JSON.parse(readFileSync(join(ROOT, name), 'utf8')) as Json;
