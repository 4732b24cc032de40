import { setMaxListeners } from 'node:events';
import type { CloudFailure } from '../../src/model/cloud-failure.ts';
import { HaltSwitch } from '../../src/model/halt.ts';
import type { CallRecord, JobEvent } from '../../src/model/job-event.ts';
import type { CallDescription, PacedCall, Random } from '../../src/model/ports.ts';
import type { WriteWindow } from '../../src/model/write-window.ts';
import { createPacedCall } from '../../src/pace/paced-caller.ts';
import { FakeClock, seededRandom } from '../support/fake-time.ts';
import { callError } from '../support/world.ts';

export const READ: CallDescription = { lane: 'read', action: 'GetMessageContact', subject: undefined };
export const WRITE: CallDescription = { lane: 'contact-write', action: 'AssociateMembers', subject: 'c-1' };
export const UPDATE: CallDescription = {
  lane: 'aggregator-write',
  action: 'UpdateAggregator',
  subject: 'ca-1',
};

interface JobParts {
  readonly concurrency?: number;
  readonly aggregatorIntervalMs?: number;
  readonly random?: Random;
  readonly pauseMs?: number;
  readonly window?: WriteWindow;
}

/** A job whose calls go through one pace, under a clock that jumps. */
export class PacedJob {
  readonly clock = new FakeClock();
  readonly halt = new HaltSwitch();
  readonly events: JobEvent[] = [];
  readonly call: PacedCall;

  constructor({
    concurrency = 5,
    aggregatorIntervalMs = 1000,
    random = seededRandom(1),
    pauseMs,
    window,
  }: JobParts = {}) {
    // Every call that waits listens to the switch, and many may: that is no leak.
    setMaxListeners(0, this.halt.signal);
    const effects = {
      clock: this.clock,
      random,
      halt: this.halt,
      emit: (event: JobEvent) => void this.events.push(event),
    };
    this.call = createPacedCall({ concurrency, aggregatorIntervalMs, pauseMs, window }, effects);
  }

  /** Ends when all of them have; how each one did. */
  outcomes<T>(calls: readonly Promise<T>[]): Promise<PromiseSettledResult<T>[]> {
    return this.clock.finish(Promise.allSettled(calls));
  }

  /** Takes that long, then succeeds or fails. */
  async answer(ms: number, error?: Error): Promise<void> {
    await this.clock.sleep(ms);
    if (error !== undefined) throw error;
  }

  get attempts(): CallRecord[] {
    return this.events.filter((event) => event.type === 'call');
  }

  get refused(): CloudFailure[] {
    return this.attempts.flatMap(({ failure }) => failure ?? []);
  }
}

export const conflict = () => callError('conflict', 'ConcurrentCallNotSupported', { httpStatus: 429 });

/** A service in which one write locks the whole directory, and refuses the others. */
export class LockedDirectory {
  readonly #job: PacedJob;
  readonly #lockMs: number;
  readonly #latencyMs: number;
  #freeAt = 0;
  applied = 0;
  mostAtOnce = 0;
  #underWay = 0;

  constructor(job: PacedJob, lockMs: number, latencyMs = 20) {
    this.#job = job;
    this.#lockMs = lockMs;
    this.#latencyMs = latencyMs;
  }

  /** Somebody else holds the lock for that long from now. */
  lockFor(ms: number): void {
    this.#freeAt = this.#job.clock.now() + ms;
  }

  readonly write = async (): Promise<void> => {
    const { clock } = this.#job;
    this.#underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    try {
      if (clock.now() < this.#freeAt) return await this.#job.answer(this.#latencyMs, conflict());
      this.#freeAt = clock.now() + this.#lockMs;
      await this.#job.answer(this.#lockMs);
      this.applied += 1;
    } finally {
      this.#underWay -= 1;
    }
  };
}
