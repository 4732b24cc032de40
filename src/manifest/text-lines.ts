/**
 * What a line is longer by, in UTF-16 units, is dropped, so that a file without line ends is not held in memory. Such a
 * line is refused all the same: its record is too long, or has not the cells of the header.
 */
export const MAX_LINE_LENGTH = 1024 * 1024;

/** The lines of a text that comes in pieces. It has line feeds only. */
export class TextLines {
  readonly #visit: (content: string, number: number) => void;
  #number = 0;
  #begun = '';

  /** @param visit  is given each line without its line feed, and its number from 1 */
  constructor(visit: (content: string, number: number) => void) {
    this.#visit = visit;
  }

  push(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      this.#begin(text.slice(start, end));
      this.#complete();
      start = end + 1;
    }
    this.#begin(text.slice(start));
  }

  /** Hands on the last line, if it has no line feed. @returns how many there were */
  end(): number {
    if (this.#begun !== '') this.#complete();
    return this.#number;
  }

  #begin(text: string): void {
    const room = MAX_LINE_LENGTH - this.#begun.length;
    this.#begun += text.length <= room ? text : text.slice(0, room);
  }

  #complete(): void {
    const line = this.#begun;
    this.#begun = '';
    this.#number += 1;
    this.#visit(line, this.#number);
  }
}
