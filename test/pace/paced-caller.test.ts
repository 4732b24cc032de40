import { describe, expect, test } from 'vitest';
import { HaltedError } from '../../src/model/halt.ts';
import type { CallDescription } from '../../src/model/ports.ts';
import { always, drained, START, seededRandom } from '../support/fake-time.ts';
import { callError } from '../support/world.ts';
import { conflict, LockedDirectory, PacedJob, READ, UPDATE, WRITE } from './paced-job.ts';

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const throttled = (retryAfterMs?: number) => callError('throttled', 'Throttling.User', { retryAfterMs });
const noAnswer = () => callError('unknown-effect', 'NoAnswer', { httpStatus: undefined });

describe('one call', () => {
  test('gives back what it got, and is one attempt on record', async () => {
    const job = new PacedJob();
    const result = job.call(WRITE, async () => {
      await job.answer(30);
      return 'bound';
    });
    expect(await job.clock.finish(result)).toBe('bound');
    expect(job.attempts).toEqual([
      {
        type: 'call',
        ...WRITE,
        attempt: 1,
        startedAt: START,
        elapsedMs: 30,
        waitedMs: 0,
        limit: 2,
        failure: undefined,
      },
    ]);
  });

  test('that is refused and then taken is one outcome and two attempts on record, with the wait between', async () => {
    const job = new PacedJob({ random: always(0.5) });
    let sent = 0;
    const result = job.call(WRITE, () => {
      sent += 1;
      return job.answer(30, sent === 1 ? throttled(2000) : undefined);
    });
    await job.clock.finish(result);
    expect(
      job.attempts.map(({ attempt, startedAt, waitedMs, failure }) => [
        attempt,
        startedAt - START,
        waitedMs,
        failure?.code,
      ]),
    ).toEqual([
      [1, 0, 0, 'Throttling.User'],
      [2, 2030, 2000, undefined],
    ]);
    expect(job.events.filter(({ type }) => type === 'retry')).toEqual([
      {
        type: 'retry',
        action: 'AssociateMembers',
        subject: 'c-1',
        attempt: 1,
        delayMs: 2000,
        failure: throttled(2000).failure,
      },
    ]);
  });

  test.each([
    ['a write that got no answer', WRITE, noAnswer(), 1],
    ['a read that got no answer', READ, noAnswer(), 4],
    ['a write that never left', WRITE, callError('unsent', 'ConnectionRefused'), 5],
    ['a write with a wrong member', WRITE, callError('member-refused', 'InvalidMember'), 1],
    ['a write that is always throttled', WRITE, throttled(), 9],
    ['a write that is always in conflict', WRITE, conflict(), 9],
  ])('%s throws its last failure', async (_, description, error, attempts) => {
    const job = new PacedJob();
    await expect(job.clock.finish(job.call(description, () => job.answer(10, error)))).rejects.toBe(error);
    expect(job.attempts.map(({ attempt }) => attempt)).toEqual(times(attempts, (index) => index + 1));
  });

  test('that finds every slot taken is on record with its wait for one and the limit at its sending', async () => {
    const job = new PacedJob();
    const calls = times(3, () => job.call(WRITE, () => job.answer(30)));
    await job.clock.finish(Promise.all(calls));
    expect(job.attempts.map(({ waitedMs, limit }) => [waitedMs, limit])).toEqual([
      [0, 2],
      [0, 2],
      [30, 2],
    ]);
  });

  test('that breaks in our own code is not repeated', async () => {
    const job = new PacedJob();
    const broken = job.call(WRITE, () => Promise.reject(new TypeError('undefined is not a function')));
    await expect(job.clock.finish(broken)).rejects.toThrow(TypeError);
    expect(job.attempts.length).toBe(1);
  });

  test('to a group that is busy waits for minutes with the same call', async () => {
    const job = new PacedJob();
    const update = job.call(UPDATE, () =>
      job.answer(
        100,
        job.clock.elapsed() < 300_000 ? callError('pending', 'AggregatorAlreadyPending') : undefined,
      ),
    );
    await job.clock.finish(update);
    expect(job.clock.elapsed()).toBeGreaterThan(300_000);
    expect(job.clock.elapsed()).toBeLessThan(320_000);
  });

  test.each([-3_600_000, 3_600_000])(
    'that is held back by the rate leaves at its time when the clock is set by %i ms',
    async (byMs) => {
      const job = new PacedJob();
      void job.clock.sleep(500).then(() => job.clock.set(byMs));
      await job.outcomes([UPDATE, UPDATE].map((call) => job.call(call, () => job.answer(10))));
      expect(job.clock.elapsed()).toBe(1010);
    },
  );

  test.each([
    ['writes may go together', { concurrency: 5 }],
    ['one call is allowed at a time', { concurrency: 1 }],
    ['writes go one by one, with a pause', { pauseMs: 1000 }],
  ])('to a group that is busy leaves the turn to other groups meanwhile, where %s', async (_, parts) => {
    const job = new PacedJob(parts);
    const busy = () => job.answer(100, callError('pending', 'AggregatorAlreadyPending'));
    const done = await job.outcomes([
      ...times(4, () => job.call(UPDATE, busy)),
      job.call(UPDATE, () => job.answer(100)),
    ]);
    expect(done.map(({ status }) => status)).toEqual([...times(4, () => 'rejected'), 'fulfilled']);
    const landed = job.attempts.find(({ failure }) => failure === undefined);
    expect((landed?.startedAt ?? 0) - START).toBeLessThan(10_000);
    expect(job.clock.elapsed()).toBeLessThan(640_000);
    const attempts = job.attempts.map(({ attempt }) => attempt);
    expect(attempts.filter((attempt) => attempt === 1)).toHaveLength(5);
  });
});

