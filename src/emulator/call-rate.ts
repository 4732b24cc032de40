/** A token bucket: so many calls a second in the long run, and as many at once. */
export class CallRate {
  readonly #perSecond: number | undefined;
  #tokens: number;
  #filledAt: number | undefined;

  /** @param perSecond  undefined: no limit */
  constructor(perSecond: number | undefined) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond ?? 0;
  }

  /** @returns milliseconds until the next call is taken, 0 when this one is */
  take(now: number): number {
    if (this.#perSecond === undefined) return 0;
    const elapsedMs = now - (this.#filledAt ?? now);
    this.#tokens = Math.min(this.#perSecond, this.#tokens + (elapsedMs * this.#perSecond) / 1000);
    this.#filledAt = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) * 1000) / this.#perSecond);
    this.#tokens -= 1;
    return 0;
  }
}
