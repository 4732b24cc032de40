import type { Action } from '../wire/error-codes.ts';
import type { CloudFailure } from './cloud-failure.ts';

/** What happens while a job runs: the log, the progress display, the call statistics and the timeline are made from these. */
export type JobEvent =
  | { readonly type: 'stage'; readonly stage: Stage }
  /** So many calls will write, if none is refused, and will take about so long. */
  | {
      readonly type: 'planned';
      readonly writes: number;
      readonly leastMs: number;
      readonly mostMs: number;
    }
  | ({ readonly type: 'call' } & CallRecord)
  /** A refused or unanswered call is about to be tried again. */
  | {
      readonly type: 'retry';
      readonly action: Action;
      readonly subject: string | undefined;
      readonly attempt: number;
      readonly delayMs: number;
      readonly failure: CloudFailure;
    }
  /** The effect of a write is not known; it is read back before anything else is decided. */
  | {
      readonly type: 'read-back';
      readonly action: Action;
      readonly subject: string | undefined;
      readonly failure: CloudFailure;
    }
  /** The job waits for something other than its turn. */
  | { readonly type: 'wait'; readonly reason: string; readonly ms: number }
  /** The next write waits for the pause that was asked for. */
  | { readonly type: 'pause'; readonly ms: number }
  | ({ readonly type: 'pace' } & PaceRecord)
  /** Something is amiss that changes nothing about what the job comes to; with a code it stands in the report, too. */
  | { readonly type: 'warning'; readonly message: string; readonly code?: string }
  /** The job will send nothing more. */
  | { readonly type: 'halt'; readonly reason: string };

export type Stage = 'read' | 'plan' | 'apply' | 'verify' | 'report';
/** Calls that share a pace: the two services' writes are independent of each other. */
export type Lane = 'read' | 'contact-write' | 'aggregator-write';

/** A pace as it was set at one moment. */
export interface PaceRecord {
  readonly lane: Lane;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Calls that may be in flight at once. */
  readonly limit: number;
  /** The least distance between two calls; 0 for none. */
  readonly intervalMs: number;
}

/** One request on the wire, answered or not. */
export interface CallRecord {
  readonly lane: Lane;
  readonly action: Action;
  /** The contact, aggregator or folder it is about; undefined for listings. */
  readonly subject: string | undefined;
  /** From 1; of a write, also counting calls that carried it before and whose effect was read back. */
  readonly attempt: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly elapsedMs: number;
  /** From being asked for, or from the attempt before it, to being sent; undefined where that is not known. */
  readonly waitedMs?: number | undefined;
  /** Calls of its lane that might be in flight when it was sent; undefined where that is not known. */
  readonly limit?: number | undefined;
  /** Undefined when it succeeded. */
  readonly failure: CloudFailure | undefined;
}