describe('the calls in flight', () => {
  test.each<[string, CallDescription, readonly number[], number]>([
    ['writes start at two', WRITE, [2, 8, 32], 200],
    ['reads start at eight, since they change nothing', READ, [8, 32], 150],
  ])('%s, grow while the service agrees, and stay within the bound', async (_, kind, expected, elapsedMs) => {
    const job = new PacedJob({ concurrency: 32 });
    let now = 0;
    let most = 0;
    await job.outcomes(
      times(72, () =>
        job.call(kind, async () => {
          now += 1;
          most = Math.max(most, now);
          await job.answer(50);
          now -= 1;
        }),
      ),
    );
    const limits = job.events.flatMap((event) => (event.type === 'pace' ? [event.limit] : []));
    expect([expected[0], ...limits]).toEqual(expected);
    expect(most).toBe(32);
    expect(job.clock.elapsed()).toBe(elapsedMs);
  });

  test('never pass a bound that is lower than the start', async () => {
    const job = new PacedJob({ concurrency: 5 });
    await job.outcomes(times(40, () => job.call(READ, () => job.answer(100))));
    expect(job.events.filter((event) => event.type === 'pace')).toEqual([]);
    expect(job.clock.elapsed()).toBe(800);
  });

  test('to UpdateAggregator start a second apart', async () => {
    const job = new PacedJob({ aggregatorIntervalMs: 1000 });
    await job.outcomes(times(4, () => job.call(UPDATE, () => job.answer(50))));
    expect(job.attempts.map(({ startedAt }) => startedAt - START)).toEqual([0, 1000, 2000, 3000]);
  });

  test('keep their slot while they wait, so that nothing overtakes a refused call', async () => {
    const job = new PacedJob({ concurrency: 1, random: always(0.5) });
    const order: string[] = [];
    const first = job.call(WRITE, () => {
      order.push('first');
      return job.answer(10, order.length === 1 ? conflict() : undefined);
    });
    const second = job.call(WRITE, () => {
      order.push('second');
      return job.answer(10);
    });
    await job.outcomes([first, second]);
    expect(order).toEqual(['first', 'first', 'second']);
  });
});

