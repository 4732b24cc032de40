import pLimit from 'p-limit';

/**
 * The bound of calls in flight in one directory, whatever they are: reads and both kinds of writes share it. Only what
 * is really under way takes a place; what waits for its turn, its rate or another attempt leaves it to others.
 */
export class CallSlots {
  readonly #grant: () => Promise<() => void>;

  /** @param bound  calls in flight at most */
  constructor(bound: number) {
    const limit = pLimit(bound);
    this.#grant = () =>
      new Promise((granted) => {
        void limit(() => new Promise<void>((free) => granted(free)));
      });
  }

  /** The place of one call, which it does not have yet. */
  slot(): CallSlot {
    return new CallSlot(this.#grant);
  }
}

/** Taken and given back as often as its call has to; a second time in a row does nothing. */
export class CallSlot {
  readonly #grant: () => Promise<() => void>;
  #giveBack: (() => void) | undefined;

  constructor(grant: () => Promise<() => void>) {
    this.#grant = grant;
  }

  /** Resolves when it is this call's turn; those who came first go first. */
  async take(): Promise<void> {
    this.#giveBack ??= await this.#grant();
  }

  free(): void {
    this.#giveBack?.();
    this.#giveBack = undefined;
  }
}
