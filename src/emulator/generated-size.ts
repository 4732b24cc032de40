import { nearestName } from './nearest-name.ts';
import { StateFileError } from './state-file.ts';

/** How much is generated, in each directory. */
export interface GeneratedSize {
  readonly accounts: number;
  readonly folders: number;
  readonly contacts: number;
  readonly aggregators: number;
  readonly directories: number;
  /** The same seed gives the same state. */
  readonly seed: number;
}

const DEFAULTS: GeneratedSize = {
  accounts: 100,
  folders: 20,
  contacts: 10,
  aggregators: 3,
  directories: 1,
  seed: 1,
};

/** What the memory of an ordinary machine holds; far above what the services allow. */
const MOST: GeneratedSize = {
  accounts: 1_000_000,
  folders: 100_000,
  contacts: 10_000,
  aggregators: 1000,
  directories: 10_000,
  seed: 2 ** 32 - 1,
};

const NAMES = Object.keys(DEFAULTS) as (keyof GeneratedSize)[];

/**
 * Reads `accounts=5000,folders=200,contacts=20,aggregators=5,directories=3,seed=7`; what is left out has a default.
 * @throws StateFileError  with every problem at once
 */
export function readGeneratedSize(text: string): GeneratedSize {
  const problems: string[] = [];
  const size: Record<keyof GeneratedSize, number> = { ...DEFAULTS };
  const seen = new Set<string>();
  for (const part of text.split(',')) {
    const [name = '', value = ''] = part.split('=').map((side) => side.trim());
    const known = NAMES.find((candidate) => candidate === name);
    const problem = known === undefined ? unknownName(name) : wrongValue(known, value, seen.has(name));
    if (problem !== undefined) problems.push(`--generate: ${problem}`);
    else if (known !== undefined) size[known] = Number(value);
    seen.add(name);
  }
  if (problems.length > 0) throw new StateFileError(problems);
  return size;
}

function unknownName(name: string): string {
  const nearest = nearestName(name, NAMES);
  const guess = nearest === undefined ? '' : `, did you mean "${nearest}"?`;
  return `found "${name}"${guess || ','} expected some of ${NAMES.map((known) => `${known}=N`).join(',')}`;
}

function wrongValue(name: keyof GeneratedSize, value: string, again: boolean): string | undefined {
  if (again) return `${name} stands there twice; take one out`;
  const least = name === 'directories' ? 1 : 0;
  const isInRange = /^\d{1,10}$/.test(value) && Number(value) >= least && Number(value) <= MOST[name];
  return isInRange
    ? undefined
    : `${name} is "${value}", expected a whole number from ${least} to ${MOST[name]}`;
}
