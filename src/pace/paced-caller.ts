import pRetry from 'p-retry';
import { CloudCallError, type CloudFailure, type FailureClass } from '../model/cloud-failure.ts';
import { HaltedError, type HaltSwitch } from '../model/halt.ts';
import type { JobEvent, Lane as LaneName } from '../model/job-event.ts';
import type { CallDescription, Clock, PacedCall, Random } from '../model/ports.ts';
import type { WriteWindow } from '../model/write-window.ts';
import { CallGate } from './call-gate.ts';
import { type CallSlot, CallSlots } from './call-slots.ts';
import { type Departure, Lane } from './lane.ts';
import { RetryBudget } from './retry-budget.ts';
import { decideRetry, LANDINGS_TO_WAIT_FOR } from './retry-policy.ts';

export interface PaceSettings {
  /** Upper bound of calls in flight, over all lanes. */
  readonly concurrency: number;
  /** The least distance between two UpdateAggregator calls, in milliseconds. */
  readonly aggregatorIntervalMs: number;
  /** The least time between the answer to one write and the next, in milliseconds; left out: none. */
  readonly pauseMs?: number | undefined;
  /** No write starts outside of it; left out: at any time. */
  readonly window?: WriteWindow | undefined;
}

export interface PaceEffects {
  readonly clock: Clock;
  readonly random: Random;
  readonly halt: HaltSwitch;
  readonly emit: (event: JobEvent) => void;
}

/** What a call has come to so far; moments by the monotonic clock. */
interface Course {
  readonly slot: CallSlot;
  /** The slot is that of the call which this one prepares: it stays taken for that when this one has succeeded. */
  readonly isLent: boolean;
  attempts: number;
  /** When its turn came for the first time. */
  firstAt: number | undefined;
  /** When it was asked for, or its last attempt was answered. */
  waitsSince: number;
}

/** So many calls in a row that failed for good with one code: the fault is not in the calls. */
const SYSTEMIC_FAILURES = 5;
const SYSTEMIC_CLASSES: ReadonlySet<FailureClass> = new Set([
  'conflict',
  'throttled',
  'unsent',
  'unknown-effect',
]);

const isPending = (failure: CloudFailure): boolean => failure.class === 'pending';

/** Makes the one function through which every call of a job goes: slots outside, retries inside. */
export function createPacedCall(settings: PaceSettings, effects: PaceEffects): PacedCall {
  const caller = new PacedCaller(settings, effects);
  return (call, send) => caller.call(call, send);
}

class PacedCaller {
  readonly #slots: CallSlots;
  readonly #lanes: Readonly<Record<LaneName, Lane>>;
  readonly #effects: PaceEffects;
  readonly #budget = new RetryBudget();
  readonly #gate: CallGate;
  #failuresInARow: { code: string; count: number } = { code: '', count: 0 };

