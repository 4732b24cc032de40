import { attentionRows, type Row } from './attention-rows.ts';
import { runMeaning } from './exit-meaning.ts';
import { createPaint, type Paint } from './paint.ts';
import { putAside } from './put-aside.ts';
import type { Report, ReportTarget } from './report-schema.ts';
import { displayText } from './scrub.ts';
import { counted, duration, grouped, listed } from './words.ts';

export interface SummaryOptions {
  readonly color: boolean;
  /** Where the report was written. */
  readonly reportPath?: string | undefined;
}

const STATUSES: readonly string[] = [
  'refused',
  'not approved',
  'planned',
  'applied',
  'already',
  'failed',
  'uncertain',
  'not-visible',
  'skipped',
];
const MOST_LINES = 10;

/** The run in at most ten lines, the last one ended: what happened, what needs a person, what the exit code says. */
export function renderSummary(report: Report, { color, reportPath }: SummaryOptions): string {
  const paint = createPaint(color);
  const before: readonly Row[] = [
    ...targetRows(report),
    ...changeRows(report),
    ...callRows(report),
    ...coverageRows(report),
  ];
  const after: readonly Row[] = [
    ['exit', `${report.run.exitCode}: ${runMeaning(report)}`],
    ...(reportPath === undefined ? [] : [['report', displayText(reportPath)] satisfies Row]),
  ];
  const room = MOST_LINES - 1 - before.length - after.length;
  const rows = [...before, ...firstOf(attentionRows(report), room), ...after];
  const lines = rows.map(([label, text]) => `${paint.faint(label.padEnd(10))}${text}`);
  return `${[renderHeadline(report, paint), ...lines].join('\n')}\n`;
}

function renderHeadline({ run }: Report, paint: Paint): string {
  const good = run.result === 'in-sync' || run.result === 'applied';
  const brush = good ? paint.good : run.result === 'drift' ? paint.caution : paint.bad;
  return `${brush(`${run.mode}: ${run.result}`)} in ${duration(run.elapsedMs)}`;
}

function targetRows({ targets }: Report): Row[] {
  if (targets.length === 1) return [];
  const troubled = targets.filter(({ exitCode }) => exitCode !== 0);
  const names = troubled.map(({ name, result, exitCode }) => `${displayText(name)} ${result} (${exitCode})`);
  const rest = names.length === 0 ? 'all with exit code 0' : listed(names);
  return [['targets', `${grouped(targets.length)}: ${rest}`]];
}

/** Where no plan was made there is nothing to count, and the diff has said so. */
function changeRows({ targets }: Report): Row[] {
  if (targets.every(({ plan }) => plan === null)) return [];
  const fates = targets.flatMap(fatesOf);
  const parts = STATUSES.map((fate) => [fate, fates.filter((one) => one === fate).length] as const)
    .filter(([, count]) => count > 0)
    .map(([fate, count]) => `${grouped(count)} ${fate.replace('-', ' ')}`);
  return [['changes', parts.length === 0 ? 'none' : `${grouped(fates.length)}: ${parts.join(', ')}`]];
}

function fatesOf(target: ReportTarget): string[] {
  const aside = putAside(target);
  return target.changes.map(({ outcome }) => aside ?? outcome.status);
}

function callRows({ targets }: Report): Row[] {
  const sum = (count: (calls: ReportTarget['calls']) => number): number =>
    targets.reduce((total, { calls }) => total + count(calls), 0);
  const total = sum((calls) => calls.total);
  if (total === 0) return targets.every(({ plan }) => plan === null) ? [] : [['calls', 'none']];
  const unanswered = sum(({ byFailure }) => byFailure['unknown-effect'] ?? 0);
  const unsent = sum(({ byFailure }) => byFailure['unsent'] ?? 0);
  const slowest = Math.max(...targets.map(({ calls }) => calls.elapsedMs.max ?? 0));
  const trouble = [
    counted(
      sum((calls) => calls.retries),
      'retry',
      'retries',
    ),
    counted(
      sum((calls) => calls.conflicts),
      'conflict',
    ),
    `${grouped(sum((calls) => calls.throttled))} throttled`,
    ...(unanswered > 0 ? [`${grouped(unanswered)} unanswered`] : []),
    ...(unsent > 0 ? [`${grouped(unsent)} not sent`] : []),
  ];
  return [['calls', `${grouped(total)}: ${trouble.join(', ')}; the slowest took ${duration(slowest)}`]];
}

function coverageRows({ run, targets }: Report): Row[] {
  const known = targets.flatMap(({ coverage }) => (coverage === null ? [] : [coverage]));
  if (known.length === 0) return [];
  const accounts = known.reduce((total, coverage) => total + coverage.accounts, 0);
  const unreached = known.flatMap((coverage) => coverage.unreached);
  const missing = unreached.length === 0 ? '' : `; by no contact: ${listed(unreached.map(displayText))}`;
  const reached = `${grouped(accounts - unreached.length)} of ${counted(accounts, 'account')} reached`;
  return [
    [
      'coverage',
      `${reached}${run.mode === 'plan' && targets.some(hasChanges) ? ', if applied' : ''}${missing}`,
    ],
  ];
}

const hasChanges = ({ coverage, changes }: ReportTarget): boolean => coverage !== null && changes.length > 0;

function firstOf(rows: readonly Row[], room: number): readonly Row[] {
  if (rows.length <= room) return rows;
  const shown = rows.slice(0, room - 1);
  return [...shown, ['more', `${grouped(rows.length - shown.length)} more, in the report`]];
}
