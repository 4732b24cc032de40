import { seededRandom } from './random.ts';

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';
const DIGITS = '0123456789';

/** Sets the ids apart from what else is drawn from the state's seed. */
const OFFSET = 0x1d5;

/** Ids and keys that actions hand out: the same ones for the same calls, so that a recorded run can be replayed. */
export class FreshIds {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed + OFFSET);
  }

  /** `c-` and 16 letters and digits (length from masked examples of the reference). */
  contact = (): string => `c-${this.#draw(LETTERS_AND_DIGITS, 16)}`;

  /** `fd-` and 10 letters and digits (documented). */
  folder = (): string => `fd-${this.#draw(LETTERS_AND_DIGITS, 10)}`;

  /** `ca-` and 20 hexadecimal digits (from masked examples). */
  aggregator = (): string => `ca-${this.#draw(HEX, 20)}`;

  /** 16 digits (documented); those of the examples begin with 1. */
  account = (): string => `1${this.#draw(DIGITS, 15)}`;

  letters = (length: number): string => this.#draw(LETTERS_AND_DIGITS, length);

  /** One that is not taken. */
  unused(make: () => string, isTaken: (id: string) => boolean): string {
    const id = make();
    return isTaken(id) ? this.unused(make, isTaken) : id;
  }

  #draw(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[Math.floor(this.#random() * alphabet.length)]).join('');
  }
}
