import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MUTANTS, type Mutant } from './mutants.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COPIES = join(ROOT, '.mutants');

/** Copies the source, plants one mutant, and lets the simulation run on it. @returns the first seed that fails */
export async function firstFailingSeed(
  mutant: Mutant,
  index: number,
  seeds: number,
): Promise<number | undefined> {
  const copy = join(COPIES, String(index));
  plant(mutant, copy);
  try {
    return await simulateUntilFailure(copy, seeds);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function plant({ edits }: Mutant, copy: string): void {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const part of ['src', 'test/simulation', 'test/support'])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
  for (const { file, find, replace } of edits) {
    const path = join(copy, file);
    const source = readFileSync(path, 'utf8');
    if (source.split(find).length !== 2) throw new Error(`${file} does not hold exactly once: ${find}`);
    writeFileSync(
      path,
      source.replace(find, () => replace),
    );
  }
}

function simulateUntilFailure(copy: string, seeds: number): Promise<number | undefined> {
  const args = [
    '--import',
    'tsx',
    join(copy, 'test/simulation/run.ts'),
    '--seeds',
    String(seeds),
    '--until-failure',
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
    });
    child.on('error', reject);
    child.on('exit', () => {
      const seed = /^seed (\d+)/m.exec(output)?.[1];
      resolve(seed === undefined ? undefined : Number(seed));
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [index, mutant] of MUTANTS.entries()) {
    const seed = await firstFailingSeed(mutant, index, 4000);
    process.stdout.write(`${seed === undefined ? 'MISSED' : `seed ${seed}`.padEnd(12)} ${mutant.name}\n`);
  }
}
