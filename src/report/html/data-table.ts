import { h } from 'preact';
import { counted, grouped } from '../words.ts';
import { inlineJson } from './inline-json.ts';
import { type Html, scrolled } from './plain-table.ts';
import { statusMark } from './status-mark.ts';

/** How a cell is shown. The page's script draws the same from the same word. */
type CellKind = 'action' | 'member' | 'name' | 'owner' | 'status' | 'text';

export interface Column {
  readonly label: string;
  readonly kind: CellKind;
}

/** A field above the table. */
export interface Filter {
  readonly name: string;
  readonly label: string;
  /** Where it looks, by number of column. */
  readonly columns: readonly number[];
  /** To choose from: the cell must be equal. Without them it is a text that the cell must contain. */
  readonly choices?: readonly string[];
}

interface DataTable {
  readonly name: string;
  readonly caption: string;
  /** What a row is: `change`. */
  readonly noun: string;
  readonly columns: readonly Column[];
  readonly filters: readonly Filter[];
  /** Texts as they are to be shown. */
  readonly rows: readonly (readonly string[])[];
}

/** Rows that stand in the page itself, for print and for readers without script; also the length of a page. */
export const ROWS_A_PAGE = 100;

/**
 * A table to search and page through. Its first rows stand in the page as they are; all of them as data, each
 * different text once, so that a table of 50,000 rows is a file that can still be sent.
 */
export function dataTable(table: DataTable): Html {
  const { name, caption, columns, rows } = table;
  const head = columns.map(({ label }) => h('th', { scope: 'col' }, label));
  const shown = rows.slice(0, ROWS_A_PAGE).map((row) => tableRow(columns, row));
  return h('div', { class: 'data-table', 'data-table': name, 'data-noun': table.noun }, [
    h('div', { class: 'controls needs-script', role: 'search', 'aria-label': caption }, [
      table.filters.map((filter) => field(name, filter)),
      h('button', { type: 'button', 'data-clear': '' }, 'Clear'),
    ]),
    h('p', { class: 'count', 'aria-live': 'polite', 'data-count': '' }, countOf(table)),
    scrolled(
      `${caption}, table`,
      h('table', null, [
        h('caption', { class: 'unseen' }, caption),
        h('thead', null, h('tr', null, head)),
        h('tbody', null, shown),
      ]),
    ),
    h('p', { class: 'pager needs-script' }, [
      h('button', { type: 'button', 'data-step': '-1' }, 'Previous page'),
      h('button', { type: 'button', 'data-step': '1' }, 'Next page'),
    ]),
    h('script', {
      type: 'application/json',
      dangerouslySetInnerHTML: { __html: inlineJson(compact(table)) },
    }),
  ]);
}

function countOf({ noun, rows }: DataTable): string {
  const all = counted(rows.length, noun);
  return rows.length <= ROWS_A_PAGE
    ? all
    : `The first ${grouped(ROWS_A_PAGE)} of ${all}; the others need the script of this page, or stand in report.json`;
}

function field(table: string, { name, label, columns, choices }: Filter): Html {
  const id = `${table}-${name}`;
  const about = { id, 'data-filter': name, 'data-columns': columns.join(' ') };
  const input =
    choices === undefined
      ? h('input', { ...about, type: 'search', autocomplete: 'off', spellcheck: false })
      : h('select', about, [
          h('option', { value: '' }, 'All'),
          choices.map((choice) => h('option', { value: choice }, choice)),
        ]);
  return h('p', { class: 'field' }, [h('label', { for: id }, label), input]);
}

const tableRow = (columns: readonly Column[], row: readonly string[]): Html =>
  h(
    'tr',
    null,
    columns.map(({ kind }, index) => tableCell(kind, row[index] ?? '')),
  );

function tableCell(kind: CellKind, text: string): Html {
  const about = { class: kind };
  switch (kind) {
    case 'member':
      return h('th', { ...about, scope: 'row' }, nameAndId(text));
    case 'name':
      return h('td', about, h('bdi', null, text));
    case 'owner':
      return h('td', about, nameAndId(text));
    case 'status':
      return h('td', about, statusMark(text));
    case 'action':
      return h('td', { class: `action ${signOf(text)}` }, text);
    case 'text':
      return h('td', about, text);
  }
}

/** `Ops (c-qL4HqKONzOM7a1b2)` as a name and, on a line of its own, an id. */
function nameAndId(text: string): Html[] {
  const at = text.lastIndexOf(' (');
  if (at === -1) return [h('bdi', null, text)];
  return [h('bdi', null, text.slice(0, at)), ' ', h('span', { class: 'id' }, text.slice(at + 1))];
}

export const signOf = (action: string): 'adds' | 'removes' =>
  action === 'unbind' || action === 'remove-account' ? 'removes' : 'adds';

/** `texts` holds every different text once; `rows` point into it. */
function compact({ columns, rows }: DataTable): unknown {
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
  const pointers = rows.map((row) => row.map(numberOf));
  return { kinds: columns.map(({ kind }) => kind), texts: [...numbers.keys()], rows: pointers };
}
