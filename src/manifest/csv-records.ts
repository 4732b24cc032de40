import type { Problem } from '../model/problem.ts';
import { isComment } from './csv-comment.ts';
import { type CsvRecord, type Writing, WrittenRecord } from './csv-record.ts';
import { splitPlainLine } from './delimiter.ts';
import { error } from './finding.ts';
import { parseLines } from './parse-lines.ts';
import { MAX_RECORD_LENGTH, TOO_LONG } from './record-faults.ts';
import { MAX_LINE_LENGTH } from './text-lines.ts';

/** So much is held for the parser at once, in UTF-16 units: it takes long to begin. */
const BATCH_LENGTH = 65_536;
/** More is never held: a record that is still open then is too long, however many of its characters are quotes. */
const MAX_HELD_LENGTH = 2 * MAX_LINE_LENGTH;

/**
 * The records of a table, out of its lines: handed on in order, one after the other; blank lines and comments are
 * skipped.
 */
export class CsvRecords {
  readonly #writing: Writing;
  readonly #visit: (record: CsvRecord) => void;
  #held: string[] = [];
  #heldLength = 0;
  #isQuoteOpen = false;
  #problem: Problem | undefined;

  constructor(writing: Writing, visit: (record: CsvRecord) => void) {
    this.#writing = writing;
    this.#visit = visit;
  }

  /** Takes a line below the header. @param number  from 1, one more each time */
  read(content: string, number: number): void {
    if (this.#problem !== undefined) return;
    if (this.#held.length > 0) this.#hold(content, number);
    else if (content !== '' && !isComment(content)) this.#record(content, number);
  }

  /** @param lastLine  the number of the table's last line. @returns what ended the reading before it */
  end(lastLine: number): Problem | undefined {
    if (this.#held.length > 0) this.#parse(lastLine);
    return this.#problem;
  }

  /** Nearly every line is a record by itself, and its place comes for nothing; for one that may not be, a parser is asked. */
  #record(content: string, line: number): void {
    const cells = splitPlainLine(content, this.#writing.delimiter);
    if (cells === undefined) return this.#hold(content, line);
    const record = new WrittenRecord(content, line, line, cells, this.#writing);
    if (content.length > MAX_RECORD_LENGTH)
      this.#problem = error(TOO_LONG.code, record.place(0), TOO_LONG.message);
    else this.#visit(record);
  }

  /** Where the quotes in all lines so far are even, no cell is open: what is wrong otherwise, the parser finds. */
  #hold(content: string, number: number): void {
    const line = !this.#isQuoteOpen && isComment(content) ? '' : content;
    if (hasOddQuotes(line)) this.#isQuoteOpen = !this.#isQuoteOpen;
    this.#held.push(line);
    this.#heldLength += content.length + 1;
    if (this.#heldLength > (this.#isQuoteOpen ? MAX_HELD_LENGTH : BATCH_LENGTH)) this.#parse(number);
  }

  #parse(lastLine: number): void {
    const lines = this.#held;
    const firstLine = lastLine - lines.length + 1;
    this.#held = [];
    this.#heldLength = 0;
    this.#isQuoteOpen = false;
    this.#problem = parseLines({ lines, firstLine, writing: this.#writing }, this.#visit);
  }
}

function hasOddQuotes(line: string): boolean {
  let odd = false;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) odd = !odd;
  return odd;
}
