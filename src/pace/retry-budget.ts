const FULL = 500;
const COST_OF_A_RETRY = 5;
const REFUND_OF_A_SUCCESS = 1;

/**
 * Bounds the retries of a whole run, so that an outage is not answered with a flood: with no success at all,
 * 100 retries. Conflicts do not draw on it: they say that the service is well, and the limit of calls answers them.
 * Source of the figures: standard retry mode of the AWS SDKs (500 tokens, 5 a retry, 1 back for a clean success)
 */
export class RetryBudget {
  #tokens = FULL;

  /** @returns whether a retry can still be afforded; if so it is paid for */
  spend(): boolean {
    if (this.#tokens < COST_OF_A_RETRY) return false;
    this.#tokens -= COST_OF_A_RETRY;
    return true;
  }

  /** @param afterRetry  a success that took retries gives back what its last retry cost */
  refund(afterRetry: boolean): void {
    this.#tokens = Math.min(FULL, this.#tokens + (afterRetry ? COST_OF_A_RETRY : REFUND_OF_A_SUCCESS));
  }
}
