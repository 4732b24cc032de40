import { describe, expect, test } from 'vitest';
import { callChains, type TimelineCall } from '../../../src/report/html/call-chains.ts';
import { tickStep } from '../../../src/report/html/timeline-drawing.ts';
import { kindOf, timelineLayout } from '../../../src/report/html/timeline-layout.ts';
import { onlyTarget, reportOf } from '../sample-run.ts';

const START = '2026-11-21T09:30:00.000Z';

const call = (atMs: number, elapsedMs: number, rest: Partial<TimelineCall> = {}): TimelineCall => ({
  lane: 'contact-write',
  action: 'AssociateMembers',
  subject: 'c-1',
  attempt: 1,
  atMs,
  waitedMs: 0,
  elapsedMs,
  limit: 2,
  failure: null,
  ...rest,
});
const refused = (failureClass: string) => ({ failure: { class: failureClass, code: 'X' } });

const layoutOf = (calls: readonly TimelineCall[], pace: ReturnType<typeof onlyTarget>['pace'] = []) =>
  timelineLayout({ ...onlyTarget(reportOf()), pace, timeline: { calls: [...calls], leftOut: 0 } }, START);

describe('attempts', () => {
  test('of one call are found by who they are about and how long they waited', () => {
    const calls = [
      call(0, 10, refused('conflict')),
      call(5, 10, refused('conflict')),
      call(35, 10, { attempt: 2, waitedMs: 20 }),
      call(40, 10, { attempt: 2, waitedMs: 30 }),
    ];
    expect(callChains(calls).map(({ attempts }) => attempts.map(({ atMs }) => atMs))).toEqual([
      [0, 40],
      [5, 35],
    ]);
  });

  test('of different contacts are never put together', () => {
    const calls = [call(0, 10, refused('conflict')), call(30, 10, { attempt: 2, subject: 'c-2' })];
    expect(callChains(calls)).toHaveLength(2);
  });

  test('after a call that succeeded belong to another one', () => {
    expect(callChains([call(0, 10), call(30, 10, { attempt: 2 })])).toHaveLength(2);
  });
});

describe('rows', () => {
  test('calls at the same time lie above each other, and a free row is used again', () => {
    const [lane] = layoutOf([call(0, 10), call(5, 10, { subject: 'c-2' }), call(12, 5, { subject: 'c-3' })]);
    expect(lane?.rows).toBe(2);
    expect(lane?.bars.map(({ row }) => row)).toEqual([0, 1, 0]);
  });

  test('a call that waits for its next attempt keeps its row, and the wait is drawn', () => {
    const [lane] = layoutOf([
      call(0, 10, refused('conflict')),
      call(20, 5, { subject: 'c-2' }),
      call(50, 10, { attempt: 2, waitedMs: 40 }),
    ]);
    expect(lane?.bars.map(({ row, call: { atMs } }) => [atMs, row])).toEqual([
      [0, 0],
      [50, 0],
      [20, 1],
    ]);
    expect(lane?.waits).toEqual([{ row: 0, fromMs: 10, toMs: 50 }]);
  });

  test('lanes stand apart, and one without calls is left out', () => {
    const lanes = layoutOf([call(0, 10), call(0, 10, { lane: 'read' })]);
    expect(lanes.map(({ lane }) => lane)).toEqual(['read', 'contact-write']);
  });
});

test('the limit is known from the calls and from the course of the pace, and told where it changes', () => {
  const at = (ms: number) => new Date(Date.parse(START) + ms).toISOString();
  const pace = [
    { lane: 'contact-write' as const, at: at(60), limit: 1, intervalMs: 0 },
    { lane: 'read' as const, at: at(61), limit: 9, intervalMs: 0 },
  ];
  const [lane] = layoutOf(
    [call(10, 10), call(30, 10), call(90, 5, { limit: 1 }), call(99, 5, { limit: 3 })],
    pace,
  );
  expect(lane?.limits).toEqual([
    { atMs: 10, limit: 2 },
    { atMs: 60, limit: 1 },
    { atMs: 99, limit: 3 },
  ]);
});

test.each([
  ['conflict', 'refused'],
  ['pending', 'refused'],
  ['throttled', 'refused'],
  ['unknown-effect', 'lost'],
  ['unsent', 'lost'],
  ['member-refused', 'failed'],
  ['owner-refused', 'failed'],
  ['permission', 'failed'],
  ['a class of tomorrow', 'failed'],
])('a failure of class %s is drawn as %s', (failureClass, kind) => {
  expect(kindOf(call(0, 1, refused(failureClass)))).toBe(kind);
});

test.each([
  [1, 1],
  [9, 1],
  [60, 5],
  [5500, 500],
  [12_000, 1000],
  [30_000, 5000],
  [300_000, 30_000],
  [3_600_000, 300_000],
  [90_000_000, 10_800_000],
])('an axis of %i ms has a mark every %i ms', (endMs, stepMs) => {
  expect(tickStep(endMs)).toBe(stepMs);
});
