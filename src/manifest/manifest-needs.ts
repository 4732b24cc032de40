import { type FolderId, parseFolderId } from '../model/ids.ts';
import type { FolderPath, Manifest, Ownership, Selector } from '../model/manifest.ts';
import type { Needs } from '../model/needs.ts';

/** What must be read before a manifest can be resolved. */
export interface ManifestNeeds extends Needs {
  /** Those that are written, Root left out: it has no name to look up. */
  readonly folders: readonly FolderPath[];
  /** Folders written by id: whether they exist is to be checked, see `foldersToConfirm`. */
  readonly folderIds: readonly FolderId[];
}

/** @param ownership  what a flag or the job file says in place of the manifest */
export function manifestNeeds(manifest: Manifest, ownership?: Ownership): ManifestNeeds {
  const selectors = [...new Set(allSelectors(manifest))];
  const refs = manifest.aggregators.map(({ ref }) => ref);
  const exclusive = (ownership ?? manifest.ownership) === 'exclusive';
  return {
    contacts: manifest.contacts.length > 0 || exclusive,
    aggregators: {
      ids: refs.flatMap((ref) => (ref.by === 'id' ? [ref.id] : [])),
      names: refs.flatMap((ref) => (ref.by === 'name' ? [ref.name] : [])),
      all: exclusive,
    },
    folders: selectors.flatMap(folderPathOf),
    tags: selectors.some(({ type }) => type === 'tag'),
    folderIds: [...new Set(selectors.flatMap(folderIdOf))],
  };
}

function* allSelectors(manifest: Manifest): Generator<Selector, void> {
  for (const { members, except } of [...manifest.contacts, ...manifest.aggregators]) {
    for (const { selector } of members) yield selector;
    for (const { selector } of except) yield selector;
  }
  for (const { selector } of manifest.protected) yield selector;
}

function folderPathOf(selector: Selector): readonly FolderPath[] {
  const written =
    selector.type === 'folder-path' ? selector.path : selector.type === 'accounts-in' && selector.folder;
  return typeof written === 'object' && written.names.length > 0 ? [written] : [];
}

function folderIdOf(selector: Selector): readonly FolderId[] {
  if (selector.type === 'folder') return [selector.id];
  if (selector.type !== 'accounts-in' || typeof selector.folder !== 'string') return [];
  const id = parseFolderId(selector.folder);
  return id === undefined ? [] : [id];
}
