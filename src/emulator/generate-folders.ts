import type { Draw } from './draw.ts';
import { ENVIRONMENTS, FOLDER_NAMES } from './generated-words.ts';
import type { EmulatedFolder } from './state.ts';

export interface PlacedFolder extends EmulatedFolder {
  /** 1 directly below the root, up to 5. */
  readonly level: number;
  /** What its path says about it, if anything: prod, staging, dev, sandbox. */
  readonly environment: string | undefined;
}

const DEEPEST = FOLDER_NAMES.length;
/** Of a hundred folders, so many stand directly below the root. */
const AT_ROOT = 0.05;

/** A tree with sibling names that differ, and a branch down to the deepest level when there are folders enough. */
export function generateFolders(count: number, rootFolderId: string, draw: Draw): PlacedFolder[] {
  const folders: PlacedFolder[] = [];
  const open: PlacedFolder[] = [];
  const taken = new Map<string, number>();
  for (let index = 0; index < count; index += 1) {
    const parent = parentOf(index, open, draw);
    const folder = folderIn(parent, rootFolderId, index, taken, draw);
    folders.push(folder);
    if (folder.level < DEEPEST) open.push(folder);
  }
  return folders;
}

/** The first ones hang below each other, the others anywhere there is room below. */
function parentOf(index: number, open: readonly PlacedFolder[], draw: Draw): PlacedFolder | undefined {
  if (index < DEEPEST) return open.at(-1);
  return draw.chance(AT_ROOT) ? undefined : draw.pick(open);
}

function folderIn(
  parent: PlacedFolder | undefined,
  rootFolderId: string,
  index: number,
  taken: Map<string, number>,
  draw: Draw,
): PlacedFolder {
  const level = (parent?.level ?? 0) + 1;
  const word = draw.pick(FOLDER_NAMES[level - 1] ?? ['Folder']);
  const parentId = parent?.id ?? rootFolderId;
  const key = `${parentId}/${word}`;
  const before = taken.get(key) ?? 0;
  taken.set(key, before + 1);
  return {
    id: `fd-${draw.letters(8)}${index}`,
    name: before === 0 ? word : `${word} ${before + 1}`,
    parent: parentId,
    level,
    environment: ENVIRONMENTS.find((name) => name === word.toLowerCase()) ?? parent?.environment,
  };
}
