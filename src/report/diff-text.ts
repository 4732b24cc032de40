import { groupByOwner, isRemoval, type OwnerGroup } from './owner-groups.ts';
import { createPaint, type Paint } from './paint.ts';
import type { ReportChange, ReportOutcome, ReportTarget } from './report-schema.ts';
import { displayText } from './scrub.ts';
import { shortenText, textWidth } from './text-width.ts';
import { countsInWords, memberInWords, problemInWords, reasonInWords, sourceInWords } from './words.ts';

export interface DiffOptions {
  readonly color: boolean;
  /** Columns of the terminal; names and paths are shortened to fit, all else stays whole. Infinity for a file. */
  readonly width: number;
}

const LEAST_LABEL_COLUMNS = 12;

/** What changes in one directory, by contact and aggregator, and why it may not. Ends with a line break. */
export function renderDiff(target: ReportTarget, { color, width }: DiffOptions): string {
  const paint = createPaint(color);
  const groups = groupByOwner(target.changes).map((group) => renderGroup(group, paint, width));
  const sections = [
    renderHeading(target, paint),
    ...groups,
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
  return [
    paint.heading(`${displayText(target.name)} (${directory})`),
    target.plan === null ? 'no plan was made' : countsInWords(target.plan.counts),
  ];
}

function renderGroup({ kind, id, name, changes }: OwnerGroup, paint: Paint, width: number): string[] {
  const removals = changes.filter(isRemoval).length;
  const additions = changes.length - removals;
  const tally = [additions > 0 ? `+${additions}` : '', removals > 0 ? `-${removals}` : ''];
  const title = [kind, name === null ? '' : displayText(name), `(${displayText(id)})`].filter(
    (part) => part !== '',
  );
  const idColumns = Math.max(...changes.map(({ member }) => displayText(member.id).length));
  return [
    `${paint.heading(title.join(' '))}  ${tally.filter(isWritten).join(' ')}`,
    ...changes.map((change) => renderChange(change, idColumns, paint, width)),
  ];
}

function renderChange(change: ReportChange, idColumns: number, paint: Paint, width: number): string {
  const removal = isRemoval(change);
  const start = `  ${removal ? '-' : '+'} ${displayText(change.member.id).padEnd(idColumns)}`;
  const { status } = change.outcome;
  const ends = [sourceInWords(change), status === 'planned' ? '' : `[${status}]`];
  const taken = textWidth([start, '', ...ends.filter(isWritten)].join('  '));
  const parts = [
    (removal ? paint.bad : paint.good)(start),
    memberLabel(change, Math.max(LEAST_LABEL_COLUMNS, width - taken)),
    paint.faint(ends[0] ?? ''),
    outcomeBrush(change.outcome, paint)(ends[1] ?? ''),
  ];
  const reason = reasonInWords(change.outcome);
  return `${parts.filter(isWritten).join('  ')}${reason === '' ? '' : `\n      ${reason}`}`;
}

/** Of a path that is too long, the end is kept: it tells the members apart. */
const memberLabel = ({ member }: ReportChange, columns: number): string =>
  shortenText(memberInWords(member), columns, member.path === undefined ? 'start' : 'end');

const isWritten = (part: string): boolean => part !== '';

function outcomeBrush({ status }: ReportOutcome, paint: Paint): (text: string) => string {
  if (status === 'applied' || status === 'already') return paint.good;
  return status === 'failed' ? paint.bad : paint.caution;
}

function renderGuard({ plan }: ReportTarget, paint: Paint): string[] {
  if (plan === null || plan.guard.verdict === 'safe') return [];
  return [
    paint.bad('the guard refuses this plan'),
    ...plan.guard.reasons.map(({ rule, message }) => `  ${displayText(rule)}: ${displayText(message)}`),
  ];
}

function renderProblems({ problems }: ReportTarget, paint: Paint): string[] {
  return problems.map((problem) =>
    (problem.severity === 'error' ? paint.bad : paint.caution)(problemInWords(problem)),
  );
}
