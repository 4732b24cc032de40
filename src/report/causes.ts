import { groupBy } from '../model/group-by.ts';
import { putAside } from './put-aside.ts';
import { remedyFor } from './remedy.ts';
import type { Report, ReportOutcome } from './report-schema.ts';
import { listed } from './words.ts';

/** Why changes are not as planned, and how many of them. */
export interface Cause {
  readonly status: 'failed' | 'uncertain' | 'not-visible' | 'skipped' | 'already';
  /** The error code, or why a change was skipped. */
  readonly cause: string;
  /** What the service said, where several changes share it: their rows do not repeat it. Otherwise empty. */
  readonly message: string;
  readonly count: number;
  /** Undefined where the cause says it. */
  readonly remedy: string | undefined;
}

const GRAVITY: readonly Cause['status'][] = ['failed', 'uncertain', 'not-visible', 'skipped', 'already'];
/** More skipped changes with a reason of their own than these are told as a number. */
const MOST_SINGLE_SKIPS = 3;

/** Over all targets: gravest first, then the most frequent. Of plans that were put aside as a whole, none. */
export function groupByCause(targets: Report['targets']): readonly Cause[] {
  const outcomes = targets
    .filter((target) => putAside(target) === undefined)
    .flatMap(({ changes }) => changes.map(({ outcome }) => outcome));
  const groups = groupBy(outcomes, (outcome) => `${outcome.status} ${keyOf(outcome)}`);
  const causes = [...groups.values()].flatMap(toCause);
  return foldSingleSkips(causes).sort(
    (a, b) =>
      GRAVITY.indexOf(a.status) - GRAVITY.indexOf(b.status) ||
      b.count - a.count ||
      (a.cause < b.cause ? -1 : 1),
  );
}

function keyOf(outcome: ReportOutcome): string {
  if ('because' in outcome) return outcome.because;
  return 'code' in outcome ? outcome.code : '';
}

function toCause(outcomes: readonly ReportOutcome[]): Cause[] {
  const [first] = outcomes;
  const count = outcomes.length;
  switch (first?.status) {
    case 'failed':
    case 'uncertain':
      return [
        { ...cause(first.status, first.code, count, remedyFor(first.code)), message: shared(outcomes) },
      ];
    case 'not-visible':
      return [cause(first.status, 'acknowledged, not to be seen yet', count, 'plan again in a few minutes')];
    case 'skipped':
      return [cause(first.status, first.because, count)];
    case 'already':
      // One alone says it in its own row, and asks for nothing.
      return count === 1 ? [] : [cause(first.status, first.because, count)];
    default:
      return [];
  }
}

const cause = (status: Cause['status'], text: string, count: number, remedy?: string): Cause => ({
  status,
  cause: text,
  message: '',
  count,
  remedy,
});

function shared(outcomes: readonly ReportOutcome[]): string {
  const messages = outcomes.flatMap((outcome) => ('message' in outcome ? [outcome.message] : []));
  const bearers = groupBy(messages, (message) => message);
  const repeated = [...bearers].flatMap(([message, { length }]) => (length > 1 ? [message] : []));
  return listed(repeated.map((message) => message.replace(/\.$/, '')));
}

function foldSingleSkips(causes: readonly Cause[]): Cause[] {
  const single = causes.filter(({ status, count }) => status === 'skipped' && count === 1);
  if (single.length <= MOST_SINGLE_SKIPS) return [...causes];
  const folded = cause('skipped', 'each for a reason of its own, which stands with it', single.length);
  const rest = causes.filter(({ status, count }) => status !== 'skipped' || count > 1);
  return [...rest, folded];
}
