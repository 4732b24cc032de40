import { describe, expect, test } from 'vitest';
import { HaltedError } from '../../src/model/halt.ts';
import type { CallDescription } from '../../src/model/ports.ts';
import { parseWindow } from '../../src/model/write-window.ts';
import { always, START } from '../support/fake-time.ts';
import { conflict, PacedJob, READ, UPDATE, WRITE } from './paced-job.ts';

const MAKES_GOOD: CallDescription = { ...WRITE, makesGood: true };
const PAUSE_MS = 10_000;
const MINUTE_MS = 60_000;

const sentAt = (job: PacedJob): number[] => job.attempts.map(({ startedAt }) => startedAt - START);
const because = (outcome: PromiseSettledResult<unknown> | undefined): unknown =>
  outcome?.status === 'rejected' && outcome.reason instanceof HaltedError ? outcome.reason.message : outcome;

/** The job starts at midnight in UTC, when it is eight in the morning in Shanghai. */
function windowOf(text: string) {
  const window = parseWindow(text);
  if (window === undefined) throw new Error(`${text} is no window`);
  return window;
}

describe('a pause between writes', () => {
  test('is from the answer to one to the next, whatever service they go to, and leaves reads alone', async () => {
    const job = new PacedJob({ pauseMs: PAUSE_MS });
    const send = () => job.answer(500);
    const calls = [WRITE, UPDATE, READ, READ, WRITE].map((call) => job.call(call, send));
    await job.outcomes(calls);
    expect(job.attempts.map(({ lane, startedAt }) => [lane, startedAt - START])).toEqual([
      ['read', 0],
      ['read', 0],
      ['contact-write', 0],
      ['aggregator-write', 10_500],
      ['contact-write', 21_000],
    ]);
  });

  test('holds for the next attempt of a refused write too', async () => {
    const job = new PacedJob({ pauseMs: PAUSE_MS, random: always(0.5) });
    let sent = 0;
    const refusedOnce = () => job.answer(500, (sent += 1) === 1 ? conflict() : undefined);
    await job.outcomes([job.call(WRITE, refusedOnce), job.call(WRITE, () => job.answer(500))]);
    expect(sentAt(job)).toEqual([0, 10_500, 21_000]);
  });

  test('is told once for each write that waits', async () => {
    const job = new PacedJob({ pauseMs: PAUSE_MS });
    await job.outcomes([WRITE, WRITE, WRITE].map((call) => job.call(call, () => job.answer(0))));
    expect(job.events.filter(({ type }) => type === 'pause')).toEqual([
      { type: 'pause', ms: PAUSE_MS },
      { type: 'pause', ms: PAUSE_MS },
    ]);
  });

  test('does not hold up what makes a removal good, while others wait', async () => {
    const job = new PacedJob({ pauseMs: PAUSE_MS, concurrency: 1 });
    const others = [WRITE, WRITE, WRITE].map((call) => job.call(call, () => job.answer(100)));
    const swap = others[0]?.then(() => job.call(MAKES_GOOD, () => job.answer(100)));
    await job.outcomes([...others, swap ?? Promise.resolve()]);
    expect(sentAt(job)).toEqual([0, 100, 10_200, 20_300]);
  });

  test('is as long as it is when the clock is set meanwhile', async () => {
    for (const byMs of [-60 * MINUTE_MS, 60 * MINUTE_MS]) {
      const job = new PacedJob({ pauseMs: PAUSE_MS });
      void job.clock.sleep(5000).then(() => job.clock.set(byMs));
      await job.outcomes([WRITE, WRITE].map((call) => job.call(call, () => job.answer(100))));
      expect(job.clock.elapsed()).toBe(10_200);
      expect(job.attempts.map(({ elapsedMs, waitedMs }) => [elapsedMs, waitedMs])).toEqual([
        [100, 0],
        [100, 10_100],
      ]);
    }
  });

  test('is cut short by a halt, and nothing is sent after it', async () => {
    const job = new PacedJob({ pauseMs: 60 * MINUTE_MS });
    const calls = [WRITE, WRITE, UPDATE].map((call) => job.call(call, () => job.answer(100)));
    void job.clock.sleep(5000).then(() => job.halt.halt({ kind: 'interrupted', signal: 'SIGINT' }));
    const outcomes = await job.outcomes(calls);
    expect(job.clock.elapsed()).toBe(5000);
    expect(sentAt(job)).toEqual([0]);
    expect(outcomes.slice(1).map(because)).toEqual([
      'the run was interrupted by SIGINT',
      'the run was interrupted by SIGINT',
    ]);
  });

  test('a call that was not sent causes none', async () => {
    const job = new PacedJob({ pauseMs: PAUSE_MS });
    const unsent = { ...UPDATE, prepare: () => Promise.reject(new Error('nothing to do')) };
    const calls = [job.call(unsent, () => job.answer(1)), job.call(WRITE, () => job.answer(1))];
    await job.outcomes(calls);
    expect(sentAt(job)).toEqual([0]);
  });
});

