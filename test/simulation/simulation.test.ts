import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { firstFailingSeed } from './catch-mutants.ts';
import { MUTANTS } from './mutants.ts';

const RUN = fileURLToPath(new URL('./run.ts', import.meta.url));
const SEEDS = 20_000;
/** Rare mutants need a few thousand; more would only take longer. */
const SEEDS_FOR_A_MUTANT = 6_000;
const LONG = 1_200_000;

/** The command a person would use: it prints failing seeds with the command that replays them. */
function simulate(seeds: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', RUN, '--seeds', String(seeds)]);
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      output += data.toString();
    });
    child.once('error', reject);
    child.once('exit', () => resolve(output));
  });
}

describe('the whole job in virtual time, against faults, crashes and other writers', () => {
  it(`breaks no rule in ${SEEDS} seeds`, { timeout: LONG }, async () => {
    expect(await simulate(SEEDS)).toMatch(new RegExp(`^0 of ${SEEDS} seeds failed`));
  });

  it.each(MUTANTS.map((mutant, index) => ({ ...mutant, index })))(
    'is found out when a protection is off: $name',
    { timeout: LONG },
    async ({ index, ...mutant }) => {
      expect(await firstFailingSeed(mutant, index, SEEDS_FOR_A_MUTANT)).toBeTypeOf('number');
    },
  );
});
