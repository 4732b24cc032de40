import type { Source } from '../model/manifest.ts';
import { cellStarts, type Delimiter } from './delimiter.ts';
import { characters } from './line-index.ts';

/** One record of a table. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** From 1. They differ where a cell in quotes holds line feeds. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Where a cell starts, its quote included; the end of the record for a cell that it does not have. */
  place(cell: number): Source;
}

/** A record as it stands in its file. */
export interface RecordText {
  readonly file: string;
  /** Quotes included, without the line feed at its end. */
  readonly text: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly delimiter: Delimiter;
}

/** Cells are located only when somebody asks: most records are never spoken of. */
export class WrittenRecord implements CsvRecord {
  readonly cells: readonly string[];
  readonly #written: RecordText;

  constructor(written: RecordText, cells: readonly string[]) {
    this.#written = written;
    this.cells = cells;
  }

  get firstLine(): number {
    return this.#written.firstLine;
  }

  get lastLine(): number {
    return this.#written.lastLine;
  }

  place(cell: number): Source {
    const { file, text, firstLine, lastLine } = this.#written;
    const offset = this.#offsetOf(cell);
    if (firstLine === lastLine) return { file, line: firstLine, column: characters(text, 0, offset) + 1 };
    const before = text.slice(0, offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    const line = firstLine + before.split('\n').length - 1;
    return { file, line, column: characters(text, lineStart, offset) + 1 };
  }

  /**
   * Whether the cells are all that was written: after a closing quote, csv-parse takes # and what follows for a
   * comment, and a row would be read as less than it says.
   */
  isWhole(): boolean {
    const { text } = this.#written;
    return !text.includes('"#') || !hashFollowsQuote(text);
  }

  #offsetOf(cell: number): number {
    const { text, delimiter } = this.#written;
    return cell === 0 ? 0 : (cellStarts(text, delimiter)[cell] ?? text.trimEnd().length);
  }
}

/** Whether a # stands right after the quote that closes a cell. */
function hashFollowsQuote(record: string): boolean {
  let quoted = false;
  for (let i = 0; i < record.length; i++) {
    if (record[i] !== '"') continue;
    if (quoted && record[i + 1] === '"') i++;
    else quoted = !quoted;
    if (!quoted && record[i + 1] === '#') return true;
  }
  return false;
}
