import { h } from 'preact';
import { groupBy } from '../../model/group-by.ts';
import { ownReasons } from '../own-reasons.ts';
import { groupByOwner, isRemoval, type OwnerGroup } from '../owner-groups.ts';
import { putAside } from '../put-aside.ts';
import type { ReportChange, ReportTarget } from '../report-schema.ts';
import { displayText } from '../scrub.ts';
import { counted, grouped, memberInWords, sourceInWords } from '../words.ts';
import { ownerInWords } from './change-table.ts';
import { signOf } from './data-table.ts';
import { type Html, plainTable } from './plain-table.ts';
import { statusMark } from './status-mark.ts';

/** Up to so many changes, all groups stand open. */
const MOST_OPEN = 40;
/** Beyond so many changes each group shows its first few, and the table below has them all. */
const MOST_WHOLE = 1000;
const FEW = 10;
const MOST_GROUPS = 150;

/** What changes, by contact and account group, with names and folder paths. */
export function changeGroups(target: ReportTarget): Html[] {
  const groups = groupByOwner(target.changes);
  const total = target.changes.length;
  const most = total > MOST_WHOLE ? FEW : total;
  const row = rowRenderer(target);
  const shown = groups
    .slice(0, MOST_GROUPS)
    .map((group) =>
      h('details', { class: 'group', open: total <= MOST_OPEN }, [
        h('summary', null, summaryOf(group, target)),
        membersOf(group, most, row),
        group.changes.length > most ? moreOf(group, most) : undefined,
      ]),
    );
  const left = groups.length - shown.length;
  return left > 0
    ? [
        ...shown,
        h('p', null, `${counted(left, 'more contact or group', 'more contacts and groups')} in the table.`),
      ]
    : shown;
}

function summaryOf(group: OwnerGroup, target: ReportTarget): Html[] {
  const { kind, id, name, changes } = group;
  const aside = putAside(target);
  const removals = changes.filter(isRemoval).length;
  const additions = changes.length - removals;
  const statuses = [...groupBy(changes, ({ outcome }) => aside ?? outcome.status)].filter(
    ([status]) => status !== 'planned',
  );
  const parts = [
    h('span', { class: 'kind' }, kind === 'contact' ? 'Contact' : 'Account group'),
    h('bdi', { class: 'owner' }, displayText(name ?? id)),
    ...(name === null ? [] : [h('span', { class: 'id' }, displayText(id))]),
    ...(additions > 0 ? [h('span', { class: 'tally adds' }, `+${grouped(additions)}`)] : []),
    ...(removals > 0 ? [h('span', { class: 'tally removes' }, `−${grouped(removals)}`)] : []),
    ...statuses.map(([status, some]) => statusMark(status, some.length)),
  ];
  // With spaces between them, a narrow page can break the line.
  return parts.flatMap((part) => [part, ' ']);
}

type RowRenderer = (change: ReportChange) => Html;

function membersOf(group: OwnerGroup, most: number, row: RowRenderer): Html {
  const caption = `Changes of ${displayText(group.name ?? group.id)}`;
  return plainTable(
    caption,
    ['Action', 'Member', 'Name and path', 'From', 'Outcome'],
    group.changes.slice(0, most).map(row),
    { class: 'members' },
  );
}

function rowRenderer(target: ReportTarget): RowRenderer {
  const aside = putAside(target);
  const reasons = aside === undefined ? ownReasons(target.changes) : new Map<string, string>();
  return (change) => {
    const reason = reasons.get(change.id);
    return h('tr', null, [
      h('td', { class: `action ${signOf(change.action)}` }, change.action),
      h('th', { scope: 'row', class: 'id' }, displayText(change.member.id)),
      h('td', { class: 'name' }, h('bdi', null, memberInWords(change.member))),
      h('td', { class: 'text' }, sourceInWords(change)),
      h('td', { class: 'status' }, [
        statusMark(aside ?? change.outcome.status),
        ...(reason === undefined ? [] : [h('p', { class: 'reason' }, reason)]),
      ]),
    ]);
  };
}

function moreOf({ changes }: OwnerGroup, most: number): Html {
  const [first] = changes;
  const left = counted(changes.length - most, 'more change');
  return h('p', { class: 'more' }, [
    `${left} in the table of all changes. `,
    h(
      'button',
      {
        type: 'button',
        class: 'needs-script',
        'data-show': 'changes',
        'data-set-owner': first === undefined ? '' : ownerInWords(first),
      },
      'Show them there',
    ),
  ]);
}
