import type { Account, Contact, FoldersOnPaths } from '../model/actual-state.ts';
import type { FolderId } from '../model/ids.ts';

/** Folders that contacts are bound to and that show neither in an account's path nor in what was listed. */
export function unseenFolders(
  contacts: readonly Contact[],
  accounts: readonly Account[],
  onPaths: FoldersOnPaths | undefined,
): readonly FolderId[] {
  const seen = new Set([
    ...accounts.flatMap(({ folderPath }) => folderPath),
    ...(onPaths?.byId.keys() ?? []),
  ]);
  return [...boundFolders(contacts)].filter((id) => !seen.has(id));
}

function boundFolders(contacts: readonly Contact[]): ReadonlySet<FolderId> {
  const ids = new Set<FolderId>();
  for (const { bindings } of contacts) {
    for (const { target } of bindings.values()) if (target.type === 'folder') ids.add(target.id);
  }
  return ids;
}
