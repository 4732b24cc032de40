/**
 * How far apart calls start: a pure controller. Unlimited until the service throttles; then the rate that it
 * was seen to bear. Between two refusals the service gave all it had, so what it admitted meanwhile is its rate.
 * Faster is tried after a time without refusals that doubles with every refusal, and then in growing steps.
 */
export interface CallRate {
  /** Milliseconds between two starts; 0 means that nothing is held back. */
  readonly intervalMs: number;
  /** Never shorter than this: a rate that is documented. */
  readonly floorMs: number;
  /** When the next call may start. All moments are those of a monotonic clock, in milliseconds. */
  readonly nextAt: number;
  /** Calls admitted in the present second and in the one before it. */
  readonly admitted: { readonly since: number; readonly count: number; readonly before: number };
  /** The last refusal that said something new; refusals of calls that started before it do not. */
  readonly refused: { readonly at: number; readonly admittedSince: number };
  /** How long without a refusal until faster is tried. */
  readonly holdMs: number;
  /** How often it was made faster since the last refusal, and when that was last. */
  readonly raises: { readonly count: number; readonly at: number };
}

const WINDOW_MS = 1000;
/** A service that refuses even this is not throttling but out of order. */
const SLOWEST_MS = 20_000;
const LEAST_SLOWER = 1.01;
/** What was measured over a short time is not worth more. */
const MOST_SLOWER = 1.3;
/** The first step; the second takes it twice, the third three times, so that a large difference is soon made up. */
const FASTER = 0.97;
const RAISE_EVERY_MS = 1000;
const FIRST_HOLD_MS = 1000;
const LONGEST_HOLD_MS = 32_000;
const PAUSE_WITHOUT_HINT_MS = 500;

/** @param floorMs  the least distance between two calls; 0 for none */
export function startRate(floorMs: number): CallRate {
  return {
    intervalMs: floorMs,
    floorMs,
    nextAt: 0,
    admitted: { since: 0, count: 0, before: 0 },
    refused: { at: Number.NEGATIVE_INFINITY, admittedSince: 0 },
    holdMs: FIRST_HOLD_MS,
    raises: { count: 0, at: 0 },
  };
}

/** @returns the moment at which the call may start, and the rate with that start booked */
export function bookStart(
  rate: CallRate,
  now: number,
): { readonly startAt: number; readonly rate: CallRate } {
  const startAt = Math.max(now, rate.nextAt);
  return { startAt, rate: { ...rate, nextAt: startAt + rate.intervalMs } };
}

export function afterAdmitted(rate: CallRate, now: number): CallRate {
  const { refused } = rate;
  const counted = {
    ...rate,
    admitted: countOne(rate.admitted, now),
    refused: { ...refused, admittedSince: refused.admittedSince + 1 },
  };
  return mayBeRaised(rate, now) ? raised(counted, now) : counted;
}

/** @param retryAfterMs  the delay that the server named, where it did and where the client lets us see it */
export function afterThrottled(
  rate: CallRate,
  startedAt: number,
  now: number,
  retryAfterMs: number | undefined,
): CallRate {
  if (startedAt <= rate.refused.at) {
    return { ...rate, nextAt: Math.max(rate.nextAt, now + (retryAfterMs ?? 0)) };
  }
  const isFirst = rate.intervalMs <= rate.floorMs;
  const intervalMs = isFirst ? WINDOW_MS / Math.max(1, borne(rate, now)) : slower(rate, now);
  return {
    ...rate,
    intervalMs: Math.max(rate.floorMs, Math.min(intervalMs, SLOWEST_MS)),
    nextAt: Math.max(rate.nextAt, now + (retryAfterMs ?? PAUSE_WITHOUT_HINT_MS)),
    refused: { at: now, admittedSince: 0 },
    holdMs: isFirst ? FIRST_HOLD_MS : Math.min(LONGEST_HOLD_MS, rate.holdMs * 2),
    raises: { count: 0, at: now },
  };
}

/** What the service was measured to bear since the last refusal, within bounds. */
function slower({ intervalMs, refused }: CallRate, now: number): number {
  const measured = (now - refused.at) / refused.admittedSince;
  return Math.min(intervalMs * MOST_SLOWER, Math.max(intervalMs * LEAST_SLOWER, measured));
}

const mayBeRaised = ({ intervalMs, floorMs, refused, holdMs, raises }: CallRate, now: number): boolean =>
  intervalMs > floorMs && now - refused.at >= holdMs && now - raises.at >= RAISE_EVERY_MS;

function raised(rate: CallRate, now: number): CallRate {
  const count = rate.raises.count + 1;
  const intervalMs = Math.max(rate.floorMs, rate.intervalMs * FASTER ** count);
  return { ...rate, intervalMs, raises: { count, at: now } };
}

function countOne(admitted: CallRate['admitted'], now: number): CallRate['admitted'] {
  const age = now - admitted.since;
  if (age < WINDOW_MS) return { ...admitted, count: admitted.count + 1 };
  return { since: now, count: 1, before: age < 2 * WINDOW_MS ? admitted.count : 0 };
}

/** Calls a second that the service took lately. */
function borne({ admitted }: CallRate, now: number): number {
  return now - admitted.since < 2 * WINDOW_MS ? Math.max(admitted.count, admitted.before) : 0;
}
