import { nearest } from './did-you-mean.ts';
import type { Fault } from './finding.ts';
import { oneOf, show } from './show.ts';

export type Column =
  | 'kind'
  | 'owner'
  | 'contact'
  | 'aggregator'
  | 'member'
  | 'ensure'
  | 'account-name'
  | 'note';

/** Which cell of a record holds what. */
export interface Header {
  readonly width: number;
  readonly columns: ReadonlyMap<Column, number>;
}

/** A fault of one header cell, or of the header as a whole (cell 0). */
export interface HeaderFault extends Fault {
  readonly cell: number;
}

const NAMES: Readonly<Record<Column, readonly string[]>> = {
  kind: ['kind'],
  owner: ['owner'],
  contact: ['contact_id', 'contact', '联系人id', '联系人'],
  aggregator: ['aggregator_id', 'aggregator', '账号组id', '账号组'],
  member: ['member_id', 'member', 'account_id', '成员id', '账号id'],
  ensure: ['ensure'],
  'account-name': ['account_name', '账号名称'],
  note: ['note', '备注'],
};

/** The three headers of a table, and the columns that each takes. */
const LAYOUTS: readonly { required: readonly Column[]; optional: readonly Column[]; text: string }[] = [
  {
    required: ['kind', 'owner', 'member'],
    optional: ['ensure', 'account-name', 'note'],
    text: 'kind,owner,member[,ensure][,account_name][,note]',
  },
  {
    required: ['contact', 'member'],
    optional: ['ensure', 'note'],
    text: 'contact_id,member_id[,ensure][,note]',
  },
  {
    required: ['aggregator', 'member'],
    optional: ['account-name', 'ensure', 'note'],
    text: 'aggregator_id,account_id[,account_name][,ensure][,note]',
  },
];

const keyOf = (cell: string): string =>
  cell
    .normalize('NFKC')
    .replace(/[\s_\-\u200b-\u200d\ufeff]/g, '')
    .toLowerCase();

const ALL_NAMES = Object.values(NAMES).flat();

const COLUMN_OF = new Map(
  Object.entries(NAMES).flatMap(([column, names]) => names.map((name) => [keyOf(name), column as Column])),
);

/** @returns every fault of the header, or the place of every column */
export function readHeader(cells: readonly string[]): Header | readonly HeaderFault[] {
  const found = cells.map((cell) => COLUMN_OF.get(keyOf(cell)));
  if (found.every((column) => column === undefined) && !cells.some(hasGuess)) {
    return [{ cell: 0, ...notATable(cells.join(',')) }];
  }
  const columns = new Map<Column, number>();
  const faults: HeaderFault[] = [];
  for (const [cell, column] of found.entries()) {
    const text = cells[cell] ?? '';
    if (column === undefined) faults.push({ cell, ...unknownColumn(text) });
    else if (columns.has(column))
      faults.push({ cell, ...twice(text, cells[columns.get(column) ?? 0] ?? '') });
    else columns.set(column, cell);
  }
  if (faults.length > 0) return faults;
  return layoutFault(columns, cells) ?? { width: cells.length, columns };
}

export const isKnownHeader = (cells: readonly string[]): boolean => 'columns' in readHeader(cells);

function layoutFault(
  columns: ReadonlyMap<Column, number>,
  cells: readonly string[],
): readonly HeaderFault[] | undefined {
  const fitting = LAYOUTS.filter(({ required }) => required.every((column) => columns.has(column)));
  const texts = LAYOUTS.map(({ text }) => text);
  if (fitting.length === 0) {
    const message = `the header ${show(cells.join(','))} lacks a column, expected ${oneOf(texts)}`;
    return [{ cell: 0, code: 'column-missing', message }];
  }
  const layout = fitting[0];
  if (layout === undefined) return undefined;
  const extra = [...columns].filter(([column]) => ![...layout.required, ...layout.optional].includes(column));
  if (extra.length === 0) return undefined;
  return extra.map(([, cell]) => ({
    cell,
    code: 'column-misplaced',
    message: `column ${show(cells[cell] ?? '')} does not go with the others, expected ${layout.text}; remove it or use the header with kind and owner`,
  }));
}

const hasGuess = (cell: string): boolean => nearest(cell.trim(), ALL_NAMES).length > 0;

/** A row of data, or cells that nothing known separates. */
const notATable = (text: string): Fault => ({
  code: 'header-unknown',
  message: `the first line ${show(text)} is no header, expected ${oneOf(LAYOUTS.map((layout) => layout.text))}; write one above the rows, and separate cells by commas, semicolons or tabs`,
});

function unknownColumn(text: string): Fault {
  const [guess] = nearest(text.trim(), ALL_NAMES);
  const hint =
    guess === undefined
      ? `known are ${ALL_NAMES.filter((name) => /^[a-z_]+$/.test(name)).join(', ')}`
      : `did you mean ${show(guess)}?`;
  return { code: 'column-unknown', message: `column ${show(text)} is not known; ${hint}` };
}

const twice = (text: string, first: string): Fault => ({
  code: 'column-twice',
  message: `column ${show(text)} means the same as column ${show(first)}; keep one of them`,
});
