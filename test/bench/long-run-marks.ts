/** What the process that calls and the one that starts it agree on. */

/** After so many calls the memory is looked at. */
export const MARKS: readonly number[] = [1000, 10_000, 30_000, 50_000];
export const CONCURRENCY = 5;
/** The command line's own default. */
export const CALL_TIMEOUT_MS = 10_000;

export interface Mark {
  readonly calls: number;
  readonly seconds: number;
  readonly heapMb: number;
  readonly rssMb: number;
  /** Taken after waiting for every call's timer. */
  readonly waiting: boolean;
}
