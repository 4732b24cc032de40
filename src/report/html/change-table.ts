import { groupByOwner } from '../owner-groups.ts';
import { putAside } from '../put-aside.ts';
import type { Report, ReportChange, ReportTarget } from '../report-schema.ts';
import { displayText } from '../scrub.ts';
import { memberInWords, reasonInWords, requestInWords, sourceInWords } from '../words.ts';
import { type Column, dataTable, type Filter } from './data-table.ts';
import type { Html } from './plain-table.ts';

/** More contacts and groups than these are typed rather than chosen from a list. */
const MOST_CHOICES = 300;

interface Row {
  readonly change: ReportChange;
  readonly target: ReportTarget;
}

/** A column with what stands in it. */
interface ChangeColumn extends Column {
  readonly textOf: (row: Row) => string;
}

const COLUMNS = {
  action: { label: 'Action', kind: 'action', textOf: ({ change }) => change.action },
  owner: { label: 'Contact or group', kind: 'owner', textOf: ({ change }) => ownerInWords(change) },
  member: { label: 'Member', kind: 'member', textOf: ({ change }) => memberWithId(change) },
  source: { label: 'From', kind: 'text', textOf: ({ change }) => sourceInWords(change) },
  outcome: {
    label: 'Outcome',
    kind: 'status',
    textOf: ({ change, target }) => putAside(target) ?? change.outcome.status,
  },
  reason: { label: 'Why', kind: 'text', textOf: reasonOf },
  directory: { label: 'Directory', kind: 'name', textOf: ({ target }) => displayText(target.name) },
} satisfies Record<string, ChangeColumn>;

/** Every change of the run, to search and filter; undefined where there is none. */
export function changeTable({ targets }: Report): Html | undefined {
  const rows = targets.flatMap((target) =>
    groupByOwner(target.changes).flatMap(({ changes }) => changes.map((change) => ({ change, target }))),
  );
  if (rows.length === 0) return undefined;
  const { reason, directory, ...always } = COLUMNS;
  const columns: readonly ChangeColumn[] = [
    ...Object.values(always),
    ...(rows.some((row) => reasonOf(row) !== '') ? [reason] : []),
    ...(targets.length > 1 ? [directory] : []),
  ];
  return dataTable({
    name: 'changes',
    caption: 'All changes',
    noun: 'change',
    columns,
    filters: filtersFor(columns, rows),
    rows: rows.map((row) => columns.map(({ textOf }) => textOf(row))),
  });
}

/** A request id is of use to those who have something to ask. */
function reasonOf({ change: { outcome }, target }: Row): string {
  const reason = putAside(target) === undefined ? reasonInWords(outcome) : '';
  return reason === '' ? '' : `${reason}${requestInWords(outcome)}`;
}

/** `/Production/Payments/pay-prod (1738084522671234)`; the id alone where no name is known. */
function memberWithId({ member }: ReportChange): string {
  const name = memberInWords(member);
  return name === '' ? displayText(member.id) : `${name} (${displayText(member.id)})`;
}

/** `Ops (c-qL4HqKONzOM7a1b2)`, as the table shows it and its filter takes it. */
export const ownerInWords = ({ owner }: Pick<ReportChange, 'owner'>): string =>
  displayText(owner.name === null ? owner.id : `${owner.name} (${owner.id})`);

function filtersFor(columns: readonly ChangeColumn[], rows: readonly Row[]): Filter[] {
  const { owner, member, outcome, directory } = COLUMNS;
  const at = (...wanted: readonly ChangeColumn[]): number[] =>
    wanted.map((column) => columns.indexOf(column));
  const owners = choicesIn(owner, rows);
  const ownerFilter = { name: 'owner', label: owner.label, columns: at(owner) };
  return [
    { name: 'search', label: 'Search', columns: at(...columns) },
    { name: 'outcome', label: 'Outcome', columns: at(outcome), choices: choicesIn(outcome, rows) },
    owners.length > MOST_CHOICES ? ownerFilter : { ...ownerFilter, choices: owners },
    { name: 'member', label: 'Member', columns: at(member) },
    ...(columns.includes(directory)
      ? [
          {
            name: 'directory',
            label: 'Directory',
            columns: at(directory),
            choices: choicesIn(directory, rows),
          },
        ]
      : []),
  ];
}

const choicesIn = ({ textOf }: ChangeColumn, rows: readonly Row[]): string[] =>
  [...new Set(rows.map(textOf))].sort();
