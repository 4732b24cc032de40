import { h } from 'preact';
import { compareText } from '../../model/compare.ts';
import type { RunMode } from '../../model/target-result.ts';
import type { ReportMap, ReportTarget } from '../report-schema.ts';
import { displayText } from '../scrub.ts';
import { counted, grouped, listed } from '../words.ts';
import { dataTable } from './data-table.ts';
import { type FolderNode, folderTree } from './folder-tree.ts';
import { type Html, plainTable } from './plain-table.ts';
import { type ReachPattern, type ReachPatterns, reachPatterns } from './reach-patterns.ts';

/** With more accounts than these the cells are small. */
const MOST_LARGE_CELLS = 400;

/** Who reaches which account, drawn over the folder tree and told in a table; undefined where it is not known. */
export function coverageSection(target: ReportTarget, mode: RunMode, anchor: string): Html[] | undefined {
  const { map, coverage } = target;
  if (coverage === null || coverage.accounts === 0) return undefined;
  const head = h('p', null, coverageInWords(coverage, mode === 'plan' && target.changes.length > 0));
  if (map === null) return [head];
  const patterns = reachPatterns(map);
  const names = new Map(map.contacts.map(({ id, name }) => [id, displayText(name ?? id)]));
  const size = map.accounts.length > MOST_LARGE_CELLS ? 'small' : 'large';
  return [
    head,
    h('div', { class: `coverage ${size}` }, [
      h('ul', { class: 'map' }, folderItem(folderTree(map), patterns, names)),
      h('div', { class: 'key' }, legendTable(patterns.legend, names)),
    ]),
    accountTable(map, names, anchor),
  ];
}

function coverageInWords(
  { accounts, reached }: NonNullable<ReportTarget['coverage']>,
  isForeseen: boolean,
): string {
  const foreseen = isForeseen ? ', if the plan is applied' : '';
  const missing = accounts === reached ? '' : ` ${counted(accounts - reached, 'is', 'are')} reached by none.`;
  return `${grouped(reached)} of ${counted(accounts, 'account')} reached by a contact${foreseen}.${missing}`;
}

function legendTable(legend: readonly ReachPattern[], names: ReadonlyMap<string, string>): Html {
  return plainTable(
    'What the cells of the map mean',
    ['Cell', 'Reached by', 'Accounts'],
    legend.map((pattern) =>
      h('tr', null, [
        h('td', null, h('span', { class: `cell ${pattern.key}`, role: 'img', 'aria-label': pattern.mark })),
        h('th', { scope: 'row', class: 'text' }, contactsInWords(pattern, names)),
        h('td', { class: 'number' }, grouped(pattern.count)),
      ]),
    ),
    { class: 'small' },
  );
}

function contactsInWords({ key, contacts }: ReachPattern, names: ReadonlyMap<string, string>): string {
  if (key === 'none') return 'no contact';
  return key === 'other' ? 'other combinations of contacts' : allOf(contacts, names);
}

const allOf = (contacts: readonly string[], names: ReadonlyMap<string, string>): string =>
  contacts
    .map((id) => names.get(id) ?? displayText(id))
    .sort(compareText)
    .join(', ');

function folderItem(folder: FolderNode, patterns: ReachPatterns, names: ReadonlyMap<string, string>): Html {
  const { name, accounts, folders, total, unreached } = folder;
  return h(
    'li',
    null,
    h('details', { open: true }, [
      h('summary', null, [
        h('bdi', null, displayText(name)),
        h('span', { class: 'tally' }, counted(total, 'account')),
        unreached > 0 ? h('span', { class: 'mark bad' }, `${grouped(unreached)} unreached`) : undefined,
      ]),
      accounts.length > 0 ? cells(folder, patterns, names) : undefined,
      folders.length > 0
        ? h(
            'ul',
            null,
            folders.map((one) => folderItem(one, patterns, names)),
          )
        : undefined,
    ]),
  );
}

function cells(
  { name, accounts }: FolderNode,
  patterns: ReachPatterns,
  names: ReadonlyMap<string, string>,
): Html {
  const none = accounts.filter(({ contacts }) => contacts.length === 0);
  const unreached =
    none.length === 0 ? '' : `; reached by none: ${listed(none.map((one) => displayText(one.name)))}`;
  const label = `${counted(accounts.length, 'account')} directly in ${displayText(name)}${unreached}`;
  return h(
    'div',
    { class: 'cells', role: 'img', 'aria-label': label },
    accounts.map((account) => {
      const by = account.contacts.length === 0 ? 'no contact' : allOf(account.contacts, names);
      const title = `${displayText(account.name)} (${account.id}): ${by}`;
      return h('i', { class: `cell ${patterns.of(account).key}`, title });
    }),
  );
}

function accountTable(map: ReportMap, names: ReadonlyMap<string, string>, anchor: string): Html {
  const paths = pathsOf(folderTree(map));
  const rows = map.accounts
    .toSorted((a, b) => Number(a.contacts.length > 0) - Number(b.contacts.length > 0))
    .map(({ id, name, folderId, contacts }) => [
      displayText(`${paths.get(folderId ?? '') ?? ''}/${name} (${id})`),
      contacts.length === 0 ? 'unreached' : 'reached',
      allOf(contacts, names),
    ]);
  return dataTable({
    name: `${anchor}-accounts`,
    caption: 'All accounts',
    noun: 'account',
    columns: [
      { label: 'Account', kind: 'member' },
      { label: 'Coverage', kind: 'status' },
      { label: 'Contacts', kind: 'name' },
    ],
    filters: [
      { name: 'search', label: 'Search', columns: [0, 2] },
      { name: 'coverage', label: 'Coverage', columns: [1], choices: ['reached', 'unreached'] },
      { name: 'contact', label: 'Contact', columns: [2] },
    ],
    rows,
  });
}

/** By folder id; Root has the empty one. */
function pathsOf(root: FolderNode): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const visit = (node: FolderNode): void => {
    paths.set(node.id, node.path);
    for (const folder of node.folders) visit(folder);
  };
  visit(root);
  return paths;
}
