import type { CallRecord } from '../model/job-event.ts';
import type { Plan } from '../model/plan.ts';
import type { WriteEstimate } from '../model/write-estimate.ts';

export interface EstimatedPace {
  /** Upper bound of calls in flight, of both kinds together. */
  readonly concurrency: number;
  /** The least distance between two UpdateAggregator calls. */
  readonly aggregatorIntervalMs: number;
  /** Between the answer to one write and the next; left out: none. */
  readonly pauseMs?: number | undefined;
}

/**
 * How long the writes of a plan take if none is refused. How many at a time the service bears shows only while
 * they are sent, so there are two figures. Writes are taken to be as fast as reads were (inferred).
 * @param seen  the calls so far
 */
export function estimateWrites(
  { associate, disassociate, update }: Plan['calls'],
  { concurrency, aggregatorIntervalMs, pauseMs = 0 }: EstimatedPace,
  seen: readonly CallRecord[],
): WriteEstimate {
  const callMs = usualMs(seen);
  // A list is read right before it is written.
  const updateMs = 2 * callMs;
  const contactsMs = (atOnce: number): number => Math.ceil((associate + disassociate) / atOnce) * callMs;
  const groupsMs = (atOnce: number): number =>
    update === 0
      ? 0
      : Math.max(Math.ceil(update / atOnce) * updateMs, (update - 1) * aggregatorIntervalMs + updateMs);
  const writes = associate + disassociate + update;
  // With pauses all writes go one after the other; without, the two kinds go side by side.
  const pausedMs =
    pauseMs === 0 || writes === 0
      ? 0
      : (associate + disassociate) * callMs + update * updateMs + (writes - 1) * pauseMs;
  // The two kinds have their limits each, and share the bound.
  const boundMs = Math.ceil(((associate + disassociate) * callMs + update * updateMs) / concurrency);
  const allMs = (atOnce: number): number => Math.max(contactsMs(atOnce), groupsMs(atOnce), boundMs, pausedMs);
  return { writes, leastMs: allMs(concurrency), mostMs: allMs(1) };
}

/** The median of the calls that succeeded: one slow answer says little about the others. */
function usualMs(seen: readonly CallRecord[]): number {
  const times = seen.filter(({ failure }) => failure === undefined).map(({ elapsedMs }) => elapsedMs);
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
