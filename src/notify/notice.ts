import { attentionRows } from '../report/attention-rows.ts';
import { courseInWords } from '../report/course.ts';
import { runMeaning } from '../report/exit-meaning.ts';
import type { Report, ReportTarget } from '../report/report-schema.ts';
import { displayText } from '../report/scrub.ts';
import { counted, countsInWords, duration, grouped } from '../report/words.ts';

/** What is told of a run, as plain text. */
export interface Notice {
  readonly title: string;
  readonly lines: readonly string[];
}

/** A chat is no place for three hundred directories. */
const MOST_TARGETS = 10;
const LONGEST_LINE = 300;

/**
 * A run in the few lines that somebody wants to read in a chat: what happened, what needs a person, where the
 * report is. Names and messages of the cloud stand in it as text only.
 * @param place  where the report is, in the reader's words
 */
export function noticeOf(report: Report, place: string | undefined): Notice {
  const { tool, run, targets } = report;
  const troubled = targets.filter(({ exitCode }) => exitCode !== 0);
  const shown = (targets.length === 1 ? targets : troubled).slice(0, MOST_TARGETS);
  const left = troubled.length - MOST_TARGETS;
  const lines = [
    `exit ${run.exitCode}: ${runMeaning(report)}; ${duration(run.elapsedMs)}`,
    ...(targets.length > 1
      ? [`${counted(targets.length, 'directory', 'directories')}, ${grouped(troubled.length)} not in sync`]
      : []),
    ...shown.map(targetLine),
    ...(left > 0 && targets.length > 1 ? [`and ${grouped(left)} more`] : []),
    ...attentionRows(report).map(([label, text]) => `${label}: ${text}`),
    ...(place === undefined ? [] : [`report: ${displayText(place)}`]),
  ];
  return { title: `${displayText(tool.name)} ${run.mode}: ${run.result}`, lines: lines.map(shorten) };
}

function targetLine(target: ReportTarget): string {
  const { name, directoryId, result, plan } = target;
  const counts = plan === null ? 'no plan was made' : countsInWords(plan.counts);
  const course = courseInWords(target);
  const where = directoryId === null ? '' : ` (${displayText(directoryId)})`;
  return `${displayText(name)}${where}: ${result}; ${counts}${course === '' ? '' : `; ${course}`}`;
}

function shorten(line: string): string {
  const characters = [...line];
  return characters.length <= LONGEST_LINE ? line : `${characters.slice(0, LONGEST_LINE - 1).join('')}…`;
}
