import type { Account } from '../model/actual-state.ts';
import type { DirectoryId, FolderId, RootFolderId } from '../model/ids.ts';
import type { Selector } from '../model/manifest.ts';
import type { Target } from '../model/target.ts';
import { didYouMean } from './did-you-mean.ts';
import type { DirectoryView } from './directory-view.ts';
import { findFolder } from './find-folder.ts';
import { faulty, type Parsed, parsed } from './finding.ts';
import { oneOf, show } from './show.ts';

/** Whether a selector stands for whatever it matches, rather than for one thing that was meant. */
export const isPattern = ({ type }: Selector): boolean =>
  type === 'accounts-in' || type === 'tag' || type === 'all-accounts';

/**
 * What a selector stands for. Ids of accounts and folders are not looked up here, since whether a missing one
 * is a problem depends on what is asked of it; a pattern that matches nothing gives an empty list.
 */
export function resolveSelector(selector: Selector, view: DirectoryView): Parsed<readonly Target[]> {
  switch (selector.type) {
    case 'account':
    case 'folder':
      // A selector by id is a target: of the same few accounts in many entries there is one each.
      return parsed([selector]);
    case 'directory':
      return directory(selector.id, view);
    case 'folder-path':
      return folderAt(selector, view);
    case 'account-name':
      return accountNamed(selector.name, view);
    case 'accounts-in':
      return accountsIn(selector, view);
    case 'tag':
      return parsed(
        targets(view.accounts().filter((account) => tagValue(account, selector.key) === selector.value)),
      );
    case 'all-accounts':
      return parsed(targets(view.accounts()));
    case 'management-account':
      return parsed([{ type: 'account', id: view.directory.managementAccountId }]);
  }
}

const targets = (accounts: readonly Account[]): readonly Target[] =>
  accounts.map(({ id }) => ({ type: 'account', id }));

function directory(
  written: DirectoryId | RootFolderId | undefined,
  view: DirectoryView,
): Parsed<readonly Target[]> {
  const { id, rootFolderId } = view.directory;
  if (written === undefined || written === id || written === rootFolderId)
    return parsed([{ type: 'directory', id }]);
  return faulty(
    'directory-other',
    `${show(written)} is another directory, this one is ${id} with Root ${rootFolderId}; write directory`,
  );
}

function folderAt(
  { path }: Extract<Selector, { type: 'folder-path' }>,
  view: DirectoryView,
): Parsed<readonly Target[]> {
  const found = findFolder(path, view);
  if (!found.ok) return found;
  if (found.value === view.directory.rootFolderId)
    return parsed([{ type: 'directory', id: view.directory.id }]);
  return parsed([{ type: 'folder', id: found.value as FolderId }]);
}

function accountNamed(name: string, view: DirectoryView): Parsed<readonly Target[]> {
  const found = view.accountsNamed(name);
  if (found.length === 1) return parsed(targets(found));
  if (found.length > 1) {
    const ids = oneOf(found.map(({ id }) => id));
    return faulty(
      'account-name-ambiguous',
      `${found.length} accounts have the display name ${show(name)}; write the id, ${ids}`,
    );
  }
  if (name === view.directory.managementAccountName) {
    return faulty(
      'account-name-not-found',
      `${show(name)} is the management account; write management-account`,
    );
  }
  const hint = didYouMean(name, view.accountNames()) || '; check the name, or write the id';
  return faulty('account-name-not-found', `no account has the display name ${show(name)}${hint}`);
}

function accountsIn(
  { folder, depth }: Extract<Selector, { type: 'accounts-in' }>,
  view: DirectoryView,
): Parsed<readonly Target[]> {
  const found = typeof folder === 'string' ? folderById(folder, view) : findFolder(folder, view);
  if (!found.ok) return found;
  const id = found.value;
  return parsed(
    targets(
      view
        .accounts()
        .filter((account) => (depth === 'direct' ? account.folderId === id : isBelow(account, id, view))),
    ),
  );
}

function folderById(id: FolderId | RootFolderId, view: DirectoryView): Parsed<FolderId | RootFolderId> {
  if (id === view.directory.rootFolderId) return parsed(id);
  if (id.startsWith('r-')) {
    return faulty(
      'directory-other',
      `${show(id)} is the Root of another directory, this one is ${view.directory.rootFolderId}; write accounts-in:/**`,
    );
  }
  if (view.hasFolder(id as FolderId)) return parsed(id);
  return faulty(
    'folder-not-in-directory',
    `folder ${show(id)} is not in the directory${didYouMean(id, view.folderIds()) || '; check the id'}`,
  );
}

const isBelow = (account: Account, id: FolderId | RootFolderId, view: DirectoryView): boolean =>
  id === view.directory.rootFolderId ||
  account.folderId === id ||
  account.folderPath.some((above) => above === id);

/** @throws Error when tags were not read: a tag that is not seen would read as an account to remove */
function tagValue({ id, tags }: Account, key: string): string | undefined {
  if (tags === undefined)
    throw new Error(`a tag selector needs the tags of account ${id}, and they were not read`);
  return tags.get(key);
}
