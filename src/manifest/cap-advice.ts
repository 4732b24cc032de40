import { groupBy } from '../model/group-by.ts';
import type { AccountId, DirectoryId, FolderId, RootFolderId } from '../model/ids.ts';
import { parseTarget, type TargetId } from '../model/target.ts';
import { type Cover, type CoverNode, cheapestCover } from './cheapest-cover.ts';
import type { DirectoryView } from './directory-view.ts';
import { pathText } from './selector-text.ts';
import { count, show } from './show.ts';

const MAX_NAMED = 3;

/**
 * What to bind in place of more targets than a contact can have, and whom that reaches besides.
 * @param targets  all that the contact would be bound to; what is gone from the directory keeps its place
 * @returns undefined when the cap leaves no room, or accounts were not read
 */
export function capAdvice(
  targets: ReadonlySet<TargetId>,
  cap: number,
  view: DirectoryView,
): string | undefined {
  if (!view.knowsAccounts()) return undefined;
  const there = [...targets].filter((id) => isThere(id, view));
  const room = cap - (targets.size - there.length);
  const cover = cheapestCover(coverTree(view), new Set(there), room);
  return cover && advise(cover, there, view);
}

function isThere(id: TargetId, view: DirectoryView): boolean {
  const target = parseTarget(id, view.directory);
  return target !== undefined && !view.isGone(target);
}

function coverTree(view: DirectoryView): CoverNode {
  const accounts = groupBy(view.accounts(), ({ folderId }) => folderId);
  const folders = groupBy([...view.folderParents()], ([, parent]) => parent);
  const node = (id: FolderId | DirectoryId, key: FolderId | RootFolderId): CoverNode => ({
    id,
    accounts: (accounts.get(key) ?? []).map((account) => account.id),
    folders: (folders.get(key) ?? []).map(([folder]) => node(folder, folder)),
  });
  return node(view.directory.id, view.directory.rootFolderId);
}

function advise({ targets, others }: Cover, there: readonly TargetId[], view: DirectoryView): string {
  const kept = new Set<TargetId>(targets);
  const before = new Set(there);
  const bound = targets.filter((id) => !before.has(id)).map((id) => targetText(id, view));
  const replaced = there.filter((id) => !kept.has(id)).length;
  if (bound.length === 0) return `take away ${replaced} of them, which the others cover`;
  return `bind ${listText(bound)} in place of ${replaced} of them, ${othersText(others, view)}`;
}

function targetText(id: Cover['targets'][number], view: DirectoryView): string {
  if (id === view.directory.id) return 'the directory';
  const names = view.folderNames(id as FolderId);
  return names === undefined ? `folder ${id}` : `folder ${id} (${show(pathText({ names }))})`;
}

function othersText(others: readonly AccountId[], view: DirectoryView): string {
  if (others.length === 0) return 'which reaches nobody else';
  const named = others.slice(0, MAX_NAMED).map((id) => `${id} (${show(view.accountName(id))})`);
  const rest = others.length - named.length;
  const list = listText(rest === 0 ? named : [...named, `${rest} more`]);
  return `which reaches ${count(others.length, 'other account')} too: ${list}`;
}

const listText = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
