import type { Clock } from '../../../src/model/ports.ts';

/** A clock that stands still until it is told to pass its deadlines. */
export function manualClock(): Clock & { expire(): void; readonly sleeping: number[] } {
  const wakers = new Set<() => void>();
  const sleeping: number[] = [];
  return {
    sleeping,
    now: () => 0,
    monotonic: () => 0,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        sleeping.push(ms);
        wakers.add(resolve);
        signal?.addEventListener('abort', () => resolve());
      }),
    expire: () => {
      for (const wake of wakers) wake();
    },
  };
}
