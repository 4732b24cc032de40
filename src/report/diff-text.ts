import { courseInWords, sinceInWords } from './course.ts';
import { guardFindings } from './guard-findings.ts';
import { ownReasons } from './own-reasons.ts';
import { groupByOwner, isRemoval, type OwnerGroup } from './owner-groups.ts';
import { createPaint, type Paint } from './paint.ts';
import { putAside } from './put-aside.ts';
import { remedyForProblem } from './remedy.ts';
import type { ReportChange, ReportOutcome, ReportTarget } from './report-schema.ts';
import { displayText } from './scrub.ts';
import { shortenText, textWidth } from './text-width.ts';
import {
  countsInWords,
  memberInWords,
  personInWords,
  problemInWords,
  sourceInWords,
  writesInWords,
} from './words.ts';

export interface DiffOptions {
  readonly color: boolean;
  /** Columns of the terminal; names and paths are shortened to fit, all else stays whole. Infinity for a file. */
  readonly width: number;
}

const LEAST_LABEL_COLUMNS = 12;

/** What changes in one directory, by contact and aggregator, and why it may not. Ends with a line break. */
export function renderDiff(target: ReportTarget, { color, width }: DiffOptions): string {
  const paint = createPaint(color);
  const row = rowRenderer(target, paint, width);
  const groups = groupByOwner(target.changes).map((group) => renderGroup(group, row, paint));
  const sections = [
    renderHeading(target, paint),
    ...groups,
    renderPlan(target, paint),
    renderGuard(target, paint),
    renderProblems(target, paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function renderHeading(target: ReportTarget, paint: Paint): string[] {
  const directory = target.directoryId === null ? 'directory not read' : displayText(target.directoryId);
  const aside = putAside(target);
  const course = courseInWords(target);
  return [
    paint.heading(`${displayText(target.name)} (${directory})`),
    target.plan === null
      ? 'no plan was made'
      : `${aside === undefined ? '' : `${paint.bad(aside)}: `}${countsInWords(target.plan.counts)}`,
    ...(course === '' ? [] : [course]),
  ];
}

function renderGroup(group: OwnerGroup, row: RowRenderer, paint: Paint): string[] {
  const { kind, id, name, changes } = group;
  const removals = changes.filter(isRemoval).length;
  const additions = changes.length - removals;
  const tally = [additions > 0 ? `+${additions}` : '', removals > 0 ? `-${removals}` : ''];
  const title = [kind, name === null ? '' : displayText(name), `(${displayText(id)})`].filter(
    (part) => part !== '',
  );
  const idColumns = changes.reduce((most, { member }) => Math.max(most, displayText(member.id).length), 0);
  return [
    [paint.heading(title.join(' ')), personInWords(group), tally.filter(isWritten).join(' ')]
      .filter(isWritten)
      .join('  '),
    ...changes.map((change) => row(change, idColumns)),
  ];
}

type RowRenderer = (change: ReportChange, idColumns: number) => string;

function rowRenderer(target: ReportTarget, paint: Paint, width: number): RowRenderer {
  const aside = putAside(target) !== undefined;
  const reasons = aside ? new Map<string, string>() : ownReasons(target.changes);
  return (change, idColumns) => {
    const removal = isRemoval(change);
    const start = `  ${removal ? '-' : '+'} ${displayText(change.member.id).padEnd(idColumns)}`;
    const { status } = change.outcome;
    const ends = [
      sourceInWords(change),
      aside || status === 'planned' ? '' : `[${status}]`,
      sinceInWords(change, target),
    ];
    const taken = textWidth([start, '', ...ends.filter(isWritten)].join('  '));
    const parts = [
      (removal ? paint.bad : paint.good)(start),
      memberLabel(change, Math.max(LEAST_LABEL_COLUMNS, width - taken)),
      paint.faint(ends[0] ?? ''),
      outcomeBrush(change.outcome, paint)(ends[1] ?? ''),
      paint.caution(ends[2] ?? ''),
    ];
    const reason = reasons.get(change.id);
    return `${parts.filter(isWritten).join('  ')}${reason === undefined ? '' : `\n      ${reason}`}`;
  };
}

/** Of a path that is too long, the end is kept: it tells the members apart. */
const memberLabel = ({ member }: ReportChange, columns: number): string =>
  shortenText(memberInWords(member), columns, member.path === undefined ? 'start' : 'end');

const isWritten = (part: string): boolean => part !== '';

function outcomeBrush({ status }: ReportOutcome, paint: Paint): (text: string) => string {
  if (status === 'applied' || status === 'already') return paint.good;
  return status === 'failed' ? paint.bad : paint.caution;
}

/** What was planned. The digest stands whole on its line: it is copied into --expect. */
function renderPlan({ plan, changes }: ReportTarget, paint: Paint): string[] {
  if (plan === null || changes.length === 0) return [];
  const writes = plan.guard.verdict === 'safe' ? writesInWords(plan) : '';
  const rows = [
    ['planned', writes],
    ['digest', displayText(plan.digest)],
  ] as const;
  return rows.flatMap(([label, text]) => (text === '' ? [] : [`${paint.faint(label.padEnd(10))}${text}`]));
}

function renderGuard(target: ReportTarget, paint: Paint): string[] {
  const findings = guardFindings(target);
  if (findings.length === 0) return [];
  const title =
    putAside(target) === 'refused' ? 'the guard refuses this plan' : 'the guard holds back the removals';
  return [
    paint.bad(title),
    ...findings.flatMap(({ rule, found, remedy }) => [
      `  ${displayText(rule)}: ${displayText(found)}`,
      ...(remedy === '' ? [] : [`      ${displayText(remedy)}`]),
    ]),
  ];
}

function renderProblems({ problems }: ReportTarget, paint: Paint): string[] {
  return problems.flatMap((problem) => {
    const remedy = remedyForProblem(problem);
    const line = (problem.severity === 'error' ? paint.bad : paint.caution)(problemInWords(problem));
    return remedy === undefined ? [line] : [line, `      ${remedy}`];
  });
}
