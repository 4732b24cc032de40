import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterAdmitted,
  afterThrottled,
  bookStart,
  type CallRate,
  startRate,
} from '../../src/pace/call-rate.ts';

const T0 = 1_000_000;

/** Calls admitted at these moments after T0. */
const admitted = (rate: CallRate, ...moments: number[]): CallRate =>
  moments.reduce((now, ms) => afterAdmitted(now, T0 + ms), rate);

const every = (ms: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => index * ms);

describe('the distance between calls', () => {
  test('is none until the service throttles', () => {
    const rate = admitted(startRate(0), ...every(10, 300));
    expect([rate.intervalMs, bookStart(rate, T0).startAt, bookStart(rate, T0).rate.nextAt]).toEqual([
      0,
      T0,
      T0,
    ]);
  });

  test('is the documented one from the start, where one is documented', () => {
    let rate = startRate(1000);
    const starts = [0, 0, 0, 5000].map((ms) => {
      const booked = bookStart(rate, T0 + ms);
      rate = booked.rate;
      return booked.startAt - T0;
    });
    expect(starts).toEqual([0, 1000, 2000, 5000]);
  });

  test('becomes the rate that the service was seen to bear in its last second', () => {
    const rate = admitted(startRate(0), ...every(50, 20));
    expect(afterThrottled(rate, T0 + 990, T0 + 1000, undefined).intervalMs).toBe(50);
  });

  test('counts the fuller one of the present second and the one before', () => {
    const rate = admitted(startRate(0), ...every(100, 10), 1000, 1100);
    expect(afterThrottled(rate, T0 + 1150, T0 + 1200, undefined).intervalMs).toBe(100);
  });

  test.each([
    ['nothing was admitted', startRate(0)],
    ['what was admitted is long ago', admitted(startRate(0), ...every(10, 50))],
  ])('becomes a second when %s', (_, rate) => {
    expect(afterThrottled(rate, T0 + 9_000, T0 + 10_000, undefined).intervalMs).toBe(1000);
  });

  test('becomes what the service admitted from one refusal to the next, within a hundredth and three tenths', () => {
    const once = afterThrottled(admitted(startRate(0), ...every(100, 10)), T0 + 990, T0 + 1000, undefined);
    expect(once.intervalMs).toBe(100);
    const after = (count: number): number =>
      afterThrottled(admitted(once, ...every(1, count)), T0 + 3100, T0 + 3200, undefined).intervalMs;
    // In the 2,200 ms since then.
    expect(after(20)).toBe(110);
    expect(after(22)).toBe(101);
    expect(after(500)).toBe(101);
    expect(after(10)).toBe(130);
    expect(after(0)).toBe(130);
  });

  test('does not grow for calls that started before it last changed', () => {
    const once = afterThrottled(startRate(0), T0, T0 + 100, undefined);
    const late = afterThrottled(once, T0 + 100, T0 + 150, undefined);
    expect(late.intervalMs).toBe(once.intervalMs);
    expect(late.nextAt).toBe(once.nextAt);
  });

  test('shrinks after a second without a refusal, in steps of three hundredths that grow', () => {
    const throttled = afterThrottled(startRate(0), T0, T0, undefined);
    expect(admitted(throttled, 999).intervalMs).toBe(1000);
    expect(admitted(throttled, 1000).intervalMs).toBe(970);
    expect(admitted(throttled, 1000, 1999).intervalMs).toBe(970);
    expect(admitted(throttled, 1000, 2000).intervalMs).toBeCloseTo(1000 * 0.97 ** 3);
    expect(admitted(throttled, 1000, 2000, 3000).intervalMs).toBeCloseTo(1000 * 0.97 ** 6);
  });

  test('begins with the first step again after a refusal', () => {
    const raised = admitted(afterThrottled(startRate(0), T0, T0, undefined), ...every(1000, 6));
    const again = afterThrottled(raised, T0 + 5100, T0 + 5200, undefined);
    expect(admitted(again, 7200).intervalMs).toBeCloseTo(again.intervalMs * 0.97);
  });

  test('waits twice as long after every further refusal until it shrinks, up to 32 seconds', () => {
    let rate = startRate(0);
    let now = 0;
    const waits: number[] = [];
    for (let refusal = 0; refusal < 7; refusal += 1) {
      rate = afterThrottled(rate, T0 + now + 1, T0 + now + 2, undefined);
      const before = rate.intervalMs;
      let waited = 0;
      for (; rate.intervalMs === before; waited += 500) rate = afterAdmitted(rate, T0 + now + 2 + waited);
      waits.push(waited - 500);
      now += waited;
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 32_000]);
  });

  test('never becomes shorter than the documented one', () => {
    const throttled = afterThrottled(startRate(990), T0, T0, undefined);
    expect(throttled.intervalMs).toBe(1000);
    expect(admitted(throttled, ...every(1000, 50)).intervalMs).toBe(990);
  });
});

