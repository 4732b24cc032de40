import type { Clock, Random } from '../../src/model/ports.ts';

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/** 2026-01-05T00:00:00Z: some Monday. */
export const START = Date.UTC(2026, 0, 5);

/**
 * A clock whose time stands still while there is something to do, and jumps to the next timer when all
 * promises at hand are done. Timers wake one by one, by time and then by the order in which they were set.
 * Only for work that waits for nothing but this clock: real input and output would be overtaken.
 */
export class FakeClock implements Clock {
  /** Since the start: a time of day has no room for the parts of a millisecond that a wait may end with. */
  #now = 0;
  #timeOfDay: number;
  #timers: Timer[] = [];
  #jumping = false;

  constructor(start: number = START) {
    this.#timeOfDay = start;
  }

  now(): number {
    return this.#timeOfDay + this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  /** Somebody sets the clock: what is timed by the other one does not see it. */
  set(byMs: number): void {
    this.#timeOfDay += byMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const timer: Timer = {
        at: this.#now + Math.max(0, ms),
        wake: () => {
          signal?.removeEventListener('abort', cancel);
          resolve();
        },
      };
      const cancel = (): void => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        resolve();
      };
      signal?.addEventListener('abort', cancel, { once: true });
      this.#place(timer);
      this.#jumpSoon();
    });
  }

  /** Milliseconds since the start. */
  elapsed(): number {
    return this.#now;
  }

  /**
   * Waits until the promise is settled, however long that takes by this clock.
   * @throws when nothing is left that could settle it
   */
  async finish<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const mark = (): void => {
      settled = true;
    };
    work.then(mark, mark);
    for (let idle = 0; !settled && idle < IDLE_ROUNDS; idle = this.#timers.length > 0 ? 0 : idle + 1) {
      await drained();
    }
    if (!settled) throw new Error('the work waits for something that will never happen');
    return work;
  }

  #place(timer: Timer): void {
    const later = this.#timers.findIndex(({ at }) => at > timer.at);
    this.#timers.splice(later === -1 ? this.#timers.length : later, 0, timer);
  }

  #jumpSoon(): void {
    if (this.#jumping) return;
    this.#jumping = true;
    setImmediate(() => {
      this.#jumping = false;
      const next = this.#timers.shift();
      if (next === undefined) return;
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      if (this.#timers.length > 0) this.#jumpSoon();
    });
  }
}

/** Work may hand on through setImmediate a few times before it sets its next timer. */
const IDLE_ROUNDS = 5;

/** Resolves when every promise at hand is done; the clock may take one step meanwhile. */
export const drained = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Uniform in [0, 1), the same numbers for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Always the same number. */
export const always =
  (value: number): Random =>
  () =>
    value;
