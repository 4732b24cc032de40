import type { Clock } from '../model/ports.ts';
import { DeadlineError } from './failures.ts';

/**
 * The work's result, or DeadlineError after `ms` by the clock. The work learns by the signal that nobody waits
 * for it any more; if it goes on all the same, what becomes of it is dropped. The client's own timers do not
 * bound every call: one left over from an earlier request on the same socket can cancel that of the next.
 */
export async function withDeadline<T>(
  ms: number,
  clock: Clock,
  work: (givenUp: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const expiry = clock.sleep(ms, over.signal).then((): never => {
    throw new DeadlineError();
  });
  try {
    // race() attaches a handler to both, so the loser's rejection is never an unhandled one.
    return await Promise.race([work(over.signal), expiry]);
  } finally {
    over.abort();
  }
}
