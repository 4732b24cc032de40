import type { AccountId, DirectoryId, FolderId } from '../model/ids.ts';

/** A folder, or the directory itself at the top, with the accounts directly in it. */
export interface CoverNode {
  readonly id: FolderId | DirectoryId;
  readonly accounts: readonly AccountId[];
  readonly folders: readonly CoverNode[];
}

export interface Cover {
  /** Accounts, folders or the directory, at most as many as asked for. */
  readonly targets: readonly (AccountId | FolderId | DirectoryId)[];
  /** How many of them are not wanted themselves. */
  readonly folders: number;
  /** The accounts that are reached besides. */
  readonly others: readonly AccountId[];
}

/** What is wanted in a subtree, and the best way for every number of targets. */
interface Ways {
  readonly wanted: boolean;
  readonly others: readonly AccountId[];
  /** By the number of targets that it takes; a hole where no way takes just so many. */
  readonly byCount: readonly (Cover | undefined)[];
}

const NOTHING: Cover = { targets: [], folders: 0, others: [] };

/**
 * The targets that reach all wanted accounts and the fewest others; of several such, the
 * fewest folders that were not wanted, the fewest targets, and then the lowest.
 * A wanted folder is only reached through itself or a folder above it, since accounts may join it later.
 * @param most  targets; undefined is returned where there is no room for one
 */
export function cheapestCover(root: CoverNode, wanted: ReadonlySet<string>, most: number): Cover | undefined {
  if (most < 1) return undefined;
  return waysOf(root, wanted, most).byCount.reduce<Cover | undefined>(better, undefined);
}

function waysOf(node: CoverNode, wanted: ReadonlySet<string>, most: number): Ways {
  const inside = node.folders.map((folder) => waysOf(folder, wanted, most));
  const direct = node.accounts.filter((id) => wanted.has(id));
  const whole = wanted.has(node.id);
  const others = whole
    ? []
    : [...node.accounts.filter((id) => !wanted.has(id)), ...inside.flatMap((ways) => ways.others)];
  if (!whole && direct.length === 0 && inside.every((ways) => !ways.wanted)) {
    return { wanted: false, others, byCount: [NOTHING] };
  }
  const byCount = whole ? [] : split(direct, inside, most);
  byCount[1] = better(byCount[1], { targets: [node.id], folders: whole ? 0 : 1, others });
  return { wanted: true, others, byCount };
}

/** Every wanted account by itself, every folder in the best way: the number of targets is shared out among them. */
function split(direct: readonly AccountId[], inside: readonly Ways[], most: number): (Cover | undefined)[] {
  let byCount: (Cover | undefined)[] = [];
  if (direct.length <= most) byCount[direct.length] = { targets: direct, folders: 0, others: [] };
  for (const ways of inside) byCount = combine(byCount, ways.byCount, most);
  return byCount;
}

function combine(
  first: readonly (Cover | undefined)[],
  second: readonly (Cover | undefined)[],
  most: number,
): (Cover | undefined)[] {
  const combined: (Cover | undefined)[] = [];
  for (const a of first) {
    for (const b of second) {
      if (a === undefined || b === undefined) continue;
      const count = a.targets.length + b.targets.length;
      if (count > most) continue;
      combined[count] = better(combined[count], {
        targets: [...a.targets, ...b.targets],
        folders: a.folders + b.folders,
        others: [...a.others, ...b.others],
      });
    }
  }
  return combined;
}

/** The first of two that are equally good. */
function better(a: Cover | undefined, b: Cover | undefined): Cover | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const gain =
    a.others.length - b.others.length || a.folders - b.folders || a.targets.length - b.targets.length;
  return gain <= 0 ? a : b;
}
