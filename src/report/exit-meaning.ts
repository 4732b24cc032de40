import type { Report } from './report-schema.ts';

const MEANINGS: ReadonlyMap<number, string> = new Map([
  [0, 'in sync'],
  [1, 'a defect of this program'],
  [2, 'changes are pending'],
  [3, 'some changes failed, were skipped, are uncertain, have not become visible, or were undone meanwhile'],
  [4, 'refused by the guard'],
  [5, 'the plan is not the one that was approved'],
  [64, 'usage: the command line, or a file that it names, is wrong'],
  [65, 'manifest problems'],
  [69, 'the cloud could not be read, or not completely'],
  [75, 'another run holds the lock'],
  [77, 'credentials are refused, lack a permission, or belong to another directory'],
  [78, 'the job file is wrong, or credentials are missing'],
  [130, 'interrupted by SIGINT; calls in flight were drained'],
  [143, 'interrupted by SIGTERM or SIGHUP; calls in flight were drained'],
]);

/** They end a directory before its first write. */
const UNWRITTEN: ReadonlySet<number> = new Set([4, 5, 65]);
/** They are of the run as a whole: all is well, a defect, a signal. */
const OF_THE_RUN: ReadonlySet<number> = new Set([0, 1, 130, 143]);

/** The exit code of one directory in words, for people who read a log. */
export const exitMeaning = (exitCode: number): string =>
  `${wordsOf(exitCode)}${UNWRITTEN.has(exitCode) ? '; nothing was written' : ''}`;

/** The exit code of a run: that of the gravest of its directories says nothing about what was written in the others. */
export function runMeaning({ run: { exitCode }, targets }: Pick<Report, 'run' | 'targets'>): string {
  if (targets.length <= 1) return exitMeaning(exitCode);
  const words = wordsOf(exitCode);
  return OF_THE_RUN.has(exitCode) ? words : `the gravest of its directories: ${words}`;
}

const wordsOf = (exitCode: number): string => MEANINGS.get(exitCode) ?? 'not a code of this program';
