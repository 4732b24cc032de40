import { expect, test } from 'vitest';
import type { RunResult } from '../../../src/model/target-result.ts';
import { headline } from '../../../src/report/html/headline.ts';
import { planRecord, reportOf, runRecord, targetResult } from '../sample-run.ts';

const of = (...results: RunResult[]): string =>
  headline(reportOf(runRecord({ targets: results.map((result) => targetResult({ result })) })));

test.each([
  ['in-sync', 'Everything is in sync'],
  ['drift', '7 changes are pending'],
  ['applied', 'All 7 changes were applied and read back'],
  ['partial', '2 of 7 changes were done; the rest needs a look'],
  ['refused', 'The guard refused the plan; nothing was written'],
  ['stale', 'The plan is not the one that was approved; nothing was written'],
  ['interrupted', 'The run was interrupted; 2 of 7 changes were done'],
  ['failed', 'The run failed; 2 of 7 changes were done'],
] as const)('of a run that came to %s it says: %s', (result, sentence) => {
  expect(of(result)).toBe(sentence);
});

test('where no plan was made it says so', () => {
  const target = targetResult({ result: 'failed', plan: undefined, outcomes: new Map() });
  expect(headline(reportOf(runRecord({ targets: [target] })))).toBe('The run failed; no plan was made');
});

test('directories that came to the same are told together', () => {
  expect(of('drift', 'drift')).toBe('14 changes are pending in 2 directories');
});

test('directories that came to different ends are counted, gravest first', () => {
  expect(of('refused', 'in-sync', 'partial', 'in-sync')).toBe(
    '4 directories: 1 refused by the guard, 1 partly done, 2 in sync',
  );
});

test('of one change it speaks in the singular', () => {
  const [change] = reportOf(planRecord()).targets[0]?.changes ?? [];
  const report = reportOf(planRecord());
  const targets = report.targets.map((target) => ({
    ...target,
    changes: change === undefined ? [] : [change],
  }));
  expect(headline({ ...report, targets })).toBe('1 change is pending');
});
