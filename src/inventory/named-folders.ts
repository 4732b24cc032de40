import type { Account, ActualState, Contact, Directory, Folder } from '../model/actual-state.ts';
import type { FolderId, RootFolderId } from '../model/ids.ts';
import type { Needs } from '../model/needs.ts';
import { byId } from './by-id.ts';
import { readFoldersOnPaths } from './folders-on-paths.ts';
import { unseenFolders } from './unseen-folders.ts';

type NamedFolders = Pick<ActualState, 'folders' | 'foldersOnPaths'>;

/** The readings of folders, each at its turn. */
interface FolderReadings {
  /** The whole tree below. */
  folders(parent: RootFolderId | FolderId): Promise<Folder[]>;
  foldersIn(parent: RootFolderId | FolderId): Promise<Folder[]>;
  folder(id: FolderId): Promise<Folder | undefined>;
}

/** As many folders as a manifest needs: the tree, those along its paths, or none. */
export async function readNamedFolders(
  { rootFolderId }: Directory,
  needed: Needs['folders'],
  readings: FolderReadings,
): Promise<NamedFolders> {
  if (needed === 'all') return { folders: byId(await readings.folders(rootFolderId)) };
  if (needed.length === 0) return { folders: undefined };
  const list = (parent: RootFolderId | FolderId): Promise<Folder[]> => readings.foldersIn(parent);
  return { folders: undefined, foldersOnPaths: await readFoldersOnPaths(rootFolderId, needed, list) };
}

/**
 * That a bound folder is gone can be told from the whole tree only, so it is read where one that shows neither
 * in an account's path nor on the way along a manifest's paths cannot be found.
 */
export async function readTreeIfFolderIsGone(
  { rootFolderId }: Directory,
  { accounts, contacts }: { readonly accounts: readonly Account[]; readonly contacts: readonly Contact[] },
  named: NamedFolders,
  readings: FolderReadings,
): Promise<NamedFolders> {
  if (named.folders !== undefined) return named;
  const unseen = unseenFolders(contacts, accounts, named.foldersOnPaths);
  const found = await Promise.all(unseen.map((id) => readings.folder(id)));
  return found.includes(undefined) ? { folders: byId(await readings.folders(rootFolderId)) } : named;
}
