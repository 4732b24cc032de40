/**
 * How many calls may be in flight at once: a pure controller that learns the figure from refusals.
 * It starts at one, doubles every round while nothing is refused, falls below the number in flight at once
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
  /** Successes since the last change. */
  readonly successes: number;
  /** Counts the falls: a refusal of a call sent before the last fall says nothing new. */
  readonly epoch: number;
}

const FIRST_HOLD = 32;
const LONGEST_HOLD = 1024;

export function startLimit(max: number): ConcurrencyLimit {
  return { max, current: 1, refusedAt: undefined, hold: FIRST_HOLD, successes: 0, epoch: 0 };
}

export function afterSuccess(limit: ConcurrencyLimit): ConcurrencyLimit {
  const successes = limit.successes + 1;
  if (limit.refusedAt === undefined) return grow(limit);
  if (limit.current >= limit.refusedAt) return settleHigher({ ...limit, successes });
  const oneBelow = limit.current + 1 >= limit.refusedAt;
  const needed = oneBelow ? limit.hold : limit.current;
  return successes >= needed ? grow(limit) : { ...limit, successes };
}

/**
 * @param inFlight  how many of our calls were under way when the refused one was sent, itself included
 * @param epoch  the limit's epoch when it was sent
 */
export function afterConflict(limit: ConcurrencyLimit, inFlight: number, epoch: number): ConcurrencyLimit {
  if (epoch < limit.epoch) return limit;
  const wasTrial = limit.refusedAt !== undefined && inFlight >= limit.refusedAt;
  const refusedAt = Math.max(2, inFlight);
  return {
    ...limit,
    current: Math.max(1, Math.min(limit.current, inFlight) - 1),
    refusedAt,
    hold: wasTrial ? Math.min(LONGEST_HOLD, limit.hold * 2) : limit.hold,
    successes: 0,
    epoch: limit.epoch + 1,
  };
}

function grow(limit: ConcurrencyLimit): ConcurrencyLimit {
  return limit.current >= limit.max ? limit : { ...limit, current: limit.current + 1, successes: 0 };
}

/** A trial that has held for two rounds was right: the obstacle is gone. */
function settleHigher(limit: ConcurrencyLimit): ConcurrencyLimit {
  if (limit.successes < 2 * limit.current) return limit;
  return { ...limit, refusedAt: undefined, hold: FIRST_HOLD, successes: 0 };
}