describe('against a directory that one write locks', () => {
  test.each([
    [2, 150],
    [5, 150],
    [5, 600],
    [32, 150],
  ])(
    'with up to %i at once and %i ms a write, all are applied and few are refused',
    async (concurrency, lockMs) => {
      const job = new PacedJob({ concurrency });
      const directory = new LockedDirectory(job, lockMs);
      const done = await job.outcomes(times(100, () => job.call(WRITE, directory.write)));
      expect(done.every(({ status }) => status === 'fulfilled')).toBe(true);
      expect(directory.applied).toBe(100);
      expect(job.attempts.length).toBe(100 + job.refused.length);
      expect(job.refused.length).toBeLessThanOrEqual(10);
      expect(job.clock.elapsed()).toBeLessThan(100 * lockMs * 1.1);
    },
  );

  test('a refused call waits for our own call that is under way, and goes right after it', async () => {
    const job = new PacedJob({ concurrency: 2 });
    const directory = new LockedDirectory(job, 1000);
    await job.outcomes(times(3, () => job.call(WRITE, directory.write)));
    const sent = job.attempts.map(({ startedAt, failure }) => [startedAt - START, failure?.code]);
    expect(sent.sort(([a], [b]) => Number(a) - Number(b))).toEqual([
      [0, 'ConcurrentCallNotSupported'],
      [0, undefined],
      [1000, undefined],
      [2000, undefined],
    ]);
  });

  test('a call that only somebody else can be in the way of waits longer than our own calls take', async () => {
    const job = new PacedJob({ concurrency: 32 });
    const others = (count: number) =>
      times(count, () => job.call({ ...WRITE, subject: 'c-2' }, () => job.answer(10)));
    await job.outcomes(others(100));
    const busyUntil = job.clock.now() + 2000;
    const locked = () => job.answer(10, job.clock.now() < busyUntil ? conflict() : undefined);
    const done = await job.outcomes([job.call(WRITE, locked), ...others(2000)]);
    expect(done.filter(({ status }) => status === 'rejected')).toEqual([]);
  });

  test('calls that are refused together do not wake each other', async () => {
    const job = new PacedJob({ concurrency: 8 });
    const directory = new LockedDirectory(job, 0);
    await job.outcomes(times(20, () => job.call(WRITE, directory.write)));
    const slow = new LockedDirectory(job, 2000);
    const before = job.attempts.length;
    const done = await job.outcomes(times(8, () => job.call(WRITE, slow.write)));
    expect(done.every(({ status }) => status === 'fulfilled')).toBe(true);
    const perCall = (job.attempts.length - before) / 8;
    expect(perCall).toBeLessThanOrEqual(3);
  });

  test('with another program that holds the lock for ten seconds, calls wait it out', async () => {
    const job = new PacedJob({ concurrency: 8 });
    const directory = new LockedDirectory(job, 0);
    await job.outcomes(times(20, () => job.call(WRITE, directory.write)));
    directory.lockFor(10_000);
    const done = await job.outcomes(times(8, () => job.call(WRITE, directory.write)));
    expect(done.every(({ status }) => status === 'fulfilled')).toBe(true);
  });
});

