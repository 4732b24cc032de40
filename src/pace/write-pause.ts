import pLimit from 'p-limit';
import type { CallDescription, Clock } from '../model/ports.ts';

/**
 * The time that people who watch a migration get between two writes: with it, writes go one at a time, and each
 * leaves so long after the answer to the one before. It stands outside of the slots, so that what may not wait
 * finds one free.
 */
export class WritePause {
  readonly #ms: number;
  readonly #clock: Clock;
  readonly #oneByOne = pLimit(1);
  #nextAt = Number.NEGATIVE_INFINITY;

  /** @param ms  0 for none */
  constructor(ms: number, clock: Clock) {
    this.#ms = ms;
    this.#clock = clock;
  }

  /** Runs a call with all its attempts when the writes before it are done. */
  inTurn<T>(call: CallDescription, work: () => Promise<T>): Promise<T> {
    return this.#holds(call) ? this.#oneByOne(work) : work();
  }

  /** @returns milliseconds from now until the call may be sent, 0 or less for at once */
  leftFor(call: CallDescription): number {
    return this.#holds(call) ? this.#nextAt - this.#clock.monotonic() : 0;
  }

  /** A call was answered, or given up for lost. */
  answered({ lane }: CallDescription): void {
    if (lane !== 'read') this.#nextAt = this.#clock.monotonic() + this.#ms;
  }

  #holds({ lane, makesGood }: CallDescription): boolean {
    return this.#ms > 0 && lane !== 'read' && makesGood !== true;
  }
}
