import { describe, expect, test } from 'vitest';
import { courseInWords, sinceInWords } from '../../src/report/course.ts';
import { speaksOf, withHistory } from '../../src/report/history.ts';
import type { Report, ReportChange, ReportTarget } from '../../src/report/report-schema.ts';
import { onlyTarget, planRecord, reportOf } from './sample-run.ts';

const NIGHT = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T02:00:00.000Z`;
const [SOME] = onlyTarget(reportOf()).changes;

const needed = (id: string, rest: Partial<ReportChange> = {}): ReportChange => {
  if (SOME === undefined) throw new Error('no change');
  return { ...SOME, id, outcome: { status: 'planned' }, ...rest };
};

const applied = { attempts: 1, elapsedMs: 1 };

/** A run of the night of that day, over one target. */
function night(day: number, changes: readonly ReportChange[], rest: Partial<ReportTarget> = {}): Report {
  const report = reportOf(planRecord());
  const target = { ...onlyTarget(report), changes: [...changes], ...rest };
  return { ...report, run: { ...report.run, id: `run-${day}`, startedAt: NIGHT(day) }, targets: [target] };
}

const compare = (report: Report, earlier: Report | undefined): ReportTarget =>
  onlyTarget(withHistory(report, new Map(earlier === undefined ? [] : [[onlyTarget(report), earlier]])));

const sinces = ({ changes }: ReportTarget) => Object.fromEntries(changes.map(({ id, since }) => [id, since]));

test('without an earlier report all drift is of this run, and which way it went is not known', () => {
  const target = compare(night(21, [needed('a')]), undefined);
  expect(sinces(target)).toEqual({ a: NIGHT(21) });
  expect(target.history).toBeUndefined();
});

test('what was needed before stands since then; what is needed for the first time is new', () => {
  const target = compare(night(21, [needed('a'), needed('b')]), night(20, [needed('a'), needed('gone')]));
  expect(sinces(target)).toEqual({ a: NIGHT(20), b: NIGHT(21) });
  expect(target.history).toEqual({
    previousRunId: 'run-20',
    previousStartedAt: NIGHT(20),
    appeared: 1,
    standing: 1,
    settled: 1,
  });
});

test('how long drift has stood is carried on from report to report', () => {
  const nights = [18, 19, 20, 21].map((day) => night(day, [needed('a'), ...(day > 19 ? [needed('b')] : [])]));
  const [first, ...rest] = nights;
  if (first === undefined) throw new Error('no night');
  let known: Report = { ...first, targets: [compare(first, undefined)] };
  for (const next of rest) known = { ...next, targets: [compare(next, known)] };
  expect(sinces(onlyTarget(known))).toEqual({ a: NIGHT(18), b: NIGHT(20) });
});

test.each<[string, ReportChange['outcome'], string]>([
  ['applied: it is new drift', { status: 'applied', ...applied }, NIGHT(21)],
  ['found done: it is new drift', { status: 'already', because: 'x', ...applied }, NIGHT(21)],
  ['failed: it stands', { status: 'failed', code: 'X', message: 'x', ...applied }, NIGHT(20)],
  ['skipped: it stands', { status: 'skipped', because: 'x' }, NIGHT(20)],
  ['uncertain: it stands', { status: 'uncertain', code: 'X', message: 'x', ...applied }, NIGHT(20)],
  ['not visible: it stands', { status: 'not-visible', message: 'x', ...applied }, NIGHT(20)],
])('needed again after it was %s', (_, outcome, since) => {
  const target = compare(night(21, [needed('a')]), night(20, [needed('a', { outcome })]));
  expect(sinces(target)).toEqual({ a: since });
});

describe('an earlier report speaks of a target', () => {
  const target = onlyTarget(night(21, []));

  test.each<[string, Partial<ReportTarget>, boolean]>([
    ['of the same name and directory', {}, true],
    ['not of another name', { name: 'group-b' }, false],
    ['not of another directory', { directoryId: 'rd-other' }, false],
    ['not when it could not make a plan', { plan: null }, false],
  ])('%s', (_, rest, expected) => {
    expect(speaksOf(night(20, [], rest), target)).toBe(expected);
  });
});

test('a target without a plan has no history', () => {
  const report = night(21, [], { plan: null });
  expect(compare(report, night(20, [needed('a')]))).toEqual(onlyTarget(report));
});

test.each([
  [3, 5, 1, '2 more than last time: 3 new, 5 standing, 1 settled'],
  [1, 0, 4, '3 fewer than last time: 1 new, 0 standing, 4 settled'],
  [2, 0, 2, 'as many as last time: 2 new, 0 standing, 2 settled'],
  [0, 0, 0, ''],
])('%i new, %i standing, %i settled: %s', (appeared, standing, settled, words) => {
  const history = { previousRunId: 'r', previousStartedAt: NIGHT(20), appeared, standing, settled };
  expect(courseInWords({ history })).toBe(words);
});

test('only drift that stood before says since when', () => {
  const target = compare(night(21, [needed('a'), needed('b')]), night(20, [needed('a')]));
  expect(target.changes.map((change) => sinceInWords(change, target))).toEqual(['since 2026-11-20', '']);
});
