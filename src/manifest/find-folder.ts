import type { FolderId, RootFolderId } from '../model/ids.ts';
import type { FolderPath } from '../model/manifest.ts';
import { didYouMean } from './did-you-mean.ts';
import type { DirectoryView } from './directory-view.ts';
import { faulty, type Parsed, parsed } from './finding.ts';
import { pathText } from './selector-text.ts';
import { oneOf, show } from './show.ts';

/** The folder at a path, name by name from Root. Letter case counts, as it does in the service (inferred). */
export function findFolder(path: FolderPath, view: DirectoryView): Parsed<FolderId | RootFolderId> {
  let here: FolderId | RootFolderId = view.directory.rootFolderId;
  for (const [depth, name] of path.names.entries()) {
    const children = view.foldersIn(here);
    const named = children.filter((folder) => folder.name === name);
    const [found, other] = named;
    const parent = pathText({ names: path.names.slice(0, depth) });
    if (found === undefined) {
      const guess = didYouMean(
        name,
        children.map((folder) => folder.name),
      );
      return faulty(
        'folder-path-not-found',
        `folder ${show(pathText(path))} is not in the directory: ${show(parent)} has no folder ${show(name)}${guess || '; check the path'}`,
      );
    }
    if (other !== undefined) {
      const ids = oneOf(named.map(({ id }) => id));
      return faulty(
        'folder-path-ambiguous',
        `folder ${show(pathText(path))} is ambiguous: ${show(parent)} has ${named.length} folders ${show(name)}; write its id, ${ids}`,
      );
    }
    here = found.id;
  }
  return parsed(here);
}
