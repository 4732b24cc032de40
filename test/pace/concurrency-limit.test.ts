import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterConflict,
  afterSuccess,
  type ConcurrencyLimit,
  READS_AT_FIRST,
  startLimit as start,
  WRITES_AT_FIRST,
} from '../../src/pace/concurrency-limit.ts';

/** The limit of a lane that writes. */
const startLimit = (max: number): ConcurrencyLimit => start(max, WRITES_AT_FIRST);

/** Successes of calls that were as many in flight as the limit allows. */
const successes = (limit: ConcurrencyLimit, count: number): ConcurrencyLimit =>
  Array.from({ length: count }).reduce<ConcurrencyLimit>((now) => afterSuccess(now, now.current), limit);

/** So many of the calls that are in flight together are refused. */
const conflicts = (limit: ConcurrencyLimit, count: number, inFlight: number): ConcurrencyLimit =>
  Array.from({ length: count }).reduce<ConcurrencyLimit>((now) => afterConflict(now, inFlight), limit);

/** How many successes it takes until the limit is that high. */
function successesUntil(current: number, from: ConcurrencyLimit): number {
  let limit = from;
  let count = 0;
  for (; limit.current < current && count < 10_000; count += 1) limit = afterSuccess(limit, limit.current);
  return count;
}

describe('the limit of calls in flight', () => {
  test('starts at two, the fewest that can exclude each other, or at one where no more are allowed', () => {
    expect([1, 2, 5, 100].map((max) => startLimit(max).current)).toEqual([1, 2, 2, 2]);
  });

  test.each([
    [5, [2, 5, 5, 5]],
    [32, [2, 8, 32, 32]],
    [1000, [2, 8, 32, 128]],
    [1, [1, 1, 1, 1]],
  ])('grows fourfold every round, up to its bound of %i', (max, expected) => {
    let limit = startLimit(max);
    const seen = expected.map(() => {
      const { current } = limit;
      limit = successes(limit, current);
      return current;
    });
    expect(seen).toEqual(expected);
  });

  test.each([
    [1, [1, 1, 1]],
    [5, [5, 5, 5]],
    [32, [8, 32, 32]],
    [1000, [8, 32, 128]],
  ])('begins with eight where calls only read, and grows the same way up to %i', (max, expected) => {
    let limit = start(max, READS_AT_FIRST);
    const seen = expected.map(() => {
      const { current } = limit;
      limit = successes(limit, current);
      return current;
    });
    expect(seen).toEqual(expected);
  });

  test('falls as far after a conflict, whatever it began with', () => {
    const fallen = afterConflict(start(32, READS_AT_FIRST), 8);
    expect(fallen).toMatchObject({ current: 7, refusedAt: 8 });
    expect(conflicts(fallen, 6, 8)).toMatchObject({ current: 1, refusedAt: 2 });
  });

  test('does not grow before the round is complete', () => {
    const eight = successes(startLimit(32), 2);
    expect([0, 1, 7, 8].map((count) => successes(eight, count).current)).toEqual([8, 8, 8, 32]);
  });

  test.each([
    // current, in flight together with the refused one, then
    [5, 5, 4],
    [5, 3, 2],
    [5, 2, 1],
    [5, 1, 1],
    [2, 5, 1],
    [1, 1, 1],
  ])('of %i falls below the %i in flight, to %i, at once', (current, inFlight, expected) => {
    expect(afterConflict({ ...startLimit(5), current }, inFlight).current).toBe(expected);
  });

  test.each([
    // sent together, refused of them, remain
    [2, 1, 1],
    [8, 4, 4],
    [8, 7, 1],
    [32, 28, 4],
    [32, 32, 1],
  ])('when of %i sent together %i are refused, %i remain', (sent, refused, remain) => {
    const limit = { ...startLimit(32), current: sent };
    expect(conflicts(limit, refused, sent)).toMatchObject({ current: remain, refusedAt: remain + 1 });
  });

  test('stays one below where it was refused for 32 successes', () => {
    const fallen = afterConflict(successes(startLimit(5), 2), 5);
    expect(fallen).toMatchObject({ current: 4, refusedAt: 5 });
    expect(successes(fallen, 31).current).toBe(4);
    expect(successes(fallen, 32).current).toBe(5);
  });

  test('waits twice as long before each further try, up to 1,024 successes', () => {
    let limit = afterConflict(startLimit(2), 2);
    const waits: number[] = [];
    for (let trial = 0; trial < 8; trial += 1) {
      waits.push(successesUntil(2, limit));
      limit = afterConflict(successes(limit, waits.at(-1) ?? 0), 2);
    }
    expect(waits).toEqual([32, 64, 128, 256, 512, 1024, 1024, 1024]);
  });

  test('counts during a try only calls that were as many in flight as it tries', () => {
    const trial = successes(afterConflict(startLimit(5), 2), 32);
    const untested = Array.from({ length: 100 }).reduce<ConcurrencyLimit>(
      (now) => afterSuccess(now, 1),
      trial,
    );
    expect(untested).toBe(trial);
  });

  test('forgets the obstacle once a try held for two rounds, and goes on in steps of 1, 4 and 16', () => {
    const trial = successes(afterConflict(startLimit(32), 2), 32);
    expect(trial).toMatchObject({ current: 2, refusedAt: 2 });
    expect(successes(trial, 3).refusedAt).toBe(2);
    const free = successes(trial, 4);
    expect(free).toMatchObject({ current: 2, refusedAt: undefined, hold: 32 });
    expect([2, 2 + 3, 2 + 3 + 7].map((count) => successes(free, count).current)).toEqual([3, 7, 23]);
  });

  test('a single call that is refused by somebody else leaves one, and two are tried again later', () => {
    const alone = afterConflict(startLimit(5), 1);
    expect(alone).toMatchObject({ current: 1, refusedAt: 2 });
    expect(successesUntil(2, alone)).toBe(32);
  });

  test('stays within one and its bound, and never grows by a refusal, whatever happens', () => {
    const anyStory = fc.array(
      fc.record({ refused: fc.boolean(), inFlight: fc.integer({ min: 1, max: 40 }) }),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), anyStory, (max, story) => {
        let limit = startLimit(max);
        for (const { refused, inFlight } of story) {
          const before = limit;
          limit = refused ? afterConflict(limit, inFlight) : afterSuccess(limit, inFlight);
          expect(limit.current).toBeGreaterThanOrEqual(1);
          expect(limit.current).toBeLessThanOrEqual(max);
          expect(limit.hold).toBeLessThanOrEqual(1024);
          if (refused) expect(limit.current).toBeLessThanOrEqual(before.current);
          else expect(limit.current).toBeGreaterThanOrEqual(before.current);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

/** A service that takes so many calls of a round and refuses the rest, which come again in a later round. */
function playRounds(cap: number, max: number, calls: number) {
  let limit = startLimit(max);
  let [taken, refused, rounds] = [0, 0, 0];
  for (; taken < calls; rounds += 1) {
    const sent = Math.min(limit.current, calls - taken);
    for (let index = 0; index < sent; index += 1) {
      limit = index < cap ? afterSuccess(limit, index + 1) : afterConflict(limit, sent);
    }
    taken += Math.min(sent, cap);
    refused += Math.max(0, sent - cap);
  }
  return { limit, refused, rounds };
}

describe('under a cap that stays', () => {
  const caps = fc.integer({ min: 1, max: 32 });

  test('it converges: a job of 2,000 calls takes at most a twentieth longer than one that knows the cap', () => {
    fc.assert(
      fc.property(caps, caps, (cap, max) => {
        const { rounds, limit } = playRounds(cap, max, 2000);
        const least = Math.ceil(2000 / Math.min(cap, max));
        expect(rounds).toBeLessThanOrEqual(1.05 * least + 5);
        expect(limit.current).toBeGreaterThanOrEqual(Math.min(cap, max));
        expect(limit.current).toBeLessThanOrEqual(cap + 1);
      }),
      { numRuns: 300 },
    );
  });

  test('few are refused: what the first growth was too high by, and one for every try', () => {
    fc.assert(
      fc.property(caps, caps, (cap, max) => {
        const { refused } = playRounds(cap, max, 2000);
        if (cap >= max) expect(refused).toBe(0);
        expect(refused).toBeLessThanOrEqual(3 * cap + 6 + 10);
      }),
      { numRuns: 300 },
    );
  });

  test('of one call, 200 calls meet three refusals and 2,000 meet six', () => {
    expect([200, 2000].map((calls) => playRounds(1, 32, calls).refused)).toEqual([3, 6]);
  });
});
