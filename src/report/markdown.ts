import { groupByCause } from './causes.ts';
import { courseInWords, sinceInWords } from './course.ts';
import { runMeaning } from './exit-meaning.ts';
import { guardFindings } from './guard-findings.ts';
import { markdownCode } from './markdown-code.ts';
import { ownReasons } from './own-reasons.ts';
import { groupByOwner, isRemoval } from './owner-groups.ts';
import { putAside } from './put-aside.ts';
import { remedyForProblem } from './remedy.ts';
import type { Report, ReportChange, ReportProblem, ReportTarget } from './report-schema.ts';
import {
  counted,
  countsInWords,
  duration,
  grouped,
  memberInWords,
  sourceInWords,
  writesInWords,
} from './words.ts';

/** GitHub takes 65,536 characters in a comment (REST reference, issue comments); in bytes it is on the safe side everywhere. */
const MOST_BYTES = 60_000;
const ROOM_FOR_POINTER = 200;

/** The run for the comment of a pull request: what needs a person first, so that a cut takes changes only. */
export function renderMarkdown(report: Report): string {
  return cut([
    ...renderHead(report),
    ...renderCauses(report),
    ...report.targets.flatMap(renderTroubles),
    ...report.targets.flatMap(renderTarget),
  ]);
}

function renderHead(report: Report): string[] {
  const { tool, run, targets } = report;
  const calls = targets.reduce((total, target) => total + target.calls.total, 0);
  return [
    `## ${markdownCode(tool.name)} ${run.mode}: ${run.result}`,
    '',
    `Exit code ${run.exitCode}: ${runMeaning(report)}. ${counted(calls, 'call')} in ${duration(run.elapsedMs)}.`,
  ];
}

function renderCauses({ targets }: Report): string[] {
  const rows = groupByCause(targets).map(
    ({ status, cause, message, count, remedy }) =>
      `| ${grouped(count)} | ${status} | ${markdownCode(message === '' ? cause : `${cause}: ${message}`)} | ${remedy ?? ''} |`,
  );
  return rows.length === 0
    ? []
    : ['', '| changes | became | because | what to do |', '|---:|---|---|---|', ...rows];
}

function renderTroubles(target: ReportTarget): string[] {
  const lines = [
    ...guardFindings(target).map(({ rule, found, remedy }) => {
      const message = remedy === '' ? found : `${found}; ${remedy}`;
      return `- guard ${markdownCode(rule)}: ${markdownCode(message)}`;
    }),
    ...target.problems.map(renderProblem),
  ];
  return lines.length === 0 ? [] : ['', `### To look at in ${markdownCode(target.name)}`, '', ...lines];
}

function renderProblem(problem: ReportProblem): string {
  const { severity, file, line, column, message } = problem;
  const place = file === null ? '' : `${markdownCode(`${file}:${line}:${column}`)} `;
  const remedy = remedyForProblem(problem);
  return `- ${severity}: ${place}${markdownCode(message)}${remedy === undefined ? '' : `; ${remedy}`}`;
}

function renderTarget(target: ReportTarget): string[] {
  const directory = target.directoryId === null ? 'directory not read' : markdownCode(target.directoryId);
  const reasons = ownReasons(target.changes);
  const aside = putAside(target);
  const rows = groupByOwner(target.changes).flatMap(({ changes }) =>
    changes.map((change) => {
      const words = [aside ?? change.outcome.status, sinceInWords(change, target)]
        .filter(isWritten)
        .join(' ');
      return renderRow(change, words, reasons.get(change.id) ?? '');
    }),
  );
  const table = ['', '| | of | member | name | from | outcome |', '|---|---|---|---|---|---|', ...rows];
  return [
    '',
    `### ${markdownCode(target.name)} (${directory})`,
    '',
    ...renderPlan(target),
    ...(rows.length === 0 ? [] : table),
  ];
}

const isWritten = (part: string): boolean => part !== '';

function renderPlan(target: ReportTarget): string[] {
  const { plan, changes } = target;
  if (plan === null) return ['No plan was made.'];
  const counts = [countsInWords(plan.counts), courseInWords(target)]
    .filter(isWritten)
    .map((words) => `${words}.`)
    .join(' ');
  if (changes.length === 0) return [counts];
  const writes = plan.guard.verdict === 'safe' ? `Planned: ${writesInWords(plan)}. ` : '';
  return [counts, '', `${writes}Digest: ${markdownCode(plan.digest)}.`];
}

function renderRow(change: ReportChange, status: string, reason: string): string {
  const { kind, owner, member } = change;
  const cells = [
    isRemoval(change) ? '-' : '+',
    [kind, markdownCode(owner.name ?? ''), markdownCode(owner.id)].filter(isWritten).join(' '),
    markdownCode(member.id),
    markdownCode(memberInWords(member)),
    markdownCode(sourceInWords(change)),
    [status, markdownCode(reason)].filter(isWritten).join(' '),
  ];
  return `| ${cells.join(' | ')} |`;
}

function cut(lines: readonly string[]): string {
  let length = 0;
  const fits = lines.findIndex((line) => {
    length += Buffer.byteLength(line) + 1;
    return length > MOST_BYTES - ROOM_FOR_POINTER;
  });
  if (fits === -1) return `${lines.join('\n')}\n`;
  const left = counted(lines.length - fits, 'line is', 'lines are');
  return `${[...lines.slice(0, fits), '', `${left} left out here; all of it is in the report file, report.json.`].join('\n')}\n`;
}
