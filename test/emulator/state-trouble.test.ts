import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StateFileError } from '../../src/emulator/state-file.ts';
import { stateTrouble } from '../../src/emulator/state-trouble.ts';

const problems = (count: number) =>
  Array.from({ length: count }, (_, index) => `accounts[${index}].id: missing`);

describe('a state file that cannot be used', () => {
  it('is named before each of its problems', () => {
    expect(stateTrouble('cloud.yaml', new StateFileError(['seed: missing', 'file: empty']))).toEqual([
      'cloud.yaml  seed: missing',
      'cloud.yaml  file: empty',
    ]);
  });

  it.each([
    [10, undefined],
    [11, 'cloud.yaml  and 1 more problem'],
    [40, 'cloud.yaml  and 30 more problems'],
  ])('with %i problems shows ten of them and the number of the rest', (count, rest) => {
    const lines = stateTrouble('cloud.yaml', new StateFileError(problems(count)));
    expect(lines?.slice(0, 10)).toEqual(problems(10).map((problem) => `cloud.yaml  ${problem}`));
    expect(lines?.[10]).toBe(rest);
    expect(lines?.length).toBe(rest === undefined ? 10 : 11);
  });

  it('that is not there, or is a folder, is named with the reason', async () => {
    const missing = join(tmpdir(), 'rd-reconcile-no-such-file.yaml');
    expect(stateTrouble('nofile', await errorOf(missing))).toEqual([
      'the state file nofile cannot be read: there is no such file (ENOENT); check the path',
    ]);
    expect(stateTrouble('states', await errorOf(tmpdir()))).toEqual([
      'the state file states cannot be read: it is a folder (EISDIR); check the path',
    ]);
  });

  it('for a reason without words here is named with the code of the system', () => {
    const error = Object.assign(new Error('x'), { code: 'EIO', syscall: 'read' });
    expect(stateTrouble('cloud.yaml', error)).toEqual([
      'the state file cloud.yaml cannot be read: the system refuses it (EIO); check the path',
    ]);
  });

  it.each([
    ['a defect', new TypeError('x')],
    ['a port that is taken', Object.assign(new Error('x'), { code: 'EADDRINUSE', syscall: 'listen' })],
    ['no error at all', 'x'],
  ])('is not what %s is about', (_, error) => {
    expect(stateTrouble('cloud.yaml', error)).toBeUndefined();
  });
});

const errorOf = (path: string): Promise<unknown> => readFile(path).catch((error: unknown) => error);
