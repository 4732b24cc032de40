import { type Cause, groupByCause } from './causes.ts';
import { exitMeaning } from './exit-meaning.ts';
import { createPaint, type Paint } from './paint.ts';
import type { Report } from './report-schema.ts';
import { displayText } from './scrub.ts';
import { counted, duration, grouped } from './words.ts';

export interface SummaryOptions {
  readonly color: boolean;
  readonly reportPath?: string;
}

type Row = readonly [label: string, text: string];

const STATUSES = ['planned', 'applied', 'already', 'failed', 'uncertain', 'not-visible', 'skipped'] as const;
const MOST_LINES = 10;
const MOST_IDS = 3;

/** The run in at most ten lines, the last one ended: what happened, what needs a person, what the exit code says. */
export function renderSummary(report: Report, { color, reportPath }: SummaryOptions): string {
  const paint = createPaint(color);
  const before: readonly Row[] = [
    ...targetRows(report),
    ['changes', changesInWords(report)],
    ['calls', callsInWords(report)],
    ...coverageRows(report),
  ];
  const after: readonly Row[] = [
    ['exit', `${report.run.exitCode}: ${exitMeaning(report.run.exitCode)}`],
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

function changesInWords({ targets }: Report): string {
  const changes = targets.flatMap((target) => target.changes);
  const parts = STATUSES.map(
    (status) => [status, changes.filter((c) => c.outcome.status === status).length] as const,
  )
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${grouped(count)} ${status === 'not-visible' ? 'not visible' : status}`);
  return parts.length === 0 ? 'none' : `${grouped(changes.length)}: ${parts.join(', ')}`;
}

function callsInWords({ targets }: Report): string {
  const sum = (key: 'total' | 'retries' | 'conflicts' | 'throttled'): number =>
    targets.reduce((total, { calls }) => total + calls[key], 0);
  const slowest = Math.max(...targets.map(({ calls }) => calls.elapsedMs.max ?? 0));
  const trouble = [
    counted(sum('retries'), 'retry', 'retries'),
    counted(sum('conflicts'), 'conflict'),
    `${grouped(sum('throttled'))} throttled`,
  ];
  return sum('total') === 0
    ? 'none'
    : `${grouped(sum('total'))}: ${trouble.join(', ')}; the slowest took ${duration(slowest)}`;
}

function coverageRows({ targets }: Report): Row[] {
  const known = targets.flatMap(({ coverage }) => (coverage === null ? [] : [coverage]));
  if (known.length === 0) return [];
  const accounts = known.reduce((total, coverage) => total + coverage.accounts, 0);
  const unreached = known.flatMap((coverage) => coverage.unreached);
  const missing =
    unreached.length === 0 ? '' : `; reached by no contact: ${listed(unreached.map(displayText))}`;
  return [
    ['coverage', `${grouped(accounts - unreached.length)} of ${counted(accounts, 'account')}${missing}`],
  ];
}

/** What needs a person, gravest first. */
function attentionRows({ targets }: Report): Row[] {
  const problems = targets.flatMap((target) => target.problems);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const reasons = targets.flatMap(({ plan }) =>
    plan?.guard.verdict === 'refused' ? plan.guard.reasons : [],
  );
  const residual = targets.reduce((total, { verification }) => total + verification.residual.length, 0);
  return [
    ...(errors > 0 ? [['problems', counted(errors, 'error')] satisfies Row] : []),
    ...reasons.map(({ rule, message }): Row => ['guard', `${displayText(rule)}: ${displayText(message)}`]),
    ...groupByCause(targets).map(causeRow),
    ...(residual > 0
      ? [['residual', `${counted(residual, 'change')} still needed when read back`] satisfies Row]
      : []),
    ...(warnings > 0 ? [['warnings', counted(warnings, 'warning')] satisfies Row] : []),
  ];
}

function causeRow({ status, cause, count, remedy }: Cause): Row {
  const label = status === 'not-visible' ? 'unseen' : status;
  return [label, `${grouped(count)} × ${displayText(cause)}${remedy === undefined ? '' : `: ${remedy}`}`];
}

function firstOf(rows: readonly Row[], room: number): readonly Row[] {
  if (rows.length <= room) return rows;
  const shown = rows.slice(0, room - 1);
  return [...shown, ['more', `${grouped(rows.length - shown.length)} more, in the report`]];
}

function listed(items: readonly string[]): string {
  if (items.length <= MOST_IDS) return items.join(', ');
  return `${items.slice(0, MOST_IDS).join(', ')} and ${grouped(items.length - MOST_IDS)} more`;
}
