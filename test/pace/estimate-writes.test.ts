import { expect, test } from 'vitest';
import type { CallRecord } from '../../src/model/job-event.ts';
import { estimateWrites } from '../../src/pace/estimate-writes.ts';
import { failure } from '../support/world.ts';

const record = (elapsedMs: number, failed?: CallRecord['failure']): CallRecord => ({
  lane: 'read',
  action: 'ListAccounts',
  subject: undefined,
  attempt: 1,
  startedAt: 0,
  elapsedMs,
  failure: failed,
});

const PACE = { concurrency: 5, aggregatorIntervalMs: 1000 };
const SEEN = [record(100), record(200), record(4000)];

test.each([
  ['nothing', { associate: 0, disassociate: 0, update: 0 }, 0, 0],
  ['one call', { associate: 1, disassociate: 0, update: 0 }, 200, 200],
  ['as many calls as go at once', { associate: 3, disassociate: 2, update: 0 }, 200, 1000],
  ['one call more', { associate: 3, disassociate: 3, update: 0 }, 400, 1200],
  ['one list, which is read before it is written', { associate: 0, disassociate: 0, update: 1 }, 400, 400],
  ['lists at their documented rate', { associate: 0, disassociate: 0, update: 61 }, 60_400, 60_400],
  ['both side by side: lists take longer', { associate: 10, disassociate: 0, update: 3 }, 2400, 2400],
  [
    'both side by side: contacts take longer',
    { associate: 500, disassociate: 0, update: 3 },
    20_240,
    100_000,
  ],
])('%s', (_, calls, leastMs, mostMs) => {
  const writes = calls.associate + calls.disassociate + calls.update;
  expect(estimateWrites(calls, PACE, SEEN)).toEqual({ writes, leastMs, mostMs });
});

test.each([
  ['nothing', { associate: 0, disassociate: 0, update: 0 }, 0],
  ['one call, which nothing comes after', { associate: 1, disassociate: 0, update: 0 }, 200],
  ['calls one after the other', { associate: 3, disassociate: 2, update: 0 }, 5 * 200 + 4 * 10_000],
  ['lists among them', { associate: 3, disassociate: 0, update: 2 }, 3 * 200 + 2 * 400 + 4 * 10_000],
])('with a pause of 10 s between two writes, %s', (_, calls, ms) => {
  expect(estimateWrites(calls, { ...PACE, pauseMs: 10_000 }, SEEN)).toMatchObject({
    leastMs: ms,
    mostMs: ms,
  });
});

test('where one call is allowed at a time, both kinds of writes take turns', () => {
  const calls = { associate: 10, disassociate: 5, update: 4 };
  const ms = 15 * 200 + 4 * 400;
  expect(estimateWrites(calls, { ...PACE, concurrency: 1 }, SEEN)).toEqual({
    writes: 19,
    leastMs: ms,
    mostMs: ms,
  });
});

test('where answers take long, lists take longer than their rate', () => {
  const calls = { associate: 0, disassociate: 0, update: 10 };
  expect(estimateWrites(calls, PACE, [record(3000)])).toEqual({
    writes: 10,
    leastMs: 15_000,
    mostMs: 60_000,
  });
});

test('failed calls say nothing about how long one takes, and without any other the rate is all there is', () => {
  const calls = { associate: 1, disassociate: 0, update: 0 };
  const lost = record(10_000, failure('unknown-effect', 'NoAnswer'));
  expect(estimateWrites(calls, PACE, [lost, lost, record(50)])).toEqual({
    writes: 1,
    leastMs: 50,
    mostMs: 50,
  });
  const lists = { associate: 1, disassociate: 0, update: 3 };
  expect(estimateWrites(lists, PACE, [lost])).toEqual({ writes: 4, leastMs: 2000, mostMs: 2000 });
});
