import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Inventory } from '../../src/inventory/inventory.ts';
import { makePlan } from '../../src/job/make-plan.ts';
import { resolveDesired } from '../../src/job/resolve-desired.ts';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { manifestNeeds } from '../../src/manifest/manifest-needs.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import type { Folder } from '../../src/model/actual-state.ts';
import type { FolderId } from '../../src/model/ids.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { Needs } from '../../src/model/needs.ts';
import type { CallDescription, CloudReader, PacedCall } from '../../src/model/ports.ts';
import { applySettings } from '../support/apply-settings.ts';
import { account, contact, DIRECTORY, folder } from '../support/world.ts';
import { pageOf, reader } from './fake-reader.ts';

/** Few, so that names meet again in other folders, and now and then in the same one. */
const NAMES = ['A', 'B', 'C', 'a'];
const SETTINGS = { ...applySettings(), ownership: 'listed' } as const;

const idOf = (index: number): string => `fd-${index}`;

/** Each folder hangs below one before it, or in Root. */
const anyTree = fc
  .array(fc.record({ name: fc.constantFrom(...NAMES), below: fc.nat({ max: 40 }) }), { maxLength: 20 })
  .map((drawn) =>
    drawn.map(({ name, below }, index) => folder(idOf(index), below < index ? idOf(below) : undefined, name)),
  );

const anyPath = fc
  .array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 })
  .map((names) => `/${names.join('/')}`);
const anyMember = fc.oneof(
  anyPath.map((path) => `folder:${path}`),
  anyPath.map((path) => `accounts-in:${path}`),
  anyPath.map((path) => `accounts-in:${path}/**`),
  fc.nat({ max: 25 }).map(idOf),
  fc.constantFrom('accounts-in:/', 'accounts-in:/**', 'directory'),
);

const anyCase = fc.record({
  tree: anyTree,
  /** The folder that an account is in; past the last: Root. */
  homes: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 12 }),
  /** Folders bound now; past the last: one that has gone. */
  bound: fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 6 }),
  members: fc.uniqueArray(anyMember, { minLength: 1, maxLength: 5 }),
  targetsPerContact: fc.constantFrom(1, 3, 1000),
});

type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never;

function pathTo(home: Folder | undefined, tree: readonly Folder[]): readonly string[] {
  if (home === undefined) return [];
  return [
    ...pathTo(
      tree.find(({ id }) => id === home.parentId),
      tree,
    ),
    home.id,
  ];
}

function readerOf({ tree, homes, bound }: Case): CloudReader {
  const accounts = homes.map((home, index) => account(index + 1, pathTo(tree[home], tree)));
  return reader({
    listAccounts: (page) => Promise.resolve(pageOf(accounts, page)),
    listContacts: (page) => Promise.resolve(pageOf([contact('c-1', bound.map(idOf))], page)),
    listFolders: (parent, page) =>
      Promise.resolve(
        pageOf(
          tree.filter(({ parentId }) => parentId === parent),
          page,
        ),
      ),
    getFolder: (id) => Promise.resolve(tree.find((one) => one.id === id)),
  });
}

/** What a plan would do, or what it would say in place of it. */
async function outcomeOf(given: Case, manifest: Manifest, needs: Needs) {
  const calls: CallDescription[] = [];
  const call: PacedCall = (description, send) => {
    calls.push(description);
    return send();
  };
  const inventory = new Inventory(readerOf(given), call);
  const actual = await inventory.read(DIRECTORY, needs);
  const listings = calls.filter(({ action }) => action === 'ListFoldersForParent').length;
  const limits = { ...DEFAULT_LIMITS, targetsPerContact: given.targetsPerContact };
  const settings = { ...SETTINGS, limits };
  const desired = await resolveDesired(manifest, actual, settings, inventory);
  if (!desired.ok) return { actual, listings, outcome: desired.problems };
  const { plan } = makePlan(desired.value, actual, settings, new Set());
  return { actual, listings, outcome: { ...plan, warnings: desired.warnings } };
}

function manifestOf({ members }: Case): Manifest {
  const written = { version: 1, contacts: [{ contact: 'c-1', bind: members, allowEmpty: true }] };
  const bytes = new TextEncoder().encode(JSON.stringify(written));
  const read = readManifest([{ path: 'm.json', bytes }], DEFAULT_LIMITS);
  if (!read.ok) throw new Error(read.problems[0]?.message);
  return read.value;
}

/** The folders that a search by name must look into: every way that is clear so far, but for its last name. */
function foldersOnTheWay(manifest: Manifest, tree: readonly Folder[]): number {
  const looked = new Set<string>();
  for (const { names } of manifestNeeds(manifest).folders) {
    let here: string = DIRECTORY.rootFolderId;
    for (const name of names) {
      looked.add(here);
      const found = tree.filter((one) => one.parentId === here && one.name === name);
      if (found.length !== 1) break;
      here = found[0]?.id ?? '';
    }
  }
  return looked.size;
}

describe('along the paths of a manifest, on any tree', () => {
  test('as much is planned, or as much is refused in the same words, as with every folder listed', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async (given) => {
        const manifest = manifestOf(given);
        const needs = manifestNeeds(manifest);
        const [some, all] = [
          await outcomeOf(given, manifest, needs),
          await outcomeOf(given, manifest, { ...needs, folders: 'all' }),
        ];
        expect(withoutAdvice(some.outcome)).toEqual(withoutAdvice(all.outcome));
      }),
      { numRuns: 500 },
    );
  });

  test('no more is listed than lies on the way, unless a folder that is bound has gone', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async (given) => {
        const manifest = manifestOf(given);
        const { listings, actual } = await outcomeOf(given, manifest, manifestNeeds(manifest));
        const least = foldersOnTheWay(manifest, given.tree);
        const hasGone = given.bound.some((index) => given.tree[index] === undefined);
        expect(listings).toBe(hasGone ? least + given.tree.length + 1 : least);
        expect(actual.folders?.size).toBe(hasGone ? given.tree.length : undefined);
        if (!hasGone) expect(namesAreRight(actual.foldersOnPaths?.byId, given.tree)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

/** Folders that were not seen cannot be guessed at, and have no name in an advice; nothing else may differ. */
const withoutAdvice = (outcome: object): unknown =>
  JSON.parse(
    JSON.stringify(outcome, (_, value: unknown) => {
      if (value instanceof Map) return [...value];
      const { code, message } = (value ?? {}) as { code?: string; message?: string };
      const hasAdvice = code === 'folder-not-in-directory' || code === 'targets-too-many';
      return hasAdvice ? { ...(value as object), message: message?.split(';')[0] } : value;
    }),
  );

const namesAreRight = (known: ReadonlyMap<FolderId, Folder> | undefined, tree: readonly Folder[]): boolean =>
  [...(known?.values() ?? [])].every((one) => tree.includes(one));
