import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../src/clock.ts';

const DAY_MS = 24 * 3_600_000;

describe('a wait of the real clock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([0, 250, DAY_MS, 100 * DAY_MS])('of %d ms ends then, and not before', async (ms) => {
    let isOver = false;
    void systemClock.sleep(ms).then(() => {
      isOver = true;
    });
    if (ms > 0) await vi.advanceTimersByTimeAsync(ms - 1);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(isOver).toBe(true);
  });

  it.each([250, 100 * DAY_MS])('of %d ms ends with its signal, and leaves no timer', async (ms) => {
    const halt = new AbortController();
    const wait = systemClock.sleep(ms, halt.signal);
    halt.abort();
    await wait;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is none where the signal was given before', async () => {
    await systemClock.sleep(DAY_MS, AbortSignal.abort());
    expect(vi.getTimerCount()).toBe(0);
  });
});
