import { remedyFor } from './remedy.ts';
import type { Report, ReportOutcome } from './report-schema.ts';

/** What keeps changes from being done, and how many of them. */
export interface Cause {
  readonly status: 'failed' | 'uncertain' | 'not-visible' | 'skipped';
  /** The error code, or why a change was skipped. */
  readonly cause: string;
  readonly count: number;
  /** Undefined for skipped changes, whose cause says it. */
  readonly remedy: string | undefined;
}

const GRAVITY: readonly Cause['status'][] = ['failed', 'uncertain', 'not-visible', 'skipped'];

/** Over all targets: gravest first, then the most frequent. */
export function groupByCause(targets: Report['targets']): readonly Cause[] {
  const causes = new Map<string, Cause>();
  for (const { outcome } of targets.flatMap((target) => target.changes)) {
    const cause = causeOf(outcome);
    if (cause === undefined) continue;
    const key = `${cause.status} ${cause.cause}`;
    causes.set(key, { ...cause, count: (causes.get(key)?.count ?? 0) + 1 });
  }
  return [...causes.values()].sort(
    (a, b) =>
      GRAVITY.indexOf(a.status) - GRAVITY.indexOf(b.status) ||
      b.count - a.count ||
      (a.cause < b.cause ? -1 : 1),
  );
}

function causeOf(outcome: ReportOutcome): Cause | undefined {
  switch (outcome.status) {
    case 'failed':
    case 'uncertain':
      return { status: outcome.status, cause: outcome.code, count: 1, remedy: remedyFor(outcome.code) };
    case 'not-visible':
      return {
        status: outcome.status,
        cause: 'acknowledged, not to be seen yet',
        count: 1,
        remedy: 'plan again in a few minutes',
      };
    case 'skipped':
      return { status: outcome.status, cause: outcome.because, count: 1, remedy: undefined };
    case 'planned':
    case 'applied':
    case 'already':
      return undefined;
  }
}
