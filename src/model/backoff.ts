import type { Random } from './ports.ts';

const BASE_MS = 500;
const CAP_MS = 20_000;

/**
 * Milliseconds to wait before the next attempt: full jitter over an exponential curve.
 * @param attempt  the attempt that just failed, from 1
 * @returns 0 to 20,000; whether to try again at all is the retry policy's decision
 * Source: AWS Architecture Blog, "Exponential Backoff and Jitter"
 */
export function backoffMs(attempt: number, random: Random): number {
  return random() * Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1));
}
