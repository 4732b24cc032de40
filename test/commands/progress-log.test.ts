import { expect, test } from 'vitest';
import { ProgressLog } from '../../src/commands/progress-log.ts';
import type { JobEvent } from '../../src/model/job-event.ts';
import { call } from '../report/sample-run.ts';

const READ: JobEvent = { type: 'call', ...call(40, { lane: 'read', action: 'ListAccounts' }) };
const WRITE: JobEvent = { type: 'call', ...call(100) };
const PLANNED: JobEvent = { type: 'planned', writes: 1500, leastMs: 1, mostMs: 2 };

/** @param events  each with the second at which it happens */
function told(events: readonly (readonly [number, JobEvent])[]) {
  const lines: unknown[] = [];
  let now = 0;
  const log = new ProgressLog({ info: (...line: unknown[]) => void lines.push(line) }, () => now);
  for (const [second, event] of events) {
    now = second * 1000;
    log.note(event);
  }
  return lines;
}

test('a run that is over within a minute leaves no line', () => {
  expect(told([0, 10, 59].map((second) => [second, READ] as const))).toEqual([]);
});

test('while reading there is a line a minute with the calls so far', () => {
  expect(told([0, 30, 60, 61, 119, 121].map((second) => [second, READ] as const))).toEqual([
    [{ stage: 'read', calls: 3, done: 0, total: 0, remainingMs: undefined }, 'read: 3 calls so far'],
    [{ stage: 'read', calls: 6, done: 0, total: 0, remainingMs: undefined }, 'read: 6 calls so far'],
  ]);
});

test('while writing it says how much is done, and how long the rest takes at the rate so far', () => {
  const events: (readonly [number, JobEvent])[] = [
    [0, { type: 'stage', stage: 'apply' }],
    [0, PLANNED],
    [30, WRITE],
    [60, WRITE],
  ];
  expect(told(events)).toEqual([
    [
      { stage: 'apply', calls: 2, done: 2, total: 1500, remainingMs: 44_940_000 },
      'apply: 2 of 1,500 writes done, about 13 h left',
    ],
  ]);
});

test('before the first write is done nobody knows how long it takes, and the report is told of no more', () => {
  expect(
    told([
      [0, PLANNED],
      [70, READ],
    ]),
  ).toEqual([
    [
      { stage: 'read', calls: 1, done: 0, total: 1500, remainingMs: undefined },
      'read: 0 of 1,500 writes done',
    ],
  ]);
  expect(
    told([
      [0, READ],
      [70, { type: 'stage', stage: 'report' }],
    ]),
  ).toEqual([]);
});
