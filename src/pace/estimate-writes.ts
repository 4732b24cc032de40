import type { CallRecord } from '../model/job-event.ts';
import type { Plan } from '../model/plan.ts';

export interface WriteEstimate {
  /** With as many calls at a time as are allowed. */
  readonly leastMs: number;
  /** With one call at a time, as in a directory that takes no more. */
  readonly mostMs: number;
}

export interface EstimatedPace {
  /** Upper bound of calls in flight. */
  readonly concurrency: number;
  /** The least distance between two UpdateAggregator calls. */
  readonly aggregatorIntervalMs: number;
}

/**
 * How long the writes of a plan take if none is refused. How many at a time the service bears shows only while
 * they are sent, so there are two figures. Writes are taken to be as fast as reads were (inferred).
 * @param seen  the calls so far
 */
export function estimateWrites(
  { associate, disassociate, update }: Plan['calls'],
  { concurrency, aggregatorIntervalMs }: EstimatedPace,
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
  // The two are written side by side.
  const bothMs = (atOnce: number): number => Math.max(contactsMs(atOnce), groupsMs(atOnce));
  return { leastMs: bothMs(concurrency), mostMs: bothMs(1) };
}

/** The median of the calls that succeeded: one slow answer says little about the others. */
function usualMs(seen: readonly CallRecord[]): number {
  const times = seen.filter(({ failure }) => failure === undefined).map(({ elapsedMs }) => elapsedMs);
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
