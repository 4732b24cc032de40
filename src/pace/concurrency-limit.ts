/**
 * How many calls may be in flight at once: a pure controller that learns the figure from refusals.
 * It starts at two, grows fourfold every round while nothing is refused, falls below the number in flight at once
 * when a conflict says that it was too high, remembers where that was, and tries there again
 * after a number of successes that doubles with every failed try.
 * The lock scope of the service is not documented (inferred: the whole directory), so nothing is assumed.
 */
export interface ConcurrencyLimit {
  readonly max: number;
  readonly current: number;
  /** The number in flight at which a call was refused; undefined until that happens. */
  readonly refusedAt: number | undefined;
  /** Successes needed before `refusedAt` is tried again. */
  readonly hold: number;
  /** Successes since the last change; during a try only those of calls that were as many in flight as it tries. */
  readonly successes: number;
  /** Counts the falls: a refusal of a call sent before the last fall says nothing new. */
  readonly epoch: number;
}

/** The fewest that can tell whether calls exclude each other. */
const FIRST = 2;
/** 2, 8, 32: a job of 200 calls that nothing holds back needs 8 rounds of 32 where 7 are the least. */
const GROWTH = 4;
const FIRST_HOLD = 32;
const LONGEST_HOLD = 1024;

export function startLimit(max: number): ConcurrencyLimit {
  const current = Math.min(FIRST, max);
  return { max, current, refusedAt: undefined, hold: FIRST_HOLD, successes: 0, epoch: 0 };
}

/** @param inFlight  how many of our calls were under way when this one was sent, itself included */
export function afterSuccess(limit: ConcurrencyLimit, inFlight: number): ConcurrencyLimit {
  const { current, refusedAt, hold } = limit;
  const counted = { ...limit, successes: limit.successes + 1 };
  if (refusedAt === undefined) return counted.successes < current ? counted : growTo(limit, current * GROWTH);
  if (current >= refusedAt) return inFlight < refusedAt ? limit : settleHigher(counted);
  const needed = current + 1 >= refusedAt ? hold : current;
  return counted.successes < needed ? counted : growTo(limit, current + 1);
}

/**
 * @param inFlight  how many of our calls were under way when the refused one was sent, itself included
 * @param epoch  the limit's epoch when it was sent
 */
export function afterConflict(limit: ConcurrencyLimit, inFlight: number, epoch: number): ConcurrencyLimit {
  if (epoch < limit.epoch) return limit;
  const wasTrial = limit.refusedAt !== undefined && inFlight >= limit.refusedAt;
  return {
    ...limit,
    current: Math.max(1, Math.min(limit.current, inFlight) - 1),
    refusedAt: Math.max(2, inFlight),
    hold: wasTrial ? Math.min(LONGEST_HOLD, limit.hold * 2) : limit.hold,
    successes: 0,
    epoch: limit.epoch + 1,
  };
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
