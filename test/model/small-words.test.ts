import { describe, expect, test } from 'vitest';
import { compareText } from '../../src/model/compare.ts';
import { type ExitCode, gravest } from '../../src/model/exit-code.ts';
import { groupBy } from '../../src/model/group-by.ts';
import { describeHalt, HaltedError, HaltSwitch } from '../../src/model/halt.ts';
import { formatProblem } from '../../src/model/problem.ts';
import { callError, source } from '../support/world.ts';

test('text is ordered by code unit, not by language', () => {
  expect(['b', 'B', 'ä', 'a', '10', '9', ''].sort(compareText)).toEqual(['', '10', '9', 'B', 'a', 'b', 'ä']);
  expect([compareText('a', 'a'), compareText('a', 'b'), compareText('b', 'a')]).toEqual([0, -1, 1]);
});

test('groups come in the order of their first items, and so do the items', () => {
  const groups = groupBy(['pear', 'apple', 'plum', 'apricot'], (word) => word[0]);
  expect([...groups]).toEqual([
    ['p', ['pear', 'plum']],
    ['a', ['apple', 'apricot']],
  ]);
});

describe('the exit code of several directories', () => {
  const worstFirst: readonly ExitCode[] = [143, 130, 78, 77, 69, 75, 65, 5, 4, 3, 2, 0];

  test('is the gravest of theirs, in any order', () => {
    for (const [index, code] of worstFirst.entries()) {
      expect(gravest(worstFirst.slice(index))).toBe(code);
      expect(gravest([...worstFirst.slice(index)].reverse())).toBe(code);
    }
  });

  test('is 0 without any', () => {
    expect(gravest([])).toBe(0);
  });
});

describe('the halt switch', () => {
  test('keeps the first reason and aborts its signal', () => {
    const halt = new HaltSwitch();
    expect([halt.reason, halt.signal.aborted]).toEqual([undefined, false]);
    halt.halt({ kind: 'deadline' });
    halt.halt({ kind: 'interrupted', signal: 'SIGINT' });
    expect([halt.reason, halt.signal.aborted]).toEqual([{ kind: 'deadline' }, true]);
  });

  test.each([
    [{ kind: 'interrupted', signal: 'SIGTERM' }, 'the run was interrupted by SIGTERM'],
    [{ kind: 'deadline' }, 'the deadline was reached'],
    [{ kind: 'ended' }, 'the run has ended'],
    [
      { kind: 'refused', failure: { class: 'permission', code: 'Forbidden.RAM' } },
      'the run stopped when a call was refused with Forbidden.RAM',
    ],
    [
      { kind: 'systemic', code: 'InternalError', inARow: 5 },
      'the run stopped after 5 calls in a row failed with InternalError',
    ],
  ] as const)('says of %o why nothing more is sent', (reason, text) => {
    expect(describeHalt(reason)).toBe(text);
    expect(new HaltedError(reason)).toMatchObject({ name: 'HaltedError', message: text, reason });
  });
});

test('a failed call shows its code and message, and carries the rest', () => {
  const error = callError('conflict', 'ConcurrentCallNotSupported', { httpStatus: 429 });
  expect(error).toMatchObject({
    name: 'CloudCallError',
    message: 'ConcurrentCallNotSupported: message of ConcurrentCallNotSupported',
    failure: { class: 'conflict', httpStatus: 429 },
  });
});

test.each([
  ['error', source(14), 'manifest.yaml:14:9  it is wrong'],
  ['warning', source(14), 'manifest.yaml:14:9  warning: it is wrong'],
  ['error', undefined, 'it is wrong'],
] as const)('a problem (%s) is one line that starts with its place', (severity, at, line) => {
  expect(formatProblem({ code: 'x', severity, source: at, message: 'it is wrong' })).toBe(line);
});
