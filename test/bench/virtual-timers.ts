import type { Clock } from '../../src/model/ports.ts';

/**
 * Runs work whose libraries set timers of their own, such as p-retry, with those timers on the given clock.
 * Only for one piece of work at a time; the real timers are back when it has ended.
 */
export async function withTimersOn<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  const real = globalThis.setTimeout;
  const virtual = (act: () => void, ms = 0): AbortController => {
    const stop = new AbortController();
    void clock.sleep(ms).then(() => stop.signal.aborted || act());
    return stop;
  };
  Object.defineProperty(globalThis, 'setTimeout', { value: virtual, configurable: true, writable: true });
  try {
    return await work();
  } finally {
    Object.defineProperty(globalThis, 'setTimeout', { value: real, configurable: true, writable: true });
  }
}
