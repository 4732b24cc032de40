import type { CallRecord } from '../model/job-event.ts';
import type { ReportTimeline } from './report-schema.ts';

/** More than these make a report that no viewer opens gladly, and a drawing that nobody can read. */
export const MOST_CALLS_TOLD = 5000;

/**
 * The calls in the order in which they were sent; those beyond the bound are counted only.
 * @param startedAt  of the run, in milliseconds since 1970
 */
export function callTimeline(calls: readonly CallRecord[], startedAt: number): ReportTimeline {
  const inOrder = calls.toSorted((a, b) => a.startedAt - b.startedAt);
  return {
    calls: inOrder.slice(0, MOST_CALLS_TOLD).map((call) => toldCall(call, startedAt)),
    leftOut: Math.max(0, calls.length - MOST_CALLS_TOLD),
  };
}

/** A clock that was set back while the job ran makes nothing negative. */
function toldCall(call: CallRecord, startedAt: number): ReportTimeline['calls'][number] {
  const { lane, action, subject, attempt, waitedMs, limit, failure } = call;
  return {
    lane,
    action,
    subject: subject ?? null,
    attempt,
    atMs: Math.max(0, call.startedAt - startedAt),
    waitedMs: waitedMs === undefined ? null : Math.max(0, waitedMs),
    elapsedMs: Math.max(0, call.elapsedMs),
    limit: limit ?? null,
    failure: failure === undefined ? null : { class: failure.class, code: failure.code },
  };
}
