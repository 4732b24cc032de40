import type { ActualState } from '../model/actual-state.ts';
import type { FolderId } from '../model/ids.ts';
import type { Manifest } from '../model/manifest.ts';
import { DirectoryView } from './directory-view.ts';
import { manifestNeeds } from './manifest-needs.ts';

/**
 * Folders that the manifest writes by id and that showed nowhere in what was read: no account is below them,
 * or they do not exist. Those that are found when asked for go to `resolveManifest` as `knownFolderIds`.
 */
export function foldersToConfirm(manifest: Manifest, actual: ActualState): readonly FolderId[] {
  const view = new DirectoryView(actual, new Set());
  return manifestNeeds(manifest).folderIds.filter((id) => !view.hasFolder(id));
}
