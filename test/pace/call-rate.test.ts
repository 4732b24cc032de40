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

  test('grows by a twentieth with each further refusal', () => {
    const once = afterThrottled(admitted(startRate(0), ...every(50, 20)), T0 + 990, T0 + 1000, undefined);
    const twice = afterThrottled(once, T0 + 1500, T0 + 1600, undefined);
    expect(twice.intervalMs).toBeCloseTo(52.5);
  });

  test('does not grow for calls that started before it last changed', () => {
    const once = afterThrottled(startRate(0), T0, T0 + 100, undefined);
    const late = afterThrottled(once, T0 + 100, T0 + 150, undefined);
    expect(late.intervalMs).toBe(once.intervalMs);
    expect(late.nextAt).toBe(once.nextAt);
  });

  test('shrinks by three hundredths for every second without a refusal, and never below the documented one', () => {
    const throttled = afterThrottled(startRate(990), T0, T0, undefined);
    expect(throttled.intervalMs).toBe(1000);
    expect(admitted(throttled, 999).intervalMs).toBe(1000);
    expect(admitted(throttled, 1000).intervalMs).toBe(990);
    expect(admitted(throttled, ...every(1000, 50)).intervalMs).toBe(990);
    const free = afterThrottled(startRate(0), T0, T0, undefined);
    expect(admitted(free, 1000, 1999, 2000).intervalMs).toBeCloseTo(1000 * 0.97 ** 2);
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