describe('against a service that bears so many calls a second', () => {
  test('all calls get through, near that rate', async () => {
    const job = new PacedJob({ concurrency: 8 });
    const starts: number[] = [];
    const limited = () => {
      const now = job.clock.now();
      const lately = starts.filter((at) => at > now - 1000).length;
      if (lately >= 10) return job.answer(20, throttled());
      starts.push(now);
      return job.answer(20);
    };
    const done = await job.outcomes(times(300, () => job.call(WRITE, limited)));
    expect(done.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(job.clock.elapsed()).toBeLessThan(45_000);
    expect(job.refused.length).toBeLessThan(60);
  });

  test('a delay that the server names holds back every call of the lane, those that wait for their turn too', async () => {
    const job = new PacedJob({ concurrency: 5 });
    await job.outcomes(times(10, () => job.call(WRITE, () => job.answer(10))));
    await job.outcomes(
      [1].map(() => {
        let sent = 0;
        return job.call(WRITE, () => job.answer(10, sent++ === 0 ? throttled(100) : undefined));
      }),
    );
    const from = job.clock.now();
    let answers = 0;
    const sentAt: number[] = [];
    await job.outcomes(
      times(6, () =>
        job.call(WRITE, () => {
          sentAt.push(job.clock.now() - from);
          answers += 1;
          return job.answer(10, answers === 1 ? throttled(60_000) : undefined);
        }),
      ),
    );
    const refusedAt = (sentAt[0] ?? 0) + 10;
    expect(sentAt.slice(1).filter((at) => at > refusedAt && at < refusedAt + 60_000)).toEqual([]);
  });
});

describe('a halted job', () => {
  test('lets calls in flight land, and sends none of those that wait', async () => {
    const job = new PacedJob({ concurrency: 2 });
    const sent: number[] = [];
    const calls = times(6, (index) =>
      job.call(WRITE, async () => {
        sent.push(index);
        await job.answer(100);
        return index;
      }),
    );
    const stopper = job.clock.sleep(150).then(() => job.halt.halt({ kind: 'interrupted', signal: 'SIGINT' }));
    const done = await job.outcomes(calls);
    await stopper;
    expect(sent).toEqual([0, 1, 2, 3]);
    expect(done.map(({ status }) => status)).toEqual([
      ...times(4, () => 'fulfilled'),
      'rejected',
      'rejected',
    ]);
    for (const one of done.slice(4)) {
      expect(one.status === 'rejected' && one.reason).toBeInstanceOf(HaltedError);
    }
    expect(job.clock.elapsed()).toBe(200);
    expect(job.attempts.length).toBe(4);
  });

  test('cuts short the wait of a refused call, which was not carried out for that reason', async () => {
    const job = new PacedJob();
    const call = job.call(WRITE, () => job.answer(10, throttled(60_000)));
    void job.clock.sleep(500).then(() => job.halt.halt({ kind: 'deadline' }));
    await expect(job.clock.finish(call)).rejects.toThrow(new HaltedError({ kind: 'deadline' }));
    expect(job.clock.elapsed()).toBe(500);
    expect(job.attempts.length).toBe(1);
  });

  test('does so, too, when a refused call waits for the rate and not for its own delay', async () => {
    const job = new PacedJob({ aggregatorIntervalMs: 60_000, random: always(0) });
    const call = job.call(UPDATE, () => job.answer(10, throttled()));
    void job.clock.sleep(30_000).then(() => job.halt.halt({ kind: 'deadline' }));
    await expect(job.clock.finish(call)).rejects.toThrow(new HaltedError({ kind: 'deadline' }));
    expect(job.attempts.length).toBe(1);
  });

  test.each<[string, CallDescription, () => Error]>([
    ['refused for the moment', WRITE, conflict],
    ['refused because its group is busy', UPDATE, () => callError('pending', 'AggregatorAlreadyPending')],
    ['a read that came to nothing', READ, noAnswer],
  ])('does not try again what is %s when it is halted meanwhile', async (_, kind, failure) => {
    const job = new PacedJob();
    const call = job.call(kind, () => job.answer(100, failure()));
    void job.clock.sleep(50).then(() => job.halt.halt({ kind: 'interrupted', signal: 'SIGINT' }));
    await expect(job.clock.finish(call)).rejects.toThrow('the run was interrupted by SIGINT');
    expect(job.attempts.length).toBe(1);
  });

  test.each<[string, CallDescription, () => Error]>([
    ['refused for good', WRITE, () => callError('owner-refused', 'EntityNotExists.Contact')],
    ['lost', WRITE, noAnswer],
    ['not permitted', READ, () => callError('permission', 'NoPermission')],
  ])(
    'tells what a call in flight came to that was %s: it would not have been sent again',
    async (_, kind, failure) => {
      const job = new PacedJob();
      const error = failure();
      const call = job.call(kind, () => job.answer(100, error));
      void job.clock.sleep(50).then(() => job.halt.halt({ kind: 'deadline' }));
      await expect(job.clock.finish(call)).rejects.toBe(error);
    },
  );

  test('does not leave a refused call waiting for one that never comes', async () => {
    const job = new PacedJob({ concurrency: 4 });
    const directory = new LockedDirectory(job, 0);
    await job.outcomes(times(20, () => job.call(WRITE, directory.write)));
    const slow = new LockedDirectory(job, 5000);
    const calls = times(4, () => job.call(WRITE, slow.write));
    void job.clock.sleep(1000).then(() => job.halt.halt({ kind: 'deadline' }));
    const done = await job.outcomes(calls);
    expect(done.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    expect(slow.applied).toBe(1);
  });

  test('sends nothing at all when it was halted before', async () => {
    const job = new PacedJob();
    job.halt.halt({ kind: 'ended' });
    await expect(job.clock.finish(job.call(READ, () => job.answer(1)))).rejects.toThrow('the run has ended');
    expect(job.events).toEqual([]);
  });
});

describe('what stops a job by itself', () => {
  test.each(['permission', 'credentials'] as const)(
    'is the first refusal for lack of %s',
    async (failureClass) => {
      const job = new PacedJob({ concurrency: 1 });
      const refused = callError(failureClass, 'Some.Code');
      const done = await job.outcomes(times(10, () => job.call(WRITE, () => job.answer(10, refused))));
      expect(job.attempts.length).toBe(1);
      expect(job.halt.reason).toEqual({ kind: 'refused', failure: refused.failure });
      expect(
        done.slice(1).every((one) => one.status === 'rejected' && one.reason instanceof HaltedError),
      ).toBe(true);
    },
  );

  test('are five calls in a row that failed for good with one code', async () => {
    const job = new PacedJob({ concurrency: 1 });
    await job.outcomes(times(10, () => job.call(WRITE, () => job.answer(10, noAnswer()))));
    expect(job.attempts.length).toBe(5);
    expect(job.halt.reason).toEqual({ kind: 'systemic', code: 'NoAnswer', inARow: 5 });
  });

  test.each([
    ['a success among them', [1, 1, 1, 1, 0, 1, 1, 1, 1], noAnswer],
    [
      'refusals that concern single contacts',
      times(9, () => 1),
      () => callError('owner-refused', 'EntityNotExists.Contact'),
    ],
    [
      'refusals that concern single members',
      times(9, () => 1),
      () => callError('member-refused', 'InvalidMember'),
    ],
  ] as const)('are not failures with %s', async (_, story, error) => {
    const job = new PacedJob({ concurrency: 1 });
    await job.outcomes(
      story.map((fails) => job.call(WRITE, () => job.answer(10, fails === 1 ? error() : undefined))),
    );
    expect(job.attempts.length).toBe(9);
    expect(job.halt.reason).toBeUndefined();
  });

  test('are not failures with different codes', async () => {
    const job = new PacedJob({ concurrency: 1 });
    const codes = ['NoAnswer', 'InternalError'];
    await job.outcomes(
      times(10, (index) =>
        job.call(WRITE, () => job.answer(10, callError('unknown-effect', codes[index % 2] ?? ''))),
      ),
    );
    expect(job.attempts.length).toBe(10);
    expect(job.halt.reason).toBeUndefined();
  });
});

describe('in an outage', () => {
  test.each([
    ['reads that get no answer', READ, noAnswer],
    ['writes that never leave', WRITE, () => callError('unsent', 'ConnectionRefused')],
    ['writes that are throttled', WRITE, () => throttled()],
  ] as const)('%s stop soon', async (_, description, error) => {
    const job = new PacedJob({ concurrency: 8 });
    const calls = 500;
    await job.outcomes(times(calls, () => job.call(description, () => job.answer(10, error()))));
    expect(job.attempts.length).toBeLessThanOrEqual(60);
    expect(job.halt.reason?.kind).toBe('systemic');
  });

  test.each([20, 200, 1000])(
    'of many codes, %i calls are at most a tenth and a hundred more',
    async (calls) => {
      const job = new PacedJob({ concurrency: 8 });
      await job.outcomes(
        times(calls, (index) =>
          job.call(READ, () => job.answer(10, callError('unknown-effect', `Unknown.${index}`))),
        ),
      );
      expect(job.attempts.length).toBeLessThanOrEqual(1.1 * calls + 100);
      expect(job.attempts.length).toBeGreaterThanOrEqual(calls);
    },
  );
});

describe('whatever the service answers', () => {
  test.each(times(20, (seed) => seed))(
    'every call has one outcome and every attempt one record (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const job = new PacedJob({ concurrency: 1 + (seed % 8), random: seededRandom(seed + 1000) });
      const errors = [conflict, () => throttled(), noAnswer, () => callError('unsent', 'ConnectionRefused')];
      let sent = 0;
      let outcomes = 0;
      const calls = times(60, async () => {
        const call = job.call(random() < 0.5 ? READ : WRITE, () => {
          sent += 1;
          const fails = random() < 0.4;
          return job.answer(
            random() * 100,
            fails ? errors[Math.floor(random() * errors.length)]?.() : undefined,
          );
        });
        await call.finally(() => {
          outcomes += 1;
        });
      });
      await job.outcomes(calls);
      await drained();
      expect(outcomes).toBe(60);
      expect(job.attempts.length).toBe(sent);
      const retries = job.events.filter(({ type }) => type === 'retry').length;
      expect(sent).toBeLessThanOrEqual(60 + retries);
      for (const event of job.events) {
        if (event.type !== 'pace') continue;
        expect(event.limit).toBeGreaterThanOrEqual(1);
        expect(event.limit).toBeLessThanOrEqual(1 + (seed % 8));
      }
    },
  );
});
