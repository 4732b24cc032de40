import type { Folder, FoldersOnPaths } from '../model/actual-state.ts';
import { groupBy } from '../model/group-by.ts';
import type { FolderId, RootFolderId } from '../model/ids.ts';
import type { FolderPath } from '../model/manifest.ts';

type Names = FolderPath['names'];
type ParentId = FolderId | RootFolderId;

/**
 * The listings that tell what stands at some paths: each folder on the way once, also where several paths lead
 * through it, and none below. A name that is not there, or twice, ends its paths; the listing shows why.
 * @param list  the folders directly in a folder, completely
 */
export async function readFoldersOnPaths(
  root: RootFolderId,
  paths: readonly FolderPath[],
  list: (parent: ParentId) => Promise<readonly Folder[]>,
): Promise<FoldersOnPaths> {
  const byId = new Map<FolderId, Folder>();
  const listed = new Set<ParentId>();

  async function follow(parent: ParentId, ways: readonly Names[]): Promise<void> {
    const further = ways.filter((names) => names.length > 0);
    if (further.length === 0) return;
    const children = await list(parent);
    listed.add(parent);
    for (const child of children) byId.set(child.id, child);
    await Promise.all(
      [...groupBy(further, ([first]) => first)].map(async ([name, through]) => {
        const [found, other] = children.filter((child) => child.name === name);
        if (found === undefined || other !== undefined) return;
        await follow(
          found.id,
          through.map((names) => names.slice(1)),
        );
      }),
    );
  }

  await follow(
    root,
    paths.map(({ names }) => names),
  );
  return { byId, listed };
}
