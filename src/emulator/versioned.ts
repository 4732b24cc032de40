interface Version<T> {
  readonly at: number;
  readonly value: T;
}

/** A value with the earlier versions that delayed reads may still have to show; none are kept without a delay. */
export class Versioned<T> {
  readonly #delayMs: number;
  #versions: Version<T>[];

  constructor(value: T, delayMs: number) {
    this.#delayMs = delayMs;
    this.#versions = [{ at: Number.NEGATIVE_INFINITY, value }];
  }

  get present(): T {
    return (this.#versions.at(-1) as Version<T>).value;
  }

  set(value: T, at: number): void {
    if (this.#delayMs === 0) this.#versions = [{ at, value }];
    else this.#versions = [...this.#versions.slice(this.#visibleIndex(at)), { at, value }];
  }

  /** The value as a read at that instant shows it. */
  visibleAt(now: number): T {
    if (this.#delayMs === 0) return this.present;
    return (this.#versions[this.#visibleIndex(now)] as Version<T>).value;
  }

  #visibleIndex(now: number): number {
    const index = this.#versions.findLastIndex((version) => version.at <= now - this.#delayMs);
    return Math.max(index, 0);
  }
}
