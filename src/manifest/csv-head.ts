import type { Source } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import { isComment, isUnclearHash } from './csv-comment.ts';
import { type Header, isKnownHeader, readHeader } from './csv-header.ts';
import {
  cellStarts,
  DELIMITER_NAMES,
  type Delimiter,
  findDelimiter,
  separatorLine,
  splitHeader,
} from './delimiter.ts';
import { error, warning } from './finding.ts';
import { characters } from './line-index.ts';
import { UNCLEAR_HASH } from './record-faults.ts';

/** The top of a table: what is needed to read its rows. */
export interface Head {
  readonly header: Header | undefined;
  readonly delimiter: Delimiter;
  readonly findings: readonly Problem[];
}

/** Finds the header below blank lines, comments and a `sep=` line. */
export class HeadReader {
  readonly #file: string;
  #named: Delimiter | undefined;
  #isFirst = true;

  constructor(file: string) {
    this.#file = file;
  }

  /** @returns the head once its line has come */
  read(content: string, line: number): Head | undefined {
    if (content.trim() === '' || isComment(content)) return undefined;
    if (isUnclearHash(content)) return unclear({ file: this.#file, line, column: 1 });
    if (this.#isFirst) this.#named = separatorLine(content);
    const isSeparator = this.#isFirst && this.#named !== undefined;
    this.#isFirst = false;
    return isSeparator ? undefined : headOf(this.#file, content, line, this.#named);
  }
}

const unclear = (place: Source): Head => ({
  header: undefined,
  delimiter: ',',
  findings: [error(UNCLEAR_HASH.code, place, UNCLEAR_HASH.message)],
});

/** What is said of a file that ends before its header. */
export const noHeader = (file: string): Problem =>
  error(
    'manifest-empty',
    { file, line: 1, column: 1 },
    'the file is empty, expected a header and rows; check that it was written completely',
  );

function headOf(file: string, text: string, line: number, named: Delimiter | undefined): Head {
  const delimiter = named ?? findDelimiter(text, isKnownHeader);
  const header = readHeader(splitHeader(text, delimiter));
  const place = (cell: number): Source => {
    const start = cellStarts(text, delimiter)[cell] ?? 0;
    return { file, line, column: characters(text, 0, start) + 1 };
  };
  if ('columns' in header) return { header, delimiter, findings: delimiterNote(file, delimiter, place(0)) };
  const findings = header.map(({ code, message, cell }) => error(code, place(cell), message));
  return { header: undefined, delimiter, findings };
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
