/**
 * How far apart calls start: a pure controller. Unlimited until the service throttles; then the rate that it
 * was seen to bear, a little less after each further refusal, a little more for every second without one.
 */
export interface CallRate {
  /** Milliseconds between two starts; 0 means that nothing is held back. */
  readonly intervalMs: number;
  /** Never shorter than this: a rate that is documented. */
  readonly floorMs: number;
  /** When the next call may start, in milliseconds since 1970. */
  readonly nextAt: number;
  /** Calls admitted in the present second and in the one before it. */
  readonly admitted: { readonly since: number; readonly count: number; readonly before: number };
  /** When the interval last changed; refusals of calls that started before say nothing new. */
  readonly changedAt: number;
}

const WINDOW_MS = 1000;
const SLOWER = 1.05;
const FASTER = 0.97;
const PROBE_EVERY_MS = 1000;
const PAUSE_WITHOUT_HINT_MS = 500;

/** @param floorMs  the least distance between two calls; 0 for none */
export function startRate(floorMs: number): CallRate {
  return {
    intervalMs: floorMs,
    floorMs,
    nextAt: 0,
    admitted: { since: 0, count: 0, before: 0 },
    changedAt: Number.NEGATIVE_INFINITY,
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
  const admitted = countOne(rate.admitted, now);
  const mayProbe = rate.intervalMs > rate.floorMs && now - rate.changedAt >= PROBE_EVERY_MS;
  if (!mayProbe) return { ...rate, admitted };
  return { ...rate, admitted, intervalMs: Math.max(rate.floorMs, rate.intervalMs * FASTER), changedAt: now };
}

/** @param retryAfterMs  the delay that the server named, where it did and where the client lets us see it */
export function afterThrottled(
  rate: CallRate,
  startedAt: number,
  now: number,
  retryAfterMs: number | undefined,
): CallRate {
  if (startedAt <= rate.changedAt) {
    return { ...rate, nextAt: Math.max(rate.nextAt, now + (retryAfterMs ?? 0)) };
  }
  const learned = rate.intervalMs > rate.floorMs;
  const intervalMs = learned ? rate.intervalMs * SLOWER : WINDOW_MS / Math.max(1, borne(rate, now));
  return {
    ...rate,
    intervalMs: Math.max(rate.floorMs, intervalMs),
    nextAt: Math.max(rate.nextAt, now + (retryAfterMs ?? PAUSE_WITHOUT_HINT_MS)),
    changedAt: now,
  };
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
