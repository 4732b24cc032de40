import { expect, test } from 'vitest';
import { exitMeaning, runMeaning } from '../../src/report/exit-meaning.ts';
import { nightReport } from './support/night-report.ts';

const reportOf = (exitCode: number, directories: number) => {
  const report = nightReport();
  const [target] = report.targets;
  if (target === undefined) throw new Error('a report without a directory');
  return { run: { ...report.run, exitCode }, targets: Array.from({ length: directories }, () => target) };
};

test.each([
  [4, 'refused by the guard'],
  [5, 'the plan is not the one that was approved'],
  [65, 'manifest problems'],
])('%i says of one directory that nothing was written, and of several nothing like it', (code, words) => {
  expect(exitMeaning(code)).toBe(`${words}; nothing was written`);
  expect(runMeaning(reportOf(code, 1))).toBe(`${words}; nothing was written`);
  expect(runMeaning(reportOf(code, 2))).toBe(`the gravest of its directories: ${words}`);
});

test.each([
  [0, 'in sync'],
  [1, 'a defect of this program'],
  [130, 'interrupted by SIGINT; calls in flight were drained'],
  [143, 'interrupted by SIGTERM or SIGHUP; calls in flight were drained'],
])('%i is of the whole run', (code, words) => {
  expect(runMeaning(reportOf(code, 2))).toBe(words);
});
