import {
  type AccountId,
  type DirectoryId,
  type FolderId,
  parseAccountId,
  parseDirectoryId,
  parseFolderId,
  type RootFolderId,
} from './ids.ts';

/**
 * What a contact can be bound to. The whole directory has one canonical form, its `rd-` id, however the
 * service or the manifest spells it: equal targets have equal `id`s.
 */
export type Target =
  | { readonly type: 'account'; readonly id: AccountId }
  | { readonly type: 'folder'; readonly id: FolderId }
  | { readonly type: 'directory'; readonly id: DirectoryId };

export type TargetId = Target['id'];

/** The ids by which one directory calls itself. */
export interface DirectoryNames {
  readonly id: DirectoryId;
  readonly rootFolderId: RootFolderId;
}

/**
 * @param wireId  an object id as the service or a manifest spells it
 * @returns undefined when it has none of the documented shapes, or is a Root folder of another directory
 */
export function parseTarget(wireId: string, directory: DirectoryNames): Target | undefined {
  if (wireId === directory.rootFolderId || wireId === directory.id) {
    return { type: 'directory', id: directory.id };
  }
  const accountId = parseAccountId(wireId);
  if (accountId !== undefined) return { type: 'account', id: accountId };
  const folderId = parseFolderId(wireId);
  if (folderId !== undefined) return { type: 'folder', id: folderId };
  const directoryId = parseDirectoryId(wireId);
  if (directoryId !== undefined) return { type: 'directory', id: directoryId };
  return undefined;
}
