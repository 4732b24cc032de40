import type { Account, ActualState, Directory, Folder, FoldersOnPaths } from '../model/actual-state.ts';
import { groupBy } from '../model/group-by.ts';
import type { AccountId, FolderId, RootFolderId } from '../model/ids.ts';
import type { Target } from '../model/target.ts';

/** The directory as it was read, with the questions that selectors ask of it. */
export class DirectoryView {
  readonly directory: Directory;
  readonly #accounts: ReadonlyMap<AccountId, Account> | undefined;
  /** The whole tree. */
  readonly #folders: ReadonlyMap<FolderId, Folder> | undefined;
  readonly #foldersOnPaths: FoldersOnPaths | undefined;
  readonly #folderIds: ReadonlySet<FolderId>;
  #byName: ReadonlyMap<string, readonly Account[]> | undefined;

  /** @param knownFolderIds  folders that were asked for one by one and do exist */
  constructor(actual: ActualState, knownFolderIds: ReadonlySet<FolderId>) {
    this.directory = actual.directory;
    this.#accounts = actual.accounts;
    this.#folders = actual.folders;
    this.#foldersOnPaths = actual.foldersOnPaths;
    this.#folderIds = allFolderIds(actual, knownFolderIds);
  }

  /** Every member account. @throws Error when accounts were not read: a defect, since selectors need them */
  accounts(): readonly Account[] {
    if (this.#accounts === undefined)
      throw new Error('a selector needs the accounts, and they were not read');
    return [...this.#accounts.values()];
  }

  accountsNamed(name: string): readonly Account[] {
    this.#byName ??= groupBy(this.accounts(), ({ displayName }) => displayName);
    return this.#byName.get(name) ?? [];
  }

  accountNames(): Iterable<string> {
    return this.accounts().map(({ displayName }) => displayName);
  }

  /** True also when accounts were not read: then nothing says otherwise. */
  hasAccount(id: AccountId): boolean {
    return this.#accounts === undefined || this.isMember(id) || id === this.directory.managementAccountId;
  }

  isMember(id: AccountId): boolean {
    return this.#accounts?.has(id) ?? false;
  }

  hasFolder(id: FolderId): boolean {
    return this.#folderIds.has(id);
  }

  /** Whether a target is certainly no longer there. Of a folder only the whole tree can tell. */
  isGone(target: Target): boolean {
    if (target.type === 'account') return !this.hasAccount(target.id);
    if (target.type === 'directory') return target.id !== this.directory.id;
    return this.#folders !== undefined && !this.hasFolder(target.id);
  }

  folderIds(): Iterable<FolderId> {
    return this.#folderIds;
  }

  /**
   * What is known of the tree: the folder, or Root, that each folder is in. Folders without accounts show only
   * where folders were listed; one that is known by its id alone is taken to be in Root.
   */
  folderParents(): ReadonlyMap<FolderId, FolderId | RootFolderId> {
    const { rootFolderId } = this.directory;
    const parents = new Map<FolderId, FolderId | RootFolderId>(
      [...this.#folderIds].map((id) => [id, rootFolderId]),
    );
    for (const { folderPath } of this.accounts()) {
      for (const [depth, id] of folderPath.entries()) parents.set(id, folderPath[depth - 1] ?? rootFolderId);
    }
    for (const { id, parentId } of this.#named()?.values() ?? []) parents.set(id, parentId);
    return parents;
  }

  /** The names from Root down to a folder; undefined when they were not read. */
  folderNames(id: FolderId): readonly string[] | undefined {
    const names: string[] = [];
    for (let here = this.#named()?.get(id); here !== undefined; here = this.#parentOf(here)) {
      names.unshift(here.name);
    }
    return names.length === 0 ? undefined : names;
  }

  accountName(id: AccountId): string {
    return this.#accounts?.get(id)?.displayName ?? '';
  }

  knowsAccounts(): boolean {
    return this.#accounts !== undefined;
  }

  #parentOf({ parentId }: Folder): Folder | undefined {
    return this.#named()?.get(parentId as FolderId);
  }

  /** The folders directly in a folder. @throws Error when they were not listed: a defect, since paths need them */
  foldersIn(parentId: FolderId | RootFolderId): readonly Folder[] {
    const isListed = this.#folders !== undefined || this.#foldersOnPaths?.listed.has(parentId) === true;
    if (!isListed) throw new Error('a folder path needs folders that were not read');
    return [...(this.#named()?.values() ?? [])].filter((folder) => folder.parentId === parentId);
  }

  #named(): ReadonlyMap<FolderId, Folder> | undefined {
    return this.#folders ?? this.#foldersOnPaths?.byId;
  }
}

function allFolderIds(actual: ActualState, known: ReadonlySet<FolderId>): ReadonlySet<FolderId> {
  const named = actual.folders ?? actual.foldersOnPaths?.byId;
  const ids = new Set([...known, ...(named?.keys() ?? [])]);
  for (const { folderPath } of actual.accounts?.values() ?? []) {
    for (const id of folderPath) ids.add(id);
  }
  return ids;
}
