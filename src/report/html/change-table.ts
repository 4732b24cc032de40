import { groupByOwner } from '../owner-groups.ts';
import { putAside } from '../put-aside.ts';
import type { Report, ReportChange, ReportTarget } from '../report-schema.ts';
import { displayText } from '../scrub.ts';
import { memberInWords, reasonInWords, requestInWords, sourceInWords } from '../words.ts';
import { type Column, dataTable, type Filter } from './data-table.ts';
import type { Html } from './plain-table.ts';

/** More contacts and groups than these are typed rather than chosen from a list. */
const MOST_CHOICES = 300;

const COLUMNS: readonly Column[] = [
  { label: 'Action', kind: 'action' },
  { label: 'Contact or group', kind: 'name' },
  { label: 'Member', kind: 'id' },
  { label: 'Name and path', kind: 'name' },
  { label: 'From', kind: 'text' },
  { label: 'Outcome', kind: 'status' },
  { label: 'Why', kind: 'text' },
];
const DIRECTORY: Column = { label: 'Directory', kind: 'name' };

/** Every change of the run, to search and filter; undefined where there is none. */
export function changeTable({ targets }: Report): Html | undefined {
  const several = targets.length > 1;
  const rows = targets.flatMap((target) => rowsOf(target, several));
  if (rows.length === 0) return undefined;
  return dataTable({
    name: 'changes',
    caption: 'All changes',
    noun: 'change',
    columns: several ? [...COLUMNS, DIRECTORY] : COLUMNS,
    filters: filtersFor(rows, several),
    rows,
  });
}

function rowsOf(target: ReportTarget, several: boolean): string[][] {
  const aside = putAside(target);
  const name = several ? [displayText(target.name)] : [];
  return groupByOwner(target.changes)
    .flatMap(({ changes }) => changes)
    .map((change) => [...cellsOf(change, aside), ...name]);
}

const cellsOf = (change: ReportChange, aside: string | undefined): string[] => [
  change.action,
  ownerInWords(change),
  displayText(change.member.id),
  memberInWords(change.member),
  sourceInWords(change),
  aside ?? change.outcome.status,
  aside === undefined ? `${reasonInWords(change.outcome)}${requestInWords(change.outcome)}` : '',
];

/** `Ops (c-qL4HqKONzOM7a1b2)`, as the table shows it and its filter takes it. */
export const ownerInWords = ({ owner }: Pick<ReportChange, 'owner'>): string =>
  displayText(owner.name === null ? owner.id : `${owner.name} (${owner.id})`);

function filtersFor(rows: readonly (readonly string[])[], several: boolean): Filter[] {
  const owners = choicesIn(rows, 1);
  const everywhere = (several ? [...COLUMNS, DIRECTORY] : COLUMNS).map((_, index) => index);
  return [
    { name: 'search', label: 'Search', columns: everywhere },
    { name: 'outcome', label: 'Outcome', columns: [5], choices: choicesIn(rows, 5) },
    {
      name: 'owner',
      label: 'Contact or group',
      columns: [1],
      ...(owners.length > MOST_CHOICES ? {} : { choices: owners }),
    },
    { name: 'member', label: 'Member', columns: [2, 3] },
    ...(several
      ? [{ name: 'directory', label: 'Directory', columns: [COLUMNS.length], choices: choicesIn(rows, 7) }]
      : []),
  ];
}

const choicesIn = (rows: readonly (readonly string[])[], column: number): string[] =>
  [...new Set(rows.map((row) => row[column] ?? ''))].sort();
