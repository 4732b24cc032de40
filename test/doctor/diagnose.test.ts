import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/job/doctor/diagnose.ts';
import { maskKey } from '../../src/job/doctor/doctor.ts';
import type { Probed } from '../../src/job/doctor/probe.ts';

const answered = (skewMs: number): Probed => ({
  service: 'directory',
  action: 'GetResourceDirectory',
  elapsedMs: 20,
  skewMs,
  failure: undefined,
});

describe('the clock', () => {
  test.each([
    [0, [], 0],
    [59_000, [], 0],
    [61_000, ['warning'], 0],
    [-61_000, ['warning'], 0],
    [901_000, ['error'], 69],
    [-901_000, ['error'], 69],
  ])('off by %d ms: %j, exit %d', (skewMs, severities, exitCode) => {
    const found = diagnose([answered(skewMs)]);
    expect([found.problems.map(({ severity }) => severity), found.exitCode]).toEqual([severities, exitCode]);
  });

  test.each([
    [61_000, '61 s behind'],
    [-1_205_000, '20 min 5 s ahead of'],
  ])('is told with its distance and direction: %d ms', (skewMs, words) => {
    expect(diagnose([answered(skewMs)]).problems.map(({ message }) => message)).toEqual([
      `this machine's clock is ${words} that of the service, and calls are refused from 15 minutes on; set it by NTP`,
    ]);
  });

  test('is judged by the answer that shows the least: others may have waited on their way', () => {
    expect(diagnose([answered(-90_000), answered(1000)]).problems).toEqual([]);
  });
});

test('what was not looked at is told, and does not make it unready', () => {
  const { problems, exitCode } = diagnose([], {
    unread: ['the first 5000 of 12000 contacts were looked at (50 pages at most)'],
  });
  expect([problems, exitCode]).toEqual([
    [
      {
        severity: 'warning',
        code: 'not-all-read',
        message:
          'the first 5000 of 12000 contacts were looked at (50 pages at most); what is near a cap among the others is not told',
      },
    ],
    0,
  ]);
});

test.each([
  ['LTAI5tAbCdEfGhIjKlMnabcd', 'LTAI****abcd'],
  ['STS.NUabcdefghijklmn', 'STS.****klmn'],
  ['short', '****'],
])('access key id %s is shown as %s', (id, shown) => {
  expect(maskKey(id)).toBe(shown);
});
