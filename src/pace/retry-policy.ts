import { backoffMs } from '../model/backoff.ts';
import type { CloudFailure, FailureClass } from '../model/cloud-failure.ts';
import type { Random } from '../model/ports.ts';
import type { RetryBudget } from './retry-budget.ts';

export type Effect = 'read' | 'write';

export type Verdict = { readonly retry: false } | { readonly retry: true; readonly delayMs: number };

/** Attempts in all, by class; what is not listed is not repeated here. */
const ATTEMPTS: Partial<Record<FailureClass, number>> = {
  conflict: 9,
  throttled: 9,
  unsent: 5,
  'unknown-effect': 4,
};

/**
 * So often a call that is refused as a conflict waits for one of our own to land and goes right after it. Refused
 * once more, it is in somebody else's way, and our landings, which may come fast, say nothing about that.
 */
export const LANDINGS_TO_WAIT_FOR = 3;

/**
 * UpdateAggregator waits out a pending group: minutes are plausible (facts on account groups; inferred). Groups are
 * waited for at the same time, so that several that stay pending take no longer than one.
 */
export const PENDING_PATIENCE_MS = 10 * 60_000;
const PENDING_FIRST_MS = 2_000;
const PENDING_LONGEST_MS = 15_000;

/**
 * Whether a failed call is made again, and after how long.
 * A write whose effect is not known is never repeated blindly: its caller reads back first.
 * @param attempt  the one that just failed, from 1
 * @param elapsedMs  since the first attempt was sent
 */
export function decideRetry(
  failure: CloudFailure,
  effect: Effect,
  attempt: number,
  elapsedMs: number,
  budget: RetryBudget,
  random: Random,
): Verdict {
  if (failure.class === 'pending') return waitForGroup(attempt, elapsedMs, random);
  if (effect === 'write' && failure.class === 'unknown-effect') return { retry: false };
  if (attempt >= (ATTEMPTS[failure.class] ?? 1)) return { retry: false };
  if (failure.class !== 'conflict' && !budget.spend()) return { retry: false };
  return { retry: true, delayMs: Math.max(failure.retryAfterMs ?? 0, backoffMs(attempt, random)) };
}

function waitForGroup(attempt: number, elapsedMs: number, random: Random): Verdict {
  if (elapsedMs >= PENDING_PATIENCE_MS) return { retry: false };
  const ceiling = Math.min(PENDING_LONGEST_MS, PENDING_FIRST_MS * 1.5 ** (attempt - 1));
  return { retry: true, delayMs: ceiling * (0.5 + random() / 2) };
}
