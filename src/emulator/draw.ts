import { seededRandom } from './random.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Draws whatever a generated state needs; the same seed, the same draws. */
export class Draw {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** @param below  from 0 up to and without it */
  whole(below: number): number {
    return Math.floor(this.#random() * below);
  }

  /** @param probability  0 to 1 */
  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  /** @param items  at least one */
  pick<T>(items: readonly T[]): T {
    return items[this.whole(items.length)] as T;
  }

  /** Distinct items, all of them when there are fewer. */
  some<T>(items: readonly T[], count: number): T[] {
    const picked = new Set<T>();
    const wanted = Math.min(count, items.length);
    // More than half of them: leaving some out takes fewer draws.
    if (wanted > items.length / 2) {
      const left = new Set(this.some(items, items.length - wanted));
      return items.filter((item) => !left.has(item));
    }
    while (picked.size < wanted) picked.add(this.pick(items));
    return [...picked];
  }

  letters(count: number): string {
    return Array.from({ length: count }, () => LETTERS[this.whole(LETTERS.length)]).join('');
  }

  /** 16 digits; one in ten is above 2^53, where a JavaScript number would lose the last one. */
  accountId(): string {
    const digits = Array.from({ length: 14 }, () => this.whole(10)).join('');
    return `${this.chance(0.1) ? '93' : '17'}${digits}`;
  }
}
