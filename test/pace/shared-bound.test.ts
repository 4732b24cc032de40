import { describe, expect, test } from 'vitest';
import { HaltedError } from '../../src/model/halt.ts';
import type { CallDescription } from '../../src/model/ports.ts';
import { parseWindow } from '../../src/model/write-window.ts';
import { always, START, seededRandom } from '../support/fake-time.ts';
import { callError } from '../support/world.ts';
import { conflict, PacedJob, READ, UPDATE, WRITE } from './paced-job.ts';

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const throttled = (retryAfterMs: number) => callError('throttled', 'Throttling.User', { retryAfterMs });
const starts = ({ attempts }: PacedJob) =>
  attempts.map(({ lane, startedAt }) => [lane, startedAt - START] as const);

/** Counts what is under way, whatever lane it is of. */
class CountingService {
  most = 0;
  writesAtOnce = 0;
  readonly #job: PacedJob;
  readonly #underWay: string[] = [];

  constructor(job: PacedJob) {
    this.#job = job;
  }

  async answer(lane: string, ms: number, error?: Error): Promise<void> {
    this.#underWay.push(lane);
    this.most = Math.max(this.most, this.#underWay.length);
    const writes = this.#underWay.filter((one) => one !== 'read').length;
    this.writesAtOnce = Math.max(this.writesAtOnce, writes);
    try {
      await this.#job.answer(ms, error);
    } finally {
      this.#underWay.splice(this.#underWay.indexOf(lane), 1);
    }
  }
}

/** An update of a group, which reads the list in its own place among the calls in flight. */
const updateThatReads = (read: () => Promise<void>): CallDescription => ({
  ...UPDATE,
  prepare: (inItsPlace) => inItsPlace({ ...READ, action: 'GetAggregator' }, read),
});

describe('the bound of calls in flight', () => {
  test.each([1, 2, 5])('of %i is over all lanes, and everything is done', async (concurrency) => {
    const job = new PacedJob({ concurrency });
    const service = new CountingService(job);
    const random = seededRandom(concurrency);
    const errors = [conflict(), throttled(700), callError('pending', 'AggregatorAlreadyPending')];
    const sendOf = (lane: string) => {
      let left = Math.floor(random() * 2);
      return () => {
        left -= 1;
        const error = left < 0 ? undefined : errors[Math.floor(random() * (lane === 'read' ? 2 : 3))];
        return service.answer(lane, 10 + random() * 200, error);
      };
    };
    const done = await job.outcomes(
      times(20, () => [
        job.call(READ, sendOf('read')),
        job.call(WRITE, sendOf('contact-write')),
        job.call(updateThatReads(sendOf('read')), sendOf('aggregator-write')),
      ]).flat(),
    );
    expect(done.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(service.most).toBe(concurrency);
    expect(service.writesAtOnce).toBeLessThanOrEqual(concurrency);
  });

  test('of one makes the lanes wait for each other, in the order in which they came', async () => {
    const job = new PacedJob({ concurrency: 1 });
    await job.outcomes([READ, WRITE, UPDATE].map((one) => job.call(one, () => job.answer(100))));
    expect(starts(job)).toEqual([
      ['read', 0],
      ['contact-write', 100],
      ['aggregator-write', 200],
    ]);
  });

  test('has room for others while a call waits for its next attempt', async () => {
    const job = new PacedJob({ concurrency: 1 });
    let sent = 0;
    const write = job.call(WRITE, () => job.answer(100, (sent += 1) === 1 ? throttled(60_000) : undefined));
    await job.outcomes([
      write,
      job.call(READ, () => job.answer(100)),
      job.call(UPDATE, () => job.answer(100)),
    ]);
    expect(starts(job)).toEqual([
      ['contact-write', 0],
      ['read', 100],
      ['aggregator-write', 200],
      ['contact-write', 60_100],
    ]);
  });

  test('does not bring calls closer together than their rate', async () => {
    const job = new PacedJob({ concurrency: 1 });
    const reads = times(5, () => job.call(READ, () => job.answer(900)));
    await job.outcomes([...reads, ...times(3, () => job.call(UPDATE, () => job.answer(10)))]);
    const updates = starts(job).flatMap(([lane, at]) => (lane === 'aggregator-write' ? [at] : []));
    const apart = updates.slice(1).map((at, index) => at - (updates[index] ?? 0));
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(1000);
  });
});

describe('a write that reads right before it', () => {
  test.each([1, 2, 5])(
    'leaves when the reading is there, with %i at once and others in line',
    async (concurrency) => {
      const job = new PacedJob({ concurrency });
      const others = () => times(20, () => job.call(READ, () => job.answer(500)));
      const calls = [
        ...others(),
        job.call(
          updateThatReads(() => job.answer(70)),
          () => job.answer(10),
        ),
        ...others(),
      ];
      await job.outcomes(calls);
      const reading = job.attempts.find(({ action }) => action === 'GetAggregator');
      const write = job.attempts.find(({ lane }) => lane === 'aggregator-write');
      expect(write?.startedAt).toBe((reading?.startedAt ?? 0) + 70);
    },
  );

  test('leaves its place to others while the reading waits for its next attempt, and gets it back', async () => {
    const job = new PacedJob({ concurrency: 1, random: always(0.5) });
    let readings = 0;
    const read = () => job.answer(100, (readings += 1) === 1 ? throttled(5000) : undefined);
    const update = job.call(updateThatReads(read), () => job.answer(10));
    await job.outcomes([update, job.call(WRITE, () => job.answer(100))]);
    expect(starts(job)).toEqual([
      ['read', 0],
      ['contact-write', 100],
      ['read', 5100],
      ['aggregator-write', 5200],
    ]);
  });

  test('leaves its place to others for good when the reading ends it', async () => {
    const job = new PacedJob({ concurrency: 1 });
    const gone = callError('owner-refused', 'AccountGroupNotExists');
    const update = job.call(
      updateThatReads(() => job.answer(100, gone)),
      () => job.answer(10),
    );
    const [failed, next] = await job.outcomes([update, job.call(WRITE, () => job.answer(100))]);
    expect([failed?.status, next?.status]).toEqual(['rejected', 'fulfilled']);
  });
});

describe('a write that waited for a place among the calls in flight', () => {
  test('is not sent when the window was shut meanwhile', async () => {
    const window = parseWindow('00:00-00:01');
    if (window === undefined) throw new Error('no window');
    const job = new PacedJob({ concurrency: 1, window });
    const read = job.call(READ, () => job.answer(90_000));
    const [, write] = await job.outcomes([read, job.call(WRITE, () => job.answer(1))]);
    expect(write?.status).toBe('rejected');
    expect(starts(job)).toEqual([['read', 0]]);
  });

  test.each([
    ['it waited itself', () => WRITE],
    ['it had read for it', (job: PacedJob) => updateThatReads(() => job.answer(100))],
  ])('is not sent when the job was halted meanwhile: %s', async (_, kind) => {
    const job = new PacedJob({ concurrency: 1 });
    const inFlight = job.call(READ, () => job.answer(1000));
    void job.clock.sleep(500).then(() => job.halt.halt({ kind: 'deadline' }));
    const [read, write] = await job.outcomes([inFlight, job.call(kind(job), () => job.answer(1))]);
    expect(read?.status).toBe('fulfilled');
    expect(write?.status === 'rejected' && write.reason).toBeInstanceOf(HaltedError);
    expect(starts(job)).toEqual([['read', 0]]);
  });

  test('keeps to the pause after a write that went before it meanwhile', async () => {
    const job = new PacedJob({ concurrency: 1, pauseMs: 10_000 });
    const makesGood = job.call({ ...UPDATE, makesGood: true }, () => job.answer(1000));
    await job.outcomes([makesGood, job.call(WRITE, () => job.answer(100))]);
    expect(starts(job)).toEqual([
      ['aggregator-write', 0],
      ['contact-write', 11_000],
    ]);
  });
});
