import { describe, expect, test } from 'vitest';
import { backoffMs } from '../../src/model/backoff.ts';
import { always, seededRandom } from '../support/fake-time.ts';

describe('the backoff', () => {
  test.each([
    [1, 500],
    [2, 1000],
    [3, 2000],
    [4, 4000],
    [5, 8000],
    [6, 16_000],
    [7, 20_000],
    [8, 20_000],
    [2000, 20_000],
  ])('after attempt %i is anything from 0 to %i ms', (attempt, ceiling) => {
    expect(backoffMs(attempt, always(0))).toBe(0);
    expect(backoffMs(attempt, always(0.5))).toBe(ceiling / 2);
    expect(backoffMs(attempt, always(0.999))).toBeCloseTo(ceiling * 0.999);
  });

  test('spreads waits over the whole interval also at the cap, so that refused calls do not return together', () => {
    const waits = Array.from(
      { length: 1000 },
      (
        (random) => () =>
          backoffMs(9, random)
      )(seededRandom(1)),
    );
    for (const part of [0, 1, 2, 3]) {
      const inQuarter = waits.filter((ms) => Math.floor(ms / 5000) === part).length;
      expect(inQuarter).toBeGreaterThan(200);
    }
  });
});
