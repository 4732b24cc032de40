import type { CallRecord } from '../model/job-event.ts';
import type { ReportCalls } from './report-schema.ts';

/** Retries are calls after a first attempt. Times are of single requests, waits not included. */
export function callStatistics(calls: readonly CallRecord[]): ReportCalls {
  const byFailure = countBy(calls.flatMap(({ failure }) => (failure === undefined ? [] : [failure.class])));
  const sorted = calls.map((call) => call.elapsedMs).sort((a, b) => a - b);
  return {
    total: calls.length,
    byAction: countBy(calls.map((call) => call.action)),
    byFailure,
    retries: calls.filter((call) => call.attempt > 1).length,
    conflicts: byFailure['conflict'] ?? 0,
    throttled: byFailure['throttled'] ?? 0,
    elapsedMs: { p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), max: sorted.at(-1) ?? null },
  };
}

/** Nearest rank: the smallest value that at least that share of all values does not exceed. */
function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

/** Keys in alphabetical order, so that equal calls give equal reports. */
function countBy(keys: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
