/**
 * How many calls may be in flight at once: a pure controller that learns the figure from refusals.
 * It starts low and grows fourfold every round while nothing is refused. Every conflict takes one off, so that
 * of calls that were sent together as many remain as were taken. It remembers where it was refused, tries there
 * again after a number of successes that doubles with every failed try, and goes on from there step by step.
 * The lock scope of the service is not documented (inferred: the whole directory), so nothing is assumed.
 */
export interface ConcurrencyLimit {
  readonly max: number;
  readonly current: number;
  /** So many in flight were too many; undefined when that is not known, or no longer so. */
  readonly refusedAt: number | undefined;
  /** Successes needed before `refusedAt` is tried again. */
  readonly hold: number;
  /** Successes since the last change; during a try only those of calls that were as many in flight as it tries. */
  readonly successes: number;
  /** What the next round without a refusal adds. */
  readonly step: number;
}

/** How many calls go out at first, and how many more after the first round without a refusal. */
export interface FirstRounds {
  readonly first: number;
  readonly step: number;
}

/**
 * For writes: two are the fewest that can tell whether calls exclude each other. To 2, 8, 32: a job of 200 calls
 * that nothing holds back needs 8 rounds of 32 where 7 are the least.
 */
export const WRITES_AT_FIRST: FirstRounds = { first: 2, step: 6 };
/**
 * For reads: to 8, 32. They change nothing and no lock refuses them (inferred). Too many in a second are refused
 * by the rate, which a few at once tell as well as two.
 */
export const READS_AT_FIRST: FirstRounds = { first: 8, step: 24 };
const STEP_GROWTH = 4;
const FIRST_HOLD = 32;
const LONGEST_HOLD = 1024;

export function startLimit(max: number, { first, step }: FirstRounds): ConcurrencyLimit {
  const current = Math.min(first, max);
  return { max, current, refusedAt: undefined, hold: FIRST_HOLD, successes: 0, step };
}

/** @param inFlight  how many of our calls were under way when this one was sent, itself included */
export function afterSuccess(limit: ConcurrencyLimit, inFlight: number): ConcurrencyLimit {
  const { current, refusedAt, hold, step } = limit;
  const counted = { ...limit, successes: limit.successes + 1 };
  if (refusedAt === undefined) {
    if (counted.successes < current) return counted;
    return { ...growTo(limit, current + step), step: Math.min(limit.max, step * STEP_GROWTH) };
  }
  if (current >= refusedAt) return inFlight < refusedAt ? limit : settleHigher(counted);
  return counted.successes < hold ? counted : growTo(limit, refusedAt);
}

/** @param inFlight  how many of our calls were under way together with the refused one, itself included */
export function afterConflict(limit: ConcurrencyLimit, inFlight: number): ConcurrencyLimit {
  const current = Math.max(1, Math.min(limit.current, inFlight) - 1);
  const wasTrial = limit.refusedAt !== undefined && limit.current >= limit.refusedAt;
  const hold = wasTrial ? Math.min(LONGEST_HOLD, limit.hold * 2) : limit.hold;
  return { ...limit, current, refusedAt: current + 1, hold, successes: 0, step: 1 };
}

const growTo = (limit: ConcurrencyLimit, aim: number): ConcurrencyLimit => ({
  ...limit,
  current: Math.min(limit.max, aim),
  successes: 0,
});

/** A trial that has held for two rounds was right: the obstacle is gone. */
function settleHigher(limit: ConcurrencyLimit): ConcurrencyLimit {
  if (limit.successes < 2 * limit.current) return limit;
  return { ...limit, refusedAt: undefined, hold: FIRST_HOLD, successes: 0 };
}