  constructor(
    { concurrency, aggregatorIntervalMs, pauseMs = 0, window }: PaceSettings,
    effects: PaceEffects,
  ) {
    const lane = (name: LaneName, intervalMs: number): Lane =>
      new Lane({ name, concurrency, intervalMs }, effects.clock, effects.emit);
    this.#effects = effects;
    this.#slots = new CallSlots(concurrency);
    this.#gate = new CallGate(pauseMs, window, effects);
    this.#lanes = {
      read: lane('read', 0),
      'contact-write': lane('contact-write', 0),
      'aggregator-write': lane('aggregator-write', aggregatorIntervalMs),
    };
  }

  call<T>(call: CallDescription, send: () => Promise<T>): Promise<T> {
    return this.#run(call, this.#newCourse(this.#slots.slot(), false), send);
  }

  #newCourse(slot: CallSlot, isLent: boolean): Course {
    const waitsSince = this.#effects.clock.monotonic();
    return { slot, isLent, attempts: 0, firstAt: undefined, waitsSince };
  }

  async #run<T>(call: CallDescription, course: Course, send: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await this.#inTurn(call, course, send);
      } catch (error) {
        // A group that is busy has nothing to do with other calls: its own waits without a turn and a slot.
        const busy = error instanceof CloudCallError && isPending(error.failure);
        if (!busy || !(await this.#mayRetry(call, course, error.failure))) throw error;
      }
    }
  }

  #inTurn<T>(call: CallDescription, course: Course, send: () => Promise<T>): Promise<T> {
    const lane = this.#lanes[call.lane];
    return this.#gate.pause.inTurn(call, async () => {
      await this.#gate.waitForPause(call);
      const work = (): Promise<T> => this.#withRetries(call, course, lane, send);
      // What goes in the slot of another call waits for nobody who may be waiting for that slot.
      return course.isLent ? work() : lane.hold(work);
    });
  }

  async #withRetries<T>(
    call: CallDescription,
    course: Course,
    lane: Lane,
    send: () => Promise<T>,
  ): Promise<T> {
    try {
      const result = await pRetry(() => this.#attempt(call, course, lane, send), {
        retries: Number.POSITIVE_INFINITY,
        minTimeout: 0,
        shouldRetry: ({ error }) =>
          error instanceof CloudCallError &&
          !isPending(error.failure) &&
          this.#mayRetry(call, course, error.failure),
      });
      this.#failuresInARow = { code: '', count: 0 };
      return result;
    } catch (error) {
      if (error instanceof CloudCallError) this.#noteFinalFailure(error.failure);
      throw error;
    }
  }

  async #attempt<T>(call: CallDescription, course: Course, lane: Lane, send: () => Promise<T>): Promise<T> {
    const { slot, isLent } = course;
    course.attempts += 1;
    course.firstAt ??= this.#effects.clock.monotonic();
    let keepsSlot = false;
    try {
      await this.#gate.untilMayLeave(call, lane, slot);
      await call.prepare?.((reading, read) => this.#run(reading, this.#newCourse(slot, true), read));
      await slot.take();
      // What was read right before may have taken a while.
      this.#gate.stopUnlessOpen(call);
      const result = await this.#leave(call, course, lane, send);
      keepsSlot = isLent;
      return result;
    } finally {
      if (!keepsSlot) slot.free();
    }
  }

  async #leave<T>(call: CallDescription, course: Course, lane: Lane, send: () => Promise<T>): Promise<T> {
    const departure = lane.depart();
    let failure: CloudFailure | undefined;
    let left = true;
    try {
      const result = await send();
      this.#budget.refund(course.attempts > 1);
      return result;
    } catch (error) {
      failure = error instanceof CloudCallError ? error.failure : undefined;
      left = !(error instanceof HaltedError);
      throw error;
    } finally {
      lane.land(departure, failure);
      if (left) this.#gate.pause.answered(call);
      if (left) this.#record(call, course, departure, failure);
      course.waitsSince = this.#effects.clock.monotonic();
    }
  }

  /**
   * Waits until the next attempt may be made. What was to be tried again was not carried out because the job was
   * halted, and not because of what its last attempt was refused with. @throws HaltedError
   */
  async #mayRetry(
    call: CallDescription,
    { attempts, firstAt }: Course,
    failure: CloudFailure,
  ): Promise<boolean> {
    const { clock, halt, random, emit } = this.#effects;
    const effect = call.lane === 'read' ? 'read' : 'write';
    const elapsedMs = firstAt === undefined ? 0 : clock.monotonic() - firstAt;
    const verdict = decideRetry(failure, effect, attempts, elapsedMs, this.#budget, random);
    if (!verdict.retry) return false;
    this.#gate.stopIfHalted();
    const delayMs = Math.max(verdict.delayMs, this.#gate.pause.leftFor(call));
    const { action, subject, sentBefore = 0 } = call;
    emit({ type: 'retry', action, subject, attempt: sentBefore + attempts, delayMs, failure });
    const mayBeOurs = failure.class === 'conflict' && attempts <= LANDINGS_TO_WAIT_FOR;
    const ownCallWasInTheWay = mayBeOurs && (await this.#lanes[call.lane].nextLanding(halt.signal));
    const waitMs = ownCallWasInTheWay ? this.#gate.pause.leftFor(call) : delayMs;
    if (waitMs > 0) await clock.sleep(waitMs, halt.signal);
    this.#gate.stopIfHalted();
    return true;
  }

  #record(
    { lane, action, subject, sentBefore = 0 }: CallDescription,
    { attempts, waitsSince }: Course,
    { startedAt: leftAt, limit }: Departure,
    failure: CloudFailure | undefined,
  ): void {
    const { clock, emit } = this.#effects;
    const elapsedMs = clock.monotonic() - leftAt;
    const startedAt = clock.now() - elapsedMs;
    const what = { lane, action, subject, startedAt, elapsedMs, limit, failure };
    emit({ type: 'call', ...what, attempt: sentBefore + attempts, waitedMs: leftAt - waitsSince });
  }

  /** Credentials and permissions fail every call to come; so does whatever fails so many times in a row. */
  #noteFinalFailure(failure: CloudFailure): void {
    const { halt } = this.#effects;
    if (failure.class === 'permission' || failure.class === 'credentials') {
      halt.halt({ kind: 'refused', failure });
      return;
    }
    if (!SYSTEMIC_CLASSES.has(failure.class)) return;
    const { code, count } = this.#failuresInARow;
    this.#failuresInARow = { code: failure.code, count: code === failure.code ? count + 1 : 1 };
    if (this.#failuresInARow.count >= SYSTEMIC_FAILURES) {
      halt.halt({ kind: 'systemic', code: failure.code, inARow: this.#failuresInARow.count });
    }
  }
}
