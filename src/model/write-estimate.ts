/** How many writes a plan takes, and how long, if none is refused. */
export interface WriteEstimate {
  readonly writes: number;
  /** With as many calls at a time as are allowed. */
  readonly leastMs: number;
  /** With one call at a time, as in a directory that takes no more. */
  readonly mostMs: number;
}
