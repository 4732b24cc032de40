/** What separates the cells of a table, as seen in its header line. */
export type Delimiter = ',' | ';' | '\t' | '\uff0c';

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '\uff0c'];

export const DELIMITER_NAMES: Readonly<Record<Delimiter, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '\uff0c': 'full-width commas',
};

/** The line by which Excel names the delimiter of a file: `sep=;`. */
export function separatorLine(line: string): Delimiter | undefined {
  const named = /^"?sep=(.)"?\s*$/i.exec(line)?.[1];
  return DELIMITERS.find((delimiter) => delimiter === named);
}

/** The text of one line in cells, quotes taken off. For the header only: a record of data can span lines. */
export function splitHeader(line: string, delimiter: Delimiter): readonly string[] {
  return cellStarts(line, delimiter).map((start, index, starts) => {
    const end = index + 1 < starts.length ? (starts[index + 1] ?? 0) - 1 : line.length;
    return unquote(line.slice(start, end).trim());
  });
}

/** Where each cell of a record starts in its text; a delimiter inside quotes starts none. */
export function cellStarts(record: string, delimiter: Delimiter): readonly number[] {
  const starts = [0];
  if (!record.includes('"')) {
    for (let i = record.indexOf(delimiter); i !== -1; i = record.indexOf(delimiter, i + 1))
      starts.push(i + 1);
    return starts;
  }
  let quoted = false;
  for (let i = 0; i < record.length; i++) {
    if (record[i] === '"') quoted = !quoted;
    else if (!quoted && record[i] === delimiter) starts.push(i + 1);
  }
  return starts;
}

/**
 * A line as cells, where each cell is either without quotes or wholly in one pair of them.
 * @returns undefined for every other line: a parser has to say what it is
 */
export function splitPlainLine(line: string, delimiter: Delimiter): readonly string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; at <= line.length; at += 1) {
    const quoted = line[at] === '"';
    const end = quoted ? line.indexOf('"', at + 1) + 1 : endOfCell(line, at, delimiter);
    const cell = quoted ? line.slice(at + 1, end - 1) : line.slice(at, end);
    const isWhole = end === line.length || line[end] === delimiter;
    if (end < at || !isWhole || (!quoted && cell.includes('"'))) return undefined;
    cells.push(cell);
    at = end;
  }
  return cells;
}

function endOfCell(line: string, from: number, delimiter: Delimiter): number {
  const end = line.indexOf(delimiter, from);
  return end === -1 ? line.length : end;
}

const unquote = (cell: string): string =>
  cell.length > 1 && cell.startsWith('"') && cell.endsWith('"')
    ? cell.slice(1, -1).replaceAll('""', '"')
    : cell;

/**
 * The delimiter under which the header is understood.
 * @param understands  whether cells make a known header
 * @returns the only one that does; else the one that cuts the line into most cells, for the message
 */
export function findDelimiter(line: string, understands: (cells: readonly string[]) => boolean): Delimiter {
  const understood = DELIMITERS.filter((delimiter) => understands(splitHeader(line, delimiter)));
  const [only] = understood;
  if (only !== undefined) return only;
  const cells = (delimiter: Delimiter): number => cellStarts(line, delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (cells(delimiter) > cells(best) ? delimiter : best));
}