describe('a delay that the server names', () => {
  test('is kept before the next call starts', () => {
    expect(bookStart(afterThrottled(startRate(0), T0, T0 + 10, 7000), T0 + 20).startAt).toBe(T0 + 7010);
  });

  test('is half a second where it names none', () => {
    expect(bookStart(afterThrottled(startRate(0), T0, T0 + 10, undefined), T0 + 20).startAt).toBe(T0 + 510);
  });

  test('counts also from an answer to an older call, and never shortens a longer one', () => {
    const once = afterThrottled(startRate(0), T0, T0 + 100, 5000);
    expect(afterThrottled(once, T0, T0 + 200, 9000).nextAt).toBe(T0 + 9200);
    expect(afterThrottled(once, T0, T0 + 200, 100).nextAt).toBe(T0 + 5100);
  });
});

/** A bucket of so many tokens that is filled at that rate; calls come one after the other as the rate lets them. */
function playBucket(perSecond: number, burst: number, calls: number, hinted: boolean) {
  let rate = startRate(0);
  let [now, tokens, taken, refused] = [T0, burst, 0, 0];
  for (let filledAt = now; taken < calls; ) {
    now = Math.max(now + 1, rate.nextAt);
    rate = bookStart(rate, now).rate;
    tokens = Math.min(burst, tokens + ((now - filledAt) * perSecond) / 1000);
    filledAt = now;
    if (tokens >= 1) {
      tokens -= 1;
      taken += 1;
      rate = afterAdmitted(rate, now);
    } else {
      refused += 1;
      rate = afterThrottled(rate, now, now, hinted ? ((1 - tokens) * 1000) / perSecond : undefined);
    }
  }
  return { refused, elapsedMs: now - T0 };
}

describe('against a service that bears so many calls a second', () => {
  test.each([3, 10, 40, 100])('%i of them, calls take at most a tenth longer than they must', (perSecond) => {
    for (const hinted of [true, false]) {
      const { elapsedMs } = playBucket(perSecond, perSecond, perSecond * 100, hinted);
      expect(elapsedMs / 99_000).toBeLessThanOrEqual(1.1);
    }
  });

  test('few are refused, and the longer the job the fewer', () => {
    const shares = [200, 2000, 20_000].map((calls) => playBucket(10, 10, calls, true).refused / calls);
    expect(shares[0]).toBeLessThanOrEqual(0.05);
    expect(shares[1]).toBeLessThanOrEqual(0.01);
    expect(shares[2]).toBeLessThanOrEqual(0.005);
  });

  test('whatever its rate and its burst, all calls get through, and few are refused', () => {
    const anyBucket = [
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 400 }),
      fc.boolean(),
    ] as const;
    fc.assert(
      fc.property(...anyBucket, (perSecond, burst, hinted) => {
        const { refused, elapsedMs } = playBucket(perSecond, burst, 2000, hinted);
        const leastMs = (Math.max(0, 2000 - burst) * 1000) / perSecond;
        expect(refused).toBeLessThanOrEqual(150);
        expect(elapsedMs).toBeLessThanOrEqual(1.25 * leastMs + 30_000);
      }),
      { numRuns: 500 },
    );
  });
});
