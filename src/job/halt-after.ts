import type { HaltSwitch } from '../model/halt.ts';
import type { Clock } from '../model/ports.ts';

/** @param ms  undefined for no deadline. @returns a function that cancels it */
export function haltAfter(ms: number | undefined, clock: Clock, halt: HaltSwitch): () => void {
  const cancelled = new AbortController();
  if (ms !== undefined) {
    void clock.sleep(ms, cancelled.signal).then(() => {
      if (!cancelled.signal.aborted) halt.halt({ kind: 'deadline' });
    });
  }
  return () => cancelled.abort();
}
