import type { Clock, WriteJournal } from '../../../src/model/ports.ts';
import type { FakeClock } from '../../support/fake-time.ts';

/** Where in the life of one write the process ends. */
export const BOUNDARIES = [
  /** Before its intent is in the journal. */
  'before-intent',
  /** The intent is in the journal, the call has not left. */
  'before-sending',
  /** It has left, and the service never gets it. */
  'sent-not-received',
  /** The service has it, and the answer is on its way. */
  'received-not-answered',
  /** The answer has come, and is not in the journal. */
  'answered-not-journaled',
  /** The answer is in the journal. */
  'journaled',
] as const;

export type Boundary = (typeof BOUNDARIES)[number];

export interface Death {
  /** Which write of the run, from 1. */
  readonly write: number;
  readonly at: Boundary;
}

/** Ends the code of a dead process wherever it stands: what comes after it is never reached. */
class ProcessDied extends Error {}

/** One run as a process that dies at a chosen moment: from then on it neither sends, hears nor writes. */
export class MortalProcess {
  readonly death: Promise<undefined>;
  readonly clock: Clock;
  readonly #death: Death | undefined;
  #end: () => void = () => undefined;
  #isOver = false;
  #writes = 0;

  constructor(clock: FakeClock, death: Death | undefined) {
    this.#death = death;
    this.death = new Promise((resolve) => {
      this.#end = () => resolve(undefined);
    });
    this.clock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      sleep: async (ms, signal) => {
        await clock.sleep(ms, signal);
        await this.survive();
      },
    };
  }

  /** The write that was journaled last, from 1. */
  get write(): number {
    return this.#writes;
  }

  /** Never comes back when the process is dead. */
  survive(): Promise<void> {
    return this.#isOver ? this.never() : Promise.resolve();
  }

  never(): Promise<never> {
    return new Promise(() => undefined);
  }

  /** Dies if this is the moment. @returns whether the process is over */
  endsAt(write: number, at: Boundary): boolean {
    if (this.#death?.write === write && this.#death.at === at) {
      this.#isOver = true;
      this.#end();
    }
    return this.#isOver;
  }

  /** The journal, which holds what was written before the death and nothing after it. */
  journalWith(journal: WriteJournal): WriteJournal {
    return {
      intend: (call) => {
        this.#writes += 1;
        this.#endIf(this.#writes, 'before-intent');
        return journal.intend(call);
      },
      settle: (write, result) => {
        this.#endIf(write, 'answered-not-journaled');
        journal.settle(write, result);
        this.#endIf(write, 'journaled');
      },
    };
  }

  #endIf(write: number, at: Boundary): void {
    if (this.endsAt(write, at)) throw new ProcessDied();
  }
}
