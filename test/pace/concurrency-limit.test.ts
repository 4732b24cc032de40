import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterConflict,
  afterSuccess,
  type ConcurrencyLimit,
  startLimit,
} from '../../src/pace/concurrency-limit.ts';

const successes = (limit: ConcurrencyLimit, count: number): ConcurrencyLimit =>
  Array.from({ length: count }).reduce<ConcurrencyLimit>((now) => afterSuccess(now), limit);

/** How many successes it takes until the limit is that high. */
function successesUntil(current: number, from: ConcurrencyLimit): number {
  let limit = from;
  let count = 0;
  for (; limit.current < current && count < 10_000; count += 1) limit = afterSuccess(limit);
  return count;
}

describe('the limit of calls in flight', () => {
  test('starts at one, however high it may become', () => {
    expect([1, 5, 100].map((max) => startLimit(max).current)).toEqual([1, 1, 1]);
  });

  test('grows by one with every success, so doubles every round, up to its bound', () => {
    const seen = [0, 1, 2, 3, 4, 5, 50].map((count) => successes(startLimit(5), count).current);
    expect(seen).toEqual([1, 2, 3, 4, 5, 5, 5]);
  });

  test.each([
    // current, in flight when it was sent, then
    [5, 5, 4],
    [5, 3, 2],
    [5, 2, 1],
    [5, 1, 1],
    [2, 5, 1],
    [1, 1, 1],
  ])('of %i falls below the %i in flight, to %i, at once', (current, inFlight, expected) => {
    const limit = { ...startLimit(5), current };
    expect(afterConflict(limit, inFlight, 0).current).toBe(expected);
  });

  test('does not fall again for calls that were sent before it fell', () => {
    const high = successes(startLimit(5), 4);
    const fallen = afterConflict(high, 5, high.epoch);
    expect(fallen.epoch).toBe(high.epoch + 1);
    expect([5, 4, 3].reduce((limit, inFlight) => afterConflict(limit, inFlight, high.epoch), fallen)).toBe(
      fallen,
    );
    expect(afterConflict(fallen, 4, fallen.epoch).current).toBe(3);
  });

  test('remembers where it was refused and stays one below for 32 successes', () => {
    const fallen = afterConflict(successes(startLimit(5), 4), 5, 0);
    expect(fallen).toMatchObject({ current: 4, refusedAt: 5 });
    expect(successes(fallen, 31).current).toBe(4);
    expect(successes(fallen, 32).current).toBe(5);
  });

  test('waits twice as long before each further try, up to 1,024 successes', () => {
    let limit = afterConflict(successes(startLimit(2), 1), 2, 0);
    const waits: number[] = [];
    for (let trial = 0; trial < 8; trial += 1) {
      waits.push(successesUntil(2, limit));
      limit = successes(limit, waits.at(-1) ?? 0);
      limit = afterConflict(limit, 2, limit.epoch);
    }
    expect(waits).toEqual([32, 64, 128, 256, 512, 1024, 1024, 1024]);
  });

  test('forgets the obstacle once a try held for two rounds, and grows on from there', () => {
    const fallen = afterConflict(successes(startLimit(5), 2), 3, 0);
    const trial = successes(fallen, 32);
    expect(trial).toMatchObject({ current: 3, refusedAt: 3 });
    expect(successes(trial, 5)).toMatchObject({ current: 3, refusedAt: 3 });
    expect(successes(trial, 6)).toMatchObject({ current: 3, refusedAt: undefined, hold: 32 });
    expect(successes(trial, 8).current).toBe(5);
  });

  test('climbs back quickly to one below the refusal when it fell further', () => {
    const twice = afterConflict(afterConflict({ ...startLimit(10), current: 10 }, 10, 0), 5, 1);
    expect(twice).toMatchObject({ current: 4, refusedAt: 5 });
    const lower = { ...twice, current: 2, refusedAt: 8 };
    expect([2, 5, 9, 14, 20].map((count) => successes(lower, count).current)).toEqual([3, 4, 5, 6, 7]);
    expect(successes(lower, 51).current).toBe(7);
    expect(successes(lower, 52).current).toBe(8);
  });

  test('a single call that is refused by somebody else leaves one, and two are tried again later', () => {
    const alone = afterConflict(startLimit(5), 1, 0);
    expect(alone).toMatchObject({ current: 1, refusedAt: 2 });
    expect(successesUntil(2, alone)).toBe(32);
  });

  test('stays within one and its bound, whatever happens', () => {
    const anyStory = fc.array(
      fc.oneof(
        fc.constant('success' as const),
        fc.record({ inFlight: fc.integer({ min: 1, max: 12 }), stale: fc.boolean() }),
      ),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), anyStory, (max, story) => {
        let limit = startLimit(max);
        for (const event of story) {
          const before = limit;
          limit =
            event === 'success'
              ? afterSuccess(limit)
              : afterConflict(limit, event.inFlight, limit.epoch - (event.stale ? 1 : 0));
          expect(limit.current).toBeGreaterThanOrEqual(1);
          expect(limit.current).toBeLessThanOrEqual(max);
          expect(limit.hold).toBeLessThanOrEqual(1024);
          if (event === 'success') expect(limit.current - before.current).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
