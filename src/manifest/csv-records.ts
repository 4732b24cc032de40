import { CsvError, parse } from 'csv-parse/sync';
import type { Source } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import { cellStarts, type Delimiter, splitPlainLine } from './delimiter.ts';
import { error } from './finding.ts';
import type { LineIndex } from './line-index.ts';

/** One record of a table. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** From 1. They differ where a cell in quotes holds line feeds. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Where a cell starts, its quote included; the end of the record for a cell that it does not have. */
  place(cell: number): Source;
}

/** The records of a table, from a line on. The text has line feeds only. */
export interface CsvBody {
  readonly text: string;
  readonly lines: LineIndex;
  readonly firstLine: number;
  readonly delimiter: Delimiter;
}

/** A longer record is no entry, but a file that is not a table or a quote that was never closed. */
const MAX_RECORD_LENGTH = 65_536;

const TOO_LONG = {
  code: 'record-too-long',
  message: `the row that starts here has more than ${MAX_RECORD_LENGTH} characters, expected a few short cells; check for a missing quote or line end`,
};
const PARSER_FAULTS: Readonly<Record<string, { code: string; message: string }>> = {
  CSV_QUOTE_NOT_CLOSED: {
    code: 'quote-unclosed',
    message:
      'the row that starts here opens quotes that never close, and takes in the rest of the file; close them, or check whether the file was cut off',
  },
  CSV_MAX_RECORD_SIZE: TOO_LONG,
};
const STRAY_QUOTE = {
  code: 'quote-stray',
  message:
    'the row that starts here has a quote inside a cell; put the whole cell in quotes and double the quotes in it',
};

/**
 * Hands on record after record, in order; blank lines and lines that start with # are skipped.
 * @returns what ended the reading before the end of the file
 */
export function eachRecord(body: CsvBody, visit: (record: CsvRecord) => void): Problem | undefined {
  const { text, lines, firstLine, delimiter } = body;
  for (let line = firstLine; lines.startOf(line) < text.length; line++) {
    const content = lineText(text, lines, line);
    if (content === '' || content.startsWith('#')) continue;
    const cells = splitPlainLine(content, delimiter);
    // Nearly every line is a record by itself, and its place comes for nothing; from the first that may not be, a parser reads on.
    if (cells === undefined) return eachParsed({ ...body, firstLine: line }, visit);
    const record = new WrittenRecord(text, lines, delimiter, line, line, cells);
    if (content.length > MAX_RECORD_LENGTH) return error(TOO_LONG.code, record.place(0), TOO_LONG.message);
    visit(record);
  }
  return undefined;
}

/** csv-parse refuses what others guess at: a quote inside a cell, quotes that never close. */
function eachParsed(
  { text, lines, firstLine, delimiter }: CsvBody,
  visit: (record: CsvRecord) => void,
): Problem | undefined {
  let nextLine = firstLine;
  let misread: CsvRecord | undefined;
  try {
    parse(text.slice(lines.startOf(firstLine)), {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      comment: '#',
      comment_no_infix: true,
      max_record_size: MAX_RECORD_LENGTH,
      on_record: (cells: string[], { lines: lineCount }) => {
        const lastLine = firstLine + lineCount - 1;
        const line = lastLine - lineFeeds(cells);
        nextLine = lastLine + 1;
        const record = new WrittenRecord(text, lines, delimiter, line, lastLine, cells);
        if (misread === undefined && record.isWhole()) visit(record);
        else misread ??= record;
        return null;
      },
    });
    return misread && error(STRAY_QUOTE.code, misread.place(0), STRAY_QUOTE.message);
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    const start = lines.startOf(skipComments(text, lines, nextLine));
    const { code, message } = PARSER_FAULTS[thrown.code] ?? STRAY_QUOTE;
    return error(code, lines.place(start), message);
  }
}

/** Cells are located only when somebody asks: most records are never spoken of. */
class WrittenRecord implements CsvRecord {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly cells: readonly string[];
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #delimiter: Delimiter;

  constructor(
    text: string,
    lines: LineIndex,
    delimiter: Delimiter,
    firstLine: number,
    lastLine: number,
    cells: readonly string[],
  ) {
    this.firstLine = firstLine;
    this.lastLine = lastLine;
    this.cells = cells;
    this.#text = text;
    this.#lines = lines;
    this.#delimiter = delimiter;
  }

  place(cell: number): Source {
    const start = this.#lines.startOf(this.firstLine);
    const offset = start + this.#offsetOf(cell, start);
    return this.firstLine === this.lastLine
      ? this.#lines.placeIn(this.firstLine, offset)
      : this.#lines.place(offset);
  }

  /**
   * Whether the cells are all that was written: after a closing quote, csv-parse takes # and what follows for a
   * comment, and a row would be read as less than it says.
   */
  isWhole(): boolean {
    const record = this.#text.slice(
      this.#lines.startOf(this.firstLine),
      this.#lines.startOf(this.lastLine + 1),
    );
    return !record.includes('"#') || !hashFollowsQuote(record);
  }

  #offsetOf(cell: number, start: number): number {
    if (cell === 0) return 0;
    const record = this.#text.slice(start, this.#lines.startOf(this.lastLine + 1));
    return cellStarts(record, this.#delimiter)[cell] ?? record.trimEnd().length;
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

const lineFeeds = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);

function skipComments(text: string, lines: LineIndex, line: number): number {
  let next = line;
  while (lines.startOf(next) < text.length && /^(?:#|\s*$)/.test(lineText(text, lines, next))) next++;
  return next;
}

export function lineText(text: string, lines: LineIndex, line: number): string {
  const end = lines.startOf(line + 1);
  return text.slice(lines.startOf(line), text[end - 1] === '\n' ? end - 1 : end);
}
