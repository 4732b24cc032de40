import { compareText } from '../model/compare.ts';
import { groupBy } from '../model/group-by.ts';
import { asciiText } from './ascii-text.ts';
import type { CoverageView } from './coverage-json.ts';
import { type CoverageRow, type CoverageWay, coverageRows, type Turn } from './coverage-rows.ts';
import { createPaint, type Paint } from './paint.ts';
import type { ReportChange } from './report-schema.ts';
import { displayText } from './scrub.ts';
import { shortenText, textWidth } from './text-width.ts';
import { counted, grouped, personInWords } from './words.ts';
import { wrapList } from './wrap-list.ts';

export interface CoverageText {
  readonly before: CoverageView;
  readonly after: CoverageView | undefined;
  /** By folder id. */
  readonly folderPaths: ReadonlyMap<string, string>;
  /** Contacts that reach nobody because of their status. */
  readonly inactive: readonly { readonly name: string; readonly status: string }[];
  /** The guard's rules that the plan trips, by which it would not be applied. */
  readonly refusedBy: readonly string[];
  /** How the contacts are reached, where somebody asked to see it. */
  readonly people: readonly ReportChange['owner'][];
}

export interface CoverageOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** For a terminal that shows no other letters. */
  readonly ascii?: boolean;
}

const HEADS: Readonly<Record<string, string>> = {
  ServiceMessage: 'Svc',
  FaultMessage: 'Flt',
  AccountExpenses: 'Exp',
  SecurityMessage: 'Sec',
  ActivityMessage: 'Act',
  ProductMessage: 'Prd',
};
const LEGEND = 'Svc service, Flt fault, Exp expenses, Sec security, Act activity, Prd product messages';
const MARKS: Readonly<Record<Turn | 'missing', string>> = { kept: 'x', gained: '+', lost: '-', missing: '.' };
const ID_COLUMNS = 16;
const MOST_NAME_COLUMNS = 28;
/** Below this width the message types do not fit beside the names. */
const LEAST_TABLE_COLUMNS = 64;
/** Contacts stand on a line of their own where fewer columns are left for them. */
const LEAST_WAYS_COLUMNS = 28;

/** Who is reached by none, then every other account by its folder. Ends with a line break. */
export function renderCoverage(text: CoverageText, { color, width, ascii }: CoverageOptions): string {
  const paint = createPaint(color);
  const rows = coverageRows(text.before, text.after);
  const layout: Layout = { paint, width, nameColumns: nameColumns(rows, width), text };
  const groups = [
    ...groupBy(
      rows.filter(({ reached }) => reached),
      ({ folder }) => folder,
    ),
  ].sort(([a], [b]) => compareText(a, b));
  const sections = [
    headlines(text, width).map((line) => paint.heading(line)),
    unreachedSection(rows, layout),
    ...groups.map(([folder, inside]) => groupSection(folder, inside, layout)),
    footnotes(text, width),
  ];
  const written = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  const shown = `${written.join('\n\n')}\n`;
  return ascii === true ? asciiText(shown) : shown;
}

interface Layout {
  readonly paint: Paint;
  readonly width: number;
  readonly nameColumns: number;
  readonly text: CoverageText;
}

function headlines({ before, after }: CoverageText, width: number): string[] {
  const total = before.accounts.length;
  const reached = (view: CoverageView): string => grouped(total - view.unreached.length);
  const start = `${displayText(before.directoryId)}: ${reached(before)} of ${counted(total, 'account')} reached by a contact`;
  return words(after === undefined ? start : `${start} now, ${reached(after)} after the plan`, width);
}

const words = (line: string, width: number): string[] => wrapList(line.split(' '), width, 0, '', ' ');

function unreachedSection(rows: readonly CoverageRow[], { paint, width, text }: Layout): string[] {
  const unreached = rows.filter(({ reached }) => !reached);
  if (unreached.length === 0) return [];
  const when = text.after === undefined ? '' : ' AFTER THE PLAN';
  return [
    ...words(`REACHED BY NO CONTACT${when}: ${counted(unreached.length, 'account')}`, width).map(paint.bad),
    ...unreached.flatMap(({ id, name, folder, ways }) => {
      const path = folder === '/' ? `/${name}` : `${folder}/${name}`;
      const start = `! ${id}  `;
      const lost = ways.map((way) => wayText(way, text));
      return [
        paint.bad(`${start}${shortenText(displayText(path), Math.max(12, width - start.length), 'end')}`),
        ...wrapList(lost, width, 6),
      ];
    }),
  ];
}

