import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cover, type CoverNode, cheapestCover } from '../../src/manifest/cheapest-cover.ts';
import type { AccountId, DirectoryId, FolderId } from '../../src/model/ids.ts';

type Id = AccountId & FolderId & DirectoryId;
const id = (text: string): Id => text as Id;

const node = (name: string, accounts: string, ...folders: CoverNode[]): CoverNode => ({
  id: id(name),
  accounts: [...accounts].map(id),
  folders,
});

/** Accounts a to g in folders P (with its subfolder Q), R (with S) and in the directory D itself. */
const TREE = node('D', 'g', node('P', 'ab', node('Q', 'cd')), node('R', '', node('S', 'ef')));

const cover = (wanted: string, most: number): string => {
  const found = cheapestCover(TREE, new Set([...wanted].map(id)), most);
  return found === undefined ? 'none' : `${found.targets.join('')}+${found.others.join('')}`;
};

describe('the cheapest cover', () => {
  it.each([
    ['abcd', 3, 'P+', 'one folder in place of all that it holds'],
    ['abcd', 4, 'abcd+', 'the accounts while there is room'],
    ['abef', 3, 'abS+', 'no more folders than it takes'],
    ['cd', 1, 'Q+', 'the lower of two folders that hold the same'],
    ['ef', 1, 'S+', 'not the folder above, which holds nobody else today'],
    ['c', 1, 'c+', 'an account by itself where nothing is gained'],
    ['ac', 2, 'ac+', 'no folder while there is room for the accounts'],
    ['ac', 1, 'P+bd', 'a folder that reaches others where there is none'],
    ['ace', 2, 'eP+bd', 'of the folders the one that reaches the fewest others'],
    ['ag', 1, 'D+bcdef', 'the directory where nothing less reaches all'],
    ['Q', 3, 'Q+', 'a wanted folder by itself, not by its accounts'],
    ['Qcd', 3, 'Q+', 'a wanted folder in place of its accounts'],
    ['Qa', 1, 'P+b', 'a folder above a wanted one'],
    ['D', 1, 'D+', 'the directory where it is wanted'],
    ['Dag', 1, 'D+', 'the directory in place of everything'],
    ['', 1, '+', 'nothing for nothing'],
    ['ag', 0, 'none', 'nothing where there is no room'],
  ])('of %j with at most %i targets is %s: %s', (wanted, most, expected) => {
    expect([...cover(wanted, most)].sort()).toEqual([...expected].sort());
  });

  it('is as good as the best of all choices', () => {
    fc.assert(
      fc.property(
        trees,
        fc.infiniteStream(fc.boolean()),
        fc.integer({ min: 1, max: 5 }),
        (tree, dice, most) => {
          const wanted = new Set(idsOf(tree).filter(() => dice.next().value === true));
          const found = cheapestCover(tree, wanted, most);
          expect(found && costOf(found)).toEqual(bruteForce(tree, wanted, most));
          if (found !== undefined)
            expect(new Set(found.others)).toEqual(othersOf(tree, wanted, found.targets));
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** At most about ten ids: every subset of them is tried. */
const trees: fc.Arbitrary<CoverNode> = fc
  .tuple(fc.nat(2), fc.array(fc.tuple(fc.nat(2), fc.array(fc.nat(1), { maxLength: 1 })), { maxLength: 2 }))
  .map(([direct, folders]) => {
    let next = 0;
    const named = (prefix: string): Id => id(`${prefix}${(next += 1)}`);
    const make = (count: number, children: readonly CoverNode[]): CoverNode => ({
      id: named('F'),
      accounts: Array.from({ length: count }, () => named('a')),
      folders: children,
    });
    return make(
      direct,
      folders.map(([count, inner]) =>
        make(
          count,
          inner.map((below) => make(below, [])),
        ),
      ),
    );
  });

const idsOf = (tree: CoverNode): readonly Id[] => [
  id(tree.id),
  ...tree.accounts.map(id),
  ...tree.folders.flatMap(idsOf),
];

const costOf = ({ others, folders, targets }: Cover) => [others.length, folders, targets.length] as const;

function bruteForce(tree: CoverNode, wanted: ReadonlySet<string>, most: number) {
  const ids = idsOf(tree);
  let best: ReturnType<typeof costOf> | undefined;
  for (let choice = 0; choice < 2 ** ids.length; choice += 1) {
    const targets = ids.filter((_, bit) => (choice & (1 << bit)) !== 0);
    if (targets.length > most || !isCovered(tree, wanted, new Set(targets))) continue;
    const folders = targets.filter((target) => !wanted.has(target)).length;
    const cost = [othersOf(tree, wanted, targets).size, folders, targets.length] as const;
    if (best === undefined || isLess(cost, best)) best = cost;
  }
  return best;
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const differing = a.findIndex((part, index) => part !== b[index]);
  return differing !== -1 && (a[differing] ?? 0) < (b[differing] ?? 0);
}

/** Whether everything wanted in the tree is a target, or below one. */
function isCovered(tree: CoverNode, wanted: ReadonlySet<string>, targets: ReadonlySet<string>): boolean {
  if (targets.has(tree.id)) return true;
  if (wanted.has(tree.id)) return false;
  return (
    tree.accounts.every((account) => !wanted.has(account) || targets.has(account)) &&
    tree.folders.every((folder) => isCovered(folder, wanted, targets))
  );
}

function othersOf(
  tree: CoverNode,
  wanted: ReadonlySet<string>,
  targets: readonly string[],
): ReadonlySet<string> {
  const reached = new Set<string>();
  const wantedReach = new Set<string>();
  const walk = (here: CoverNode, isReached: boolean, isWanted: boolean): void => {
    const nowReached = isReached || targets.includes(here.id);
    const nowWanted = isWanted || wanted.has(here.id);
    for (const account of here.accounts) {
      if (nowReached || targets.includes(account)) reached.add(account);
      if (nowWanted || wanted.has(account)) wantedReach.add(account);
    }
    for (const folder of here.folders) walk(folder, nowReached, nowWanted);
  };
  walk(tree, false, false);
  return new Set([...reached].filter((account) => !wantedReach.has(account)));
}
