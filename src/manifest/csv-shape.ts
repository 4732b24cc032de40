import type { Problem } from '../model/problem.ts';
import type { Header } from './csv-header.ts';
import type { CsvRecord } from './csv-record.ts';
import type { Delimiter } from './delimiter.ts';
import { error, warning } from './finding.ts';
import { UNCLEAR_HASH } from './record-faults.ts';

/** What is wrong with a record as a whole, before its cells are read. */
export function shapeProblem(record: CsvRecord, header: Header, delimiter: Delimiter): Problem | undefined {
  if (record.beginsUnclear()) return error(UNCLEAR_HASH.code, record.place(0), UNCLEAR_HASH.message);
  if (record.cells.length !== header.width) return ragged(record, header);
  return record.firstLine === record.lastLine ? undefined : spansLines(record, header, delimiter);
}

function ragged(record: CsvRecord, { width }: Header): Problem {
  return error(
    'row-shape',
    record.place(Math.min(record.cells.length, width)),
    `the row has ${record.cells.length} cells, expected ${width} as in the header; check delimiters and quotes, and whether the file was cut off`,
  );
}

/** Two stray quotes make one cell of all rows between them: only a note may have lines, and none that look like rows. */
function spansLines(record: CsvRecord, header: Header, delimiter: Delimiter): Problem {
  const cell = record.cells.findIndex((text) => text.includes('\n'));
  const place = record.place(Math.max(cell, 0));
  const lines = `goes on to line ${record.lastLine}`;
  if (record.cells.some((text) => holdsRow(text, header.width, delimiter))) {
    return error(
      'quote-over-rows',
      place,
      `the cell in quotes ${lines} and holds what look like rows; close the quotes where the cell ends`,
    );
  }
  const outsideNote = record.cells.some(
    (text, index) => text.includes('\n') && index !== header.columns.get('note'),
  );
  if (outsideNote) {
    return error(
      'cell-lines',
      place,
      `the cell ${lines}, expected one line in every cell but a note; check the quotes`,
    );
  }
  return warning('note-lines', place, `the note ${lines}; check the quotes if that is not meant`);
}

const holdsRow = (cell: string, width: number, delimiter: Delimiter): boolean =>
  cell
    .split('\n')
    .slice(1)
    .some((line) => line.split(delimiter).length >= width);
