import type { Source } from '../model/manifest.ts';

/** Where the lines of a text start. The text has line feeds only: see {@link unifyLineEnds}. */
export class LineIndex {
  readonly #file: string;
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    this.#starts = lineStarts(text);
  }

  /** @param offset  from 0, in UTF-16 units, as string methods count */
  place(offset: number): Source {
    return this.placeIn(this.#lineAt(offset), offset);
  }

  /** The same, when the line is known. */
  placeIn(line: number, offset: number): Source {
    const column = characters(this.#text, this.startOf(line), offset) + 1;
    return { file: this.#file, line, column };
  }

  /** The offset at which a line starts. @param line  from 1; a line past the end starts at the end */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.#text.length;
  }

  #lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? Infinity) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

/** Every kind of line end becomes one line feed, so that a file with mixed ends has the lines that an editor shows. */
export const unifyLineEnds = (text: string): string =>
  text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** Code points between two offsets: a character outside the basic plane is one, as an editor counts it. */
export function characters(text: string, from: number, to: number): number {
  let pairs = 0;
  for (let i = from + 1; i < to; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) pairs++;
  }
  return to - from - pairs;
}
