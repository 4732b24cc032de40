import { expect, test } from 'vitest';
import { roughDuration, roughRange } from '../../src/report/rough-duration.ts';

test.each([
  [0, '1 s'],
  [999, '1 s'],
  [1001, '2 s'],
  [60_000, '60 s'],
  [60_001, '2 min'],
  [7_200_000, '120 min'],
  [7_200_001, '3 h'],
])('%i ms is about %s', (ms, words) => {
  expect(roughDuration(ms)).toBe(words);
});

test.each([
  [200, 900, '1 s'],
  [2400, 100_000, '3 s to 2 min'],
])('%i to %i ms is about %s', (least, most, words) => {
  expect(roughRange(least, most)).toBe(words);
});