function groupSection(folder: string, rows: readonly CoverageRow[], layout: Layout): string[] {
  const { paint, width, nameColumns: columns, text } = layout;
  const title = displayText(folder);
  const start = 2 + ID_COLUMNS + 2 + columns;
  const heads = Object.values(HEADS).join(' ');
  const shared = rows.length > 1 ? sharedWays(rows) : [];
  const inTable = width >= LEAST_TABLE_COLUMNS;
  const head = inTable
    ? [`${padded(shortenText(title, start, 'end'), start)}  ${paint.faint(heads)}`]
    : [shortenText(title, width, 'end')];
  const all = wrapList(
    shared.map((way) => wayText(way, text)),
    width,
    7,
    'all: ',
  );
  const known = new Set(shared.map(turnKey));
  return [
    paintedHead(head, paint, title),
    ...all,
    ...rows.flatMap((row) => rowLines(row, known, layout, inTable)),
  ];
}

const paintedHead = ([line = '']: readonly string[], paint: Paint, title: string): string =>
  line.startsWith(title) ? `${paint.heading(title)}${line.slice(title.length)}` : line;

function rowLines(row: CoverageRow, shared: ReadonlySet<string>, layout: Layout, inTable: boolean): string[] {
  const { width, nameColumns: columns, text } = layout;
  const name = padded(shortenText(displayText(row.name), columns), columns);
  const start = `  ${row.id.padEnd(ID_COLUMNS)}  ${name}`;
  const own = row.ways.filter((way) => !shared.has(turnKey(way))).map((way) => wayText(way, text));
  if (!inTable) return [start.trimEnd(), ...wrapList([...typeWords(row), ...own], width, 6)];
  const table = `${start}  ${row.types.map(({ turn }) => MARKS[turn]).join('   ')}`;
  const left = textWidth(table) + 4;
  if (width - left < LEAST_WAYS_COLUMNS) return [table, ...wrapList(own, width, 6)];
  const [first, ...rest] = wrapList(own, width, left);
  return first === undefined ? [table] : [`${table}    ${first.trimStart()}`, ...rest];
}

/** The same as the marks, for terminals without room for the table. */
function typeWords({ types }: CoverageRow): string[] {
  const signs = { missing: 'no ', gained: '+', lost: '-' } as const;
  return types.flatMap(({ type, turn }) => (turn === 'kept' ? [] : [`${signs[turn]}${HEADS[type] ?? type}`]));
}

/** The ways that all accounts of a group have alike. */
function sharedWays(rows: readonly CoverageRow[]): readonly CoverageWay[] {
  const [first, ...others] = rows;
  return (first?.ways ?? []).filter((way) =>
    others.every(({ ways }) => ways.some((one) => turnKey(one) === turnKey(way))),
  );
}

const turnKey = ({ key, turn }: CoverageWay): string => `${turn} ${key}`;

/** `SecOps (directory)`, `+CloudDesk (/Platform)`, `-PayOnCall (directly)`. */
function wayText(
  { contact, via, turn }: CoverageWay,
  { folderPaths }: Pick<CoverageText, 'folderPaths'>,
): string {
  const sign = { kept: '', gained: '+', lost: '-' }[turn];
  return `${sign}${displayText(contact)} (${viaText(via, folderPaths)})`;
}

function viaText({ type, id }: CoverageWay['via'], folderPaths: ReadonlyMap<string, string>): string {
  if (type === 'account') return 'directly';
  return type === 'directory' ? 'directory' : displayText(folderPaths.get(id) ?? id);
}

function footnotes({ after, inactive, refusedBy, people }: CoverageText, width: number): string[] {
  const plan = after === undefined ? '' : '; the plan gains + and loses -';
  const names = inactive.map(({ name, status }) => `${displayText(name)} (${displayText(status)})`);
  const notes = [
    `x brought, . brought by nobody${plan}. ${LEGEND}.`,
    `Only Active contacts reach anybody${names.length === 0 ? '' : `; not counted: ${names.join(', ')}`}.`,
    'The management account is not listed: contacts cannot be bound to it.',
    ...(refusedBy.length === 0 ? [] : [`The guard would refuse this plan: ${refusedBy.join(', ')}.`]),
  ];
  const reached = people.map(
    (person) => `${displayText(person.name ?? person.id)}: ${personInWords(person)}`,
  );
  return [...notes.flatMap((note) => words(note, width)), ...reached];
}

function nameColumns(rows: readonly CoverageRow[], width: number): number {
  const longest = Math.max(0, ...rows.map(({ name }) => textWidth(displayText(name))));
  const room = width >= LEAST_TABLE_COLUMNS ? width - LEAST_TABLE_COLUMNS + 16 : width - ID_COLUMNS - 4;
  return Math.min(longest, Math.max(12, Math.min(MOST_NAME_COLUMNS, room)));
}

const padded = (text: string, columns: number): string =>
  `${text}${' '.repeat(Math.max(0, columns - textWidth(text)))}`;
