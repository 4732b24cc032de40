import { describe, expect, it } from 'vitest';
import { generateStates } from '../../src/emulator/generate.ts';
import { type GeneratedSize, readGeneratedSize } from '../../src/emulator/generated-size.ts';
import { readStates } from '../../src/emulator/several-states.ts';
import { StateFileError } from '../../src/emulator/state-file.ts';
import { writeStates } from '../../src/emulator/write-states.ts';

const SIZE: GeneratedSize = {
  accounts: 800,
  folders: 60,
  contacts: 20,
  aggregators: 5,
  directories: 1,
  seed: 7,
};

function depthOf(id: string, parents: ReadonlyMap<string, string>): number {
  const parent = parents.get(id);
  return parent === undefined ? 0 : 1 + depthOf(parent, parents);
}

function problemsOf(text: string): readonly string[] {
  try {
    readGeneratedSize(text);
    return [];
  } catch (error) {
    if (error instanceof StateFileError) return error.problems;
    throw error;
  }
}

describe('a generated state', () => {
  const [state] = generateStates(SIZE);
  if (state === undefined) throw new Error('nothing was generated');

  it('has the size that was asked for', () => {
    const { accounts, folders, contacts, aggregators } = state;
    expect([accounts, folders, contacts, aggregators].map(({ length }) => length)).toEqual([800, 60, 20, 5]);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(generateStates(SIZE)).toEqual([state]);
    expect(generateStates({ ...SIZE, seed: 8 })).not.toEqual([state]);
  });

  it('has folders five levels deep and no deeper, with names that differ among siblings', () => {
    const parents = new Map(state.folders.map(({ id, parent }) => [id, parent]));
    const depths = state.folders.map(({ id }) => depthOf(id, parents));
    expect([...new Set(depths)].sort()).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(state.folders.map(({ parent, name }) => `${parent}/${name}`)).size).toBe(60);
  });

  it('stays within the caps, with ids beyond 2^53 among the accounts', () => {
    expect(Math.max(...state.contacts.map(({ members }) => members.length))).toBeLessThanOrEqual(10);
    expect(Math.max(...state.aggregators.map(({ accounts }) => accounts.length))).toBeLessThanOrEqual(200);
    expect(state.aggregators.map(({ type }) => type)).toEqual(['CUSTOM', 'CUSTOM', 'FOLDER', 'CUSTOM', 'RD']);
    const large = state.accounts.filter(({ id }) => BigInt(id) > 2n ** 53n);
    expect(large.length).toBeGreaterThan(20);
    expect(new Set(state.accounts.map(({ name }) => name)).size).toBe(800);
  });

  it('raises the quotas where more owners are asked for than the services allow', () => {
    const [more] = generateStates({ ...SIZE, contacts: 30, aggregators: 8 });
    expect(more?.quotas).toMatchObject({ contacts: 30, aggregators: 8 });
  });

  it.each([
    ['alone', 1],
    ['beside others', 3],
  ])('is written as a state file that is read back to the same, %s', (_, directories) => {
    const states = generateStates({ ...SIZE, accounts: 50, directories });
    expect(readStates(writeStates(states))).toEqual(states);
  });

  it('gives several directories keys and roles of their own', () => {
    const states = generateStates({ ...SIZE, accounts: 5, folders: 2, directories: 300 });
    const distinct = (ids: readonly (string | undefined)[]) => new Set(ids).size;
    expect(distinct(states.map(({ directory }) => directory.id))).toBe(300);
    expect(distinct(states.map(({ credentials }) => credentials[0]?.accessKeyId))).toBe(300);
    expect(distinct(states.map(({ roles }) => roles[0]?.arn))).toBe(300);
  });
});

describe('the size to generate', () => {
  it('has defaults for what is left out', () => {
    expect(readGeneratedSize('accounts=5000, seed=3')).toEqual({
      accounts: 5000,
      folders: 20,
      contacts: 10,
      aggregators: 3,
      directories: 1,
      seed: 3,
    });
  });

  it.each([
    ['acounts=5', ['--generate: found "acounts", did you mean "accounts"?']],
    ['accounts=x', ['--generate: accounts is "x", expected a whole number from 0 to 1000000']],
    ['directories=0', ['--generate: directories is "0", expected a whole number from 1 to 10000']],
    [
      'accounts=1,accounts=2,folders=-1',
      [
        '--generate: accounts stands there twice; take one out',
        '--generate: folders is "-1", expected a whole number from 0 to 100000',
      ],
    ],
  ])('is refused when it is %s', (text, problems) => {
    const found = problemsOf(text);
    expect(found).toHaveLength(problems.length);
    found.forEach((problem, index) => expect(problem.startsWith(problems[index] ?? '-')).toBe(true));
  });
});
