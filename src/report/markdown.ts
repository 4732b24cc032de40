import { groupByCause } from './causes.ts';
import { exitMeaning } from './exit-meaning.ts';
import { markdownCode } from './markdown-code.ts';
import { groupByOwner, isRemoval } from './owner-groups.ts';
import type { Report, ReportChange, ReportTarget } from './report-schema.ts';
import {
  counted,
  countsInWords,
  duration,
  grouped,
  memberInWords,
  reasonInWords,
  sourceInWords,
} from './words.ts';

/** GitHub takes 65,536 characters in a comment (REST reference, issue comments). */
const MOST_CHARACTERS = 60_000;
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

function renderHead({ tool, run, targets }: Report): string[] {
  const calls = targets.reduce((total, target) => total + target.calls.total, 0);
  return [
    `## ${markdownCode(tool.name)} ${run.mode}: ${run.result}`,
    '',
    `Exit code ${run.exitCode}: ${exitMeaning(run.exitCode)}. ${counted(calls, 'call')} in ${duration(run.elapsedMs)}.`,
  ];
}

function renderCauses({ targets }: Report): string[] {
  const rows = groupByCause(targets).map(
    ({ status, cause, count, remedy }) =>
      `| ${grouped(count)} | ${status} | ${markdownCode(cause)} | ${remedy ?? ''} |`,
  );
  return rows.length === 0
    ? []
    : ['', '| changes | became | because | what to do |', '|---:|---|---|---|', ...rows];
}

function renderTroubles({ name, plan, problems }: ReportTarget): string[] {
  const reasons = plan?.guard.verdict === 'refused' ? plan.guard.reasons : [];
  const lines = [
    ...reasons.map(({ rule, message }) => `- guard ${markdownCode(rule)}: ${markdownCode(message)}`),
    ...problems.map(({ severity, file, line, column, message }) => {
      const place = file === null ? '' : `${markdownCode(`${file}:${line}:${column}`)} `;
      return `- ${severity}: ${place}${markdownCode(message)}`;
    }),
  ];
  return lines.length === 0 ? [] : ['', `### To look at in ${markdownCode(name)}`, '', ...lines];
}

function renderTarget(target: ReportTarget): string[] {
  const directory = target.directoryId === null ? 'directory not read' : markdownCode(target.directoryId);
  const counts = target.plan === null ? 'No plan was made.' : `${countsInWords(target.plan.counts)}.`;
  const rows = groupByOwner(target.changes).flatMap(({ changes }) => changes.map(renderRow));
  const table = ['', '| | of | member | name | from | outcome |', '|---|---|---|---|---|---|', ...rows];
  return [
    '',
    `### ${markdownCode(target.name)} (${directory})`,
    '',
    counts,
    ...(rows.length === 0 ? [] : table),
  ];
}

function renderRow(change: ReportChange): string {
  const { kind, owner, member, outcome } = change;
  const cells = [
    isRemoval(change) ? '-' : '+',
    [kind, markdownCode(owner.name ?? ''), markdownCode(owner.id)].filter((part) => part !== '').join(' '),
    markdownCode(member.id),
    markdownCode(memberInWords(member)),
    markdownCode(sourceInWords(change)),
    [outcome.status, markdownCode(reasonInWords(outcome))].filter((part) => part !== '').join(' '),
  ];
  return `| ${cells.join(' | ')} |`;
}

function cut(lines: readonly string[]): string {
  let length = 0;
  const fits = lines.findIndex((line) => {
    length += line.length + 1;
    return length > MOST_CHARACTERS - ROOM_FOR_POINTER;
  });
  if (fits === -1) return `${lines.join('\n')}\n`;
  const left = counted(lines.length - fits, 'line is', 'lines are');
  return `${[...lines.slice(0, fits), '', `${left} left out here; all of it is in the report file, report.json.`].join('\n')}\n`;
}
