import type { Source } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import { type Header, isKnownHeader, readHeader } from './csv-header.ts';
import { lineText } from './csv-records.ts';
import {
  cellStarts,
  DELIMITER_NAMES,
  type Delimiter,
  findDelimiter,
  separatorLine,
  splitHeader,
} from './delimiter.ts';
import { error, warning } from './finding.ts';
import type { LineIndex } from './line-index.ts';

/** The top of a table: what is needed to read its rows. */
export interface Head {
  readonly header: Header | undefined;
  readonly line: number;
  readonly delimiter: Delimiter;
  readonly findings: readonly Problem[];
}

/** Finds the header below blank lines, comments and a `sep=` line. */
export function findHeader(file: string, text: string, lines: LineIndex): Head {
  let line = nextFilled(text, lines, 1);
  const named = line === undefined ? undefined : separatorLine(lineText(text, lines, line));
  if (line !== undefined && named !== undefined) line = nextFilled(text, lines, line + 1);
  if (line === undefined) {
    const empty = error(
      'manifest-empty',
      { file, line: 1, column: 1 },
      'the file is empty, expected a header and rows; check that it was written completely',
    );
    return { header: undefined, line: 1, delimiter: ',', findings: [empty] };
  }
  const headerText = lineText(text, lines, line);
  const delimiter = named ?? findDelimiter(headerText, isKnownHeader);
  const header = readHeader(splitHeader(headerText, delimiter));
  const place = (cell: number): Source =>
    lines.place(lines.startOf(line) + (cellStarts(headerText, delimiter)[cell] ?? 0));
  if (!('columns' in header)) {
    return {
      header: undefined,
      line,
      delimiter,
      findings: header.map(({ code, message, cell }) => error(code, place(cell), message)),
    };
  }
  return { header, line, delimiter, findings: delimiterNote(file, delimiter, place(0)) };
}

/** The first line from here on that is neither blank nor a comment. */
function nextFilled(text: string, lines: LineIndex, from: number): number | undefined {
  for (let line = from; lines.startOf(line) < text.length; line++) {
    const content = lineText(text, lines, line);
    if (content.trim() !== '' && !content.startsWith('#')) return line;
  }
  return undefined;
}

function delimiterNote(file: string, delimiter: Delimiter, place: Source): readonly Problem[] {
  if (delimiter === ',' || (delimiter === '\t' && /\.tsv$/i.test(file))) return [];
  return [
    warning(
      'delimiter',
      place,
      `the cells are separated by ${DELIMITER_NAMES[delimiter]}; they were read so`,
    ),
  ];
}
