import { type WriteWindow, windowInWords } from './write-window.ts';

/** Why a job sends nothing more. Calls in flight are still waited for. */
export type HaltReason =
  | { readonly kind: 'interrupted'; readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' }
  | { readonly kind: 'deadline' }
  /** Writes may start at certain times only. Reads go on. */
  | { readonly kind: 'window'; readonly window: WriteWindow }
  | { readonly kind: 'refused'; readonly failure: { readonly class: string; readonly code: string } }
  | { readonly kind: 'systemic'; readonly code: string; readonly inARow: number }
  /** What is about to be sent could not be put on disk first. @see WriteJournal */
  | { readonly kind: 'unrecorded'; readonly code: string }
  /** Something else ended the run; what is still queued is of no use. */
  | { readonly kind: 'ended' };

/** One switch per job, thrown once; whoever is about to wait or to send looks at it. */
export class HaltSwitch {
  readonly #controller = new AbortController();
  #reason: HaltReason | undefined;

  /** The first reason stays. */
  halt(reason: HaltReason): void {
    this.#reason ??= reason;
    this.#controller.abort();
  }

  get reason(): HaltReason | undefined {
    return this.#reason;
  }

  /** Aborted once the switch is thrown: cuts waits short. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }
}

/** Thrown in place of a call that was not sent because the job is halted. */
export class HaltedError extends Error {
  override readonly name = 'HaltedError';
  readonly reason: HaltReason;

  constructor(reason: HaltReason) {
    super(describeHalt(reason));
    this.reason = reason;
  }
}

export function describeHalt(reason: HaltReason): string {
  switch (reason.kind) {
    case 'interrupted':
      return `the run was interrupted by ${reason.signal}`;
    case 'deadline':
      return 'the deadline was reached';
    case 'window':
      return `no write starts outside of the window ${windowInWords(reason.window)}`;
    case 'refused':
      return `the run stopped when a call was refused with ${reason.failure.code}`;
    case 'unrecorded':
      return `the journal could not be written (${reason.code}), and nothing is sent that is not on disk before`;
    case 'ended':
      return 'the run has ended';
    case 'systemic':
      return `the run stopped after ${reason.inARow} calls in a row failed with ${reason.code}`;
  }
}
