import pLimit, { type LimitFunction } from 'p-limit';
import type { CloudFailure } from '../model/cloud-failure.ts';
import type { JobEvent, Lane as LaneName } from '../model/job-event.ts';
import type { Clock } from '../model/ports.ts';
import { afterAdmitted, afterThrottled, bookStart, type CallRate, startRate } from './call-rate.ts';
import {
  afterConflict,
  afterSuccess,
  type ConcurrencyLimit,
  READS_AT_FIRST,
  startLimit,
  WRITES_AT_FIRST,
} from './concurrency-limit.ts';

export interface LaneSettings {
  readonly name: LaneName;
  /** Upper bound of calls in flight, over all lanes. */
  readonly concurrency: number;
  /** The least distance between two calls in milliseconds: a documented rate; 0 for none. */
  readonly intervalMs: number;
}

/** What a call knows when it is sent, and hands back with its result. */
export interface Departure {
  /** By the monotonic clock. */
  readonly startedAt: number;
  /** Our calls under way by then, itself included. */
  readonly inFlight: number;
  /** Calls that might be under way by then. */
  readonly limit: number;
}

/**
 * Calls that share a pace. A call holds its slot from its first attempt until it is done, waits included,
 * so that refused calls hold the others back instead of being overtaken by them. Only to wait for a group that is
 * busy it gives the slot back: no other call is in the way of that.
 */
export class Lane {
  readonly #name: LaneName;
  readonly #clock: Clock;
  readonly #emit: (event: JobEvent) => void;
  readonly #slots: LimitFunction;
  #limit: ConcurrencyLimit;
  #rate: CallRate;
  #inFlight = 0;
  /** Refused calls that wait for one of ours to be out of the way. */
  #waiting: ((madeWay: boolean) => void)[] = [];

  constructor(settings: LaneSettings, clock: Clock, emit: (event: JobEvent) => void) {
    this.#name = settings.name;
    this.#clock = clock;
    this.#emit = emit;
    this.#limit = startLimit(
      settings.concurrency,
      settings.name === 'read' ? READS_AT_FIRST : WRITES_AT_FIRST,
    );
    this.#rate = startRate(settings.intervalMs);
    this.#slots = pLimit(this.#limit.current);
  }

  /** Runs the work once a slot is free. */
  hold<T>(work: () => Promise<T>): Promise<T> {
    return this.#slots(work);
  }

  /** Waits until the rate allows another call, also where it is lowered meanwhile, or the signal is aborted. */
  async due(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !this.isDue()) {
      await this.#clock.sleep(this.#rate.nextAt - this.#clock.monotonic(), signal);
    }
  }

  /** Whether the rate allows another call now. */
  isDue(): boolean {
    return this.#rate.nextAt <= this.#clock.monotonic();
  }

  /** A call leaves now: the next one has its time after it. */
  book(): void {
    this.#rate = bookStart(this.#rate, this.#clock.monotonic()).rate;
  }

  /** Counts a call as under way. */
  depart(): Departure {
    this.#inFlight += 1;
    return { startedAt: this.#clock.monotonic(), inFlight: this.#inFlight, limit: this.#limit.current };
  }

  /** Learns from the answer. */
  land(departure: Departure, failure: CloudFailure | undefined): void {
    const together = Math.max(departure.inFlight, this.#inFlight);
    this.#inFlight -= 1;
    this.#makeWay(failure);
    this.#learn(departure, together, failure);
  }

  /**
   * Resolves when one of our calls under way is out of the way: answered, and not itself refused for being in
   * somebody's way. Those who wait are let go one by one, in their order.
   * @returns false when there is none, or none is left, or the signal is aborted: then waiting is of no use
   */
  async nextLanding(signal: AbortSignal): Promise<boolean> {
    if (this.#inFlight === 0) return false;
    return new Promise((resolve) => {
      const end = (madeWay: boolean): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(madeWay);
      };
      const giveUp = (): void => end(false);
      signal.addEventListener('abort', giveUp);
      this.#waiting.push(end);
    });
  }

  #makeWay(failure: CloudFailure | undefined): void {
    if (failure?.class !== 'conflict') this.#waiting.shift()?.(true);
    else if (this.#inFlight === 0) for (const end of this.#waiting.splice(0)) end(false);
  }

  #learn({ startedAt, inFlight }: Departure, together: number, failure: CloudFailure | undefined): void {
    const now = this.#clock.monotonic();
    if (failure?.class === 'throttled') {
      this.#adopt(this.#limit, afterThrottled(this.#rate, startedAt, now, failure.retryAfterMs));
    } else if (failure?.class === 'conflict') {
      this.#adopt(afterConflict(this.#limit, together), this.#rate);
    } else if (failure === undefined) {
      this.#adopt(afterSuccess(this.#limit, inFlight), afterAdmitted(this.#rate, now));
    }
  }

  #adopt(limit: ConcurrencyLimit, rate: CallRate): void {
    const changed = limit.current !== this.#limit.current || rate.intervalMs !== this.#rate.intervalMs;
    this.#limit = limit;
    this.#rate = rate;
    if (!changed) return;
    this.#slots.concurrency = limit.current;
    this.#emit({
      type: 'pace',
      lane: this.#name,
      at: this.#clock.now(),
      limit: limit.current,
      intervalMs: rate.intervalMs,
    });
  }
}
