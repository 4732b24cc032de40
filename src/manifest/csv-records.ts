import { CsvError, parse } from 'csv-parse/sync';
import type { Problem } from '../model/problem.ts';
import { cellStarts, type Delimiter } from './delimiter.ts';
import { error } from './finding.ts';
import type { LineIndex } from './line-index.ts';

/** One record of a table. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** The offset in the text at which a cell starts, its quote included. */
  readonly offsetOf: (cell: number) => number;
}

/** A longer record is no entry, but a file that is not a table or a quote that was never closed. */
const MAX_RECORD_LENGTH = 65_536;

const PARSER_FAULTS: Readonly<Record<string, { code: string; message: string }>> = {
  CSV_QUOTE_NOT_CLOSED: {
    code: 'quote-unclosed',
    message: 'the file ends inside quotes that open here; close them, or check whether the file was cut off',
  },
  CSV_MAX_RECORD_SIZE: {
    code: 'record-too-long',
    message: `the row that starts here has more than ${MAX_RECORD_LENGTH} characters; a quote may be missing`,
  },
};
const STRAY_QUOTE = {
  code: 'quote-stray',
  message:
    'the row that starts here has a quote inside a cell; put the whole cell in quotes and double the quotes in it',
};

/**
 * Hands on record after record, in order; blank lines and lines that start with # are skipped.
 * The text has line feeds only.
 * @returns what ended the reading before the end of the file
 */
export function eachRecord(
  text: string,
  lines: LineIndex,
  options: { firstLine: number; delimiter: Delimiter },
  visit: (record: CsvRecord) => void,
): Problem | undefined {
  const { firstLine, delimiter } = options;
  const from = lines.startOf(firstLine);
  let nextLine = firstLine;
  try {
    parse(text.slice(from), {
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
        visit({ cells, offsetOf: offsets(text, lines, line, lastLine, delimiter) });
        return null;
      },
    });
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    const start = lines.startOf(skipComments(text, lines, nextLine));
    const { code, message } = PARSER_FAULTS[thrown.code] ?? STRAY_QUOTE;
    return error(code, lines.place(start), message);
  }
}

/** Cells are located only when somebody asks: most records are never spoken of. */
function offsets(text: string, lines: LineIndex, line: number, lastLine: number, delimiter: Delimiter) {
  return (cell: number): number => {
    const start = lines.startOf(line);
    const record = text.slice(start, lines.startOf(lastLine + 1));
    const starts = cellStarts(record, delimiter);
    return start + (starts[cell] ?? record.trimEnd().length);
  };
}

const lineFeeds = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);

function skipComments(text: string, lines: LineIndex, line: number): number {
  let next = line;
  while (lines.startOf(next) < text.length && /^(?:#|\s*$)/.test(lineText(text, lines, next))) next++;
  return next;
}

export const lineText = (text: string, lines: LineIndex, line: number): string =>
  text.slice(lines.startOf(line), lines.startOf(line + 1)).replace(/\n$/, '');