describe('a window for writes', () => {
  test('lets them through while it is open, and reads at any time', async () => {
    const open = new PacedJob({ window: windowOf('08:00-09:00 Asia/Shanghai') });
    const shut = new PacedJob({ window: windowOf('08:00-09:00 UTC') });
    for (const job of [open, shut])
      await job.outcomes([WRITE, UPDATE, READ].map((call) => job.call(call, () => job.answer(1))));
    expect(open.attempts.map(({ lane }) => lane).sort()).toEqual([
      'aggregator-write',
      'contact-write',
      'read',
    ]);
    expect(shut.attempts.map(({ lane }) => lane)).toEqual(['read']);
  });

  test('at its end no write starts, those in flight are waited for, and it is told once', async () => {
    const job = new PacedJob({ window: windowOf('00:00-00:01'), concurrency: 1 });
    const calls = [1, 2, 3, 4].map(() => job.call(WRITE, () => job.answer(40_000)));
    const outcomes = await job.outcomes(calls);
    expect(sentAt(job)).toEqual([0, 40_000]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    const reason = 'no write starts outside of the window 00:00-00:01 UTC';
    expect(because(outcomes[2])).toBe(reason);
    expect(job.events.filter(({ type }) => type === 'halt')).toEqual([{ type: 'halt', reason }]);
    expect(job.halt.reason).toBeUndefined();
  });

  test('ends for a write, too, whose reading right before it took so long', async () => {
    const job = new PacedJob({ window: windowOf('00:00-00:01') });
    const prepare = () => job.clock.sleep(2 * MINUTE_MS);
    const [outcome] = await job.outcomes([job.call({ ...UPDATE, prepare }, () => job.answer(500))]);
    expect(because(outcome)).toBe('no write starts outside of the window 00:00-00:01 UTC');
    expect(sentAt(job)).toEqual([]);
  });

  test('no pause is waited for that ends after it', async () => {
    const job = new PacedJob({ window: windowOf('00:00-00:05'), pauseMs: 10 * MINUTE_MS });
    const outcomes = await job.outcomes([WRITE, WRITE].map((call) => job.call(call, () => job.answer(100))));
    expect(job.clock.elapsed()).toBe(100);
    expect(because(outcomes[1])).toBe('no write starts outside of the window 00:00-00:05 UTC');
  });

  test('what makes a removal good still goes out', async () => {
    const job = new PacedJob({ window: windowOf('00:00-00:01') });
    const removal = job.call(WRITE, () => job.answer(MINUTE_MS));
    const calls = [removal, removal.then(() => job.call(MAKES_GOOD, () => job.answer(1)))];
    await job.outcomes([...calls, removal.then(() => job.call(WRITE, () => job.answer(1)))]);
    expect(sentAt(job)).toEqual([0, MINUTE_MS]);
  });

  test('a write that was refused in it and would be sent again after it is left, as what was never sent', async () => {
    const job = new PacedJob({ window: windowOf('00:00-00:01'), random: always(0.5) });
    const [outcome] = await job.outcomes([job.call(WRITE, () => job.answer(59_900, conflict()))]);
    expect(because(outcome)).toContain('no write starts outside of the window 00:00-00:01');
    expect(sentAt(job)).toEqual([0]);
  });

  test('goes by the clock on the wall, also where that is set', async () => {
    const job = new PacedJob({ window: windowOf('00:00-00:01') });
    job.clock.set(2 * MINUTE_MS);
    const [late] = await job.outcomes([job.call(WRITE, () => job.answer(1))]);
    expect(because(late)).toContain('outside of the window');
    job.clock.set(-2 * MINUTE_MS);
    expect(await job.outcomes([job.call(WRITE, () => job.answer(1))])).toMatchObject([
      { status: 'fulfilled' },
    ]);
  });

  test('that cuts short the waits of many refused writes is no fault that meets every call: reads go on', async () => {
    const job = new PacedJob({ window: windowOf('00:00-00:01'), random: always(0.5) });
    // Two that are taken let five go at a time.
    await job.outcomes([1, 2].map(() => job.call(WRITE, () => job.answer(1))));
    const refused = [1, 2, 3, 4, 5].map(() => job.call(WRITE, () => job.answer(59_900, conflict())));
    await job.outcomes(refused);
    expect(job.refused).toHaveLength(5);
    const [read] = await job.outcomes([job.call(READ, () => job.answer(1))]);
    expect([job.halt.reason, read?.status]).toEqual([undefined, 'fulfilled']);
  });
});
