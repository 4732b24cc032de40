import { CsvError, parse } from 'csv-parse/sync';
import type { Problem } from '../model/problem.ts';
import { type CsvRecord, type Writing, WrittenRecord } from './csv-record.ts';
import { error, type Fault } from './finding.ts';
import { FORMULA, MAX_RECORD_LENGTH, QUOTE_UNCLOSED, STRAY_QUOTE, TOO_LONG } from './record-faults.ts';

/** Lines of a table, from the first of a record to the last of one; comments are blank already. */
export interface RecordLines {
  /** Without line feeds. */
  readonly lines: readonly string[];
  /** From 1. */
  readonly firstLine: number;
  readonly writing: Writing;
}

const PARSER_FAULTS: Readonly<Record<string, Fault>> = {
  CSV_QUOTE_NOT_CLOSED: QUOTE_UNCLOSED,
  CSV_MAX_RECORD_SIZE: TOO_LONG,
};

/**
 * Hands on the records of some lines. csv-parse refuses what others guess at: a quote inside a cell, quotes that
 * never close.
 * @returns what ended the reading before the last line
 */
export function parseLines(
  { lines, firstLine, writing }: RecordLines,
  visit: (record: CsvRecord) => void,
): Problem | undefined {
  let next = 0;
  const recordAt = (first: number, last: number, cells: readonly string[]): WrittenRecord => {
    const text = first === last ? (lines[first] ?? '') : lines.slice(first, last + 1).join('\n');
    return new WrittenRecord(text, firstLine + first, firstLine + last, cells, writing);
  };
  try {
    parse(lines.join('\n'), {
      delimiter: writing.delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_RECORD_LENGTH,
      on_record: (cells: string[], { lines: lineCount }) => {
        next = lineCount;
        visit(recordAt(lineCount - 1 - lineFeeds(cells), lineCount - 1, cells));
        return null;
      },
    });
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    const index = skipBlank(lines, next);
    const { code, message } = PARSER_FAULTS[thrown.code] ?? strayQuote(lines[index] ?? '');
    return error(code, { file: writing.file, line: firstLine + index, column: 1 }, message);
  }
  return undefined;
}

/** Spreadsheets keep digits as text by writing `="1738084522671234"`. */
const strayQuote = (line: string): Fault => (/(?:^|[,;\t])="/.test(line) ? FORMULA : STRAY_QUOTE);

const lineFeeds = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);

function skipBlank(lines: readonly string[], from: number): number {
  let next = from;
  while (next < lines.length && /^\s*$/.test(lines[next] ?? '')) next++;
  return next;
}
