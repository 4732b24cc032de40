import { type FolderId, parseFolderId } from '../model/ids.ts';
import type { Manifest, Ownership, Selector } from '../model/manifest.ts';
import type { Needs } from '../model/needs.ts';

/** What must be read before a manifest can be resolved. */
export interface ManifestNeeds extends Needs {
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
    folderNames: selectors.some(namesFolder),
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

/** Root has no name to look up. */
function namesFolder(selector: Selector): boolean {
  if (selector.type === 'folder-path') return true;
  return (
    selector.type === 'accounts-in' && typeof selector.folder === 'object' && selector.folder.names.length > 0
  );
}

function folderIdOf(selector: Selector): readonly FolderId[] {
  if (selector.type === 'folder') return [selector.id];
  if (selector.type !== 'accounts-in' || typeof selector.folder !== 'string') return [];
  const id = parseFolderId(selector.folder);
  return id === undefined ? [] : [id];
}
