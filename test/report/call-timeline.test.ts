import { expect, test } from 'vitest';
import { callTimeline, MOST_CALLS_TOLD } from '../../src/report/call-timeline.ts';
import { reportSchema } from '../../src/report/report-schema.ts';
import { CALLS, call, OPS, reportOf } from './sample-run.ts';

const START = 1_000_000;

test('a call stands with its time from the start of the run, its wait and what refused it', () => {
  const [, refused] = CALLS;
  const timeline = callTimeline(
    [{ ...call(120), startedAt: START + 40, waitedMs: 7, limit: 3, failure: refused?.failure }],
    START,
  );
  expect(timeline).toEqual({
    calls: [
      {
        lane: 'contact-write',
        action: 'AssociateMembers',
        subject: OPS,
        attempt: 1,
        atMs: 40,
        waitedMs: 7,
        elapsedMs: 120,
        limit: 3,
        failure: { class: 'conflict', code: 'ConcurrentCallNotSupported' },
      },
    ],
    leftOut: 0,
  });
});

test('calls stand in the order in which they were sent, not in which they were answered', () => {
  const timeline = callTimeline(
    [30, 10, 20].map((ms) => ({ ...call(1), startedAt: START + ms })),
    START,
  );
  expect(timeline.calls.map(({ atMs }) => atMs)).toEqual([10, 20, 30]);
});

test('a listing has no subject, a success no failure, and what a journal does not tell is null', () => {
  const [listing] = callTimeline([call(1, { subject: undefined })], 0).calls;
  expect(listing).toMatchObject({ subject: null, failure: null, waitedMs: null, limit: null });
});

test('a clock that was set back makes no time negative', () => {
  const [told] = callTimeline([call(-5, { startedAt: START - 9, waitedMs: -3 })], START).calls;
  expect(told).toMatchObject({ atMs: 0, waitedMs: 0, elapsedMs: 0 });
});

test('of more calls than 5,000 the first are told and the others counted', () => {
  const calls = Array.from({ length: MOST_CALLS_TOLD + 3 }, (_, index) => call(1, { startedAt: index }));
  const timeline = callTimeline(calls, 0);
  expect(timeline.calls).toHaveLength(5000);
  expect(timeline.calls.at(-1)?.atMs).toBe(4999);
  expect(timeline.leftOut).toBe(3);
});

test('a report that was written before there was a timeline or a map is still read', () => {
  const report = structuredClone(reportOf());
  const targets = report.targets.map(({ timeline: _, map: __, ...target }) => target);
  const [read] = reportSchema.parse({ ...report, targets }).targets;
  expect(read).toMatchObject({ timeline: null, map: null });
});
