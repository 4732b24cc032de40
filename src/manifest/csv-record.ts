import type { Source } from '../model/manifest.ts';
import { isUnclearHash } from './csv-comment.ts';
import { cellStarts, type Delimiter } from './delimiter.ts';
import { characters } from './line-index.ts';

/** One record of a table. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** From 1. They differ where a cell in quotes holds line feeds. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Whether the first cell may as well be a comment. */
  beginsUnclear(): boolean;
  /** Where a cell starts, its quote included; the end of the record for a cell that it does not have. */
  place(cell: number): Source;
}

/** Where and how the records of a table are written. */
export interface Writing {
  readonly file: string;
  readonly delimiter: Delimiter;
}

/** Cells are located only when somebody asks: most records are never spoken of. */
export class WrittenRecord implements CsvRecord {
  readonly cells: readonly string[];
  readonly firstLine: number;
  readonly lastLine: number;
  readonly #text: string;
  readonly #writing: Writing;

  /** @param text  quotes included, without the line feed at its end */
  constructor(text: string, firstLine: number, lastLine: number, cells: readonly string[], writing: Writing) {
    this.firstLine = firstLine;
    this.lastLine = lastLine;
    this.cells = cells;
    this.#text = text;
    this.#writing = writing;
  }

  place(cell: number): Source {
    const { file } = this.#writing;
    const text = this.#text;
    const offset = this.#offsetOf(cell);
    if (this.firstLine === this.lastLine) {
      return { file, line: this.firstLine, column: characters(text, 0, offset) + 1 };
    }
    const before = text.slice(0, offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    const line = this.firstLine + before.split('\n').length - 1;
    return { file, line, column: characters(text, lineStart, offset) + 1 };
  }

  beginsUnclear(): boolean {
    return isUnclearHash(this.#text);
  }

  #offsetOf(cell: number): number {
    if (cell === 0) return 0;
    return cellStarts(this.#text, this.#writing.delimiter)[cell] ?? this.#text.trimEnd().length;
  }
}
