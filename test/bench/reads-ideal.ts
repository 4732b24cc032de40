import type { EmulatorState } from '../../src/emulator/state.ts';
import { MAX_PAGE_SIZE } from '../../src/wire/resource-directory.ts';

/** The fewest calls that can read something, by when they can be made. */
export interface LeastCalls {
  /** Those that nothing but the directory has to come before: first pages, and groups by their ids. */
  readonly atOnce: number;
  /** Pages that nobody knows of before the first page has said how many there are. */
  readonly furtherPages: number;
  /** Folders to list, Root among them. */
  readonly listings: number;
  /** The listings that must wait for each other: each names the folders of the next. */
  readonly levels: number;
}

/** The folders whose names are needed: so many along one path, or the whole tree. */
export type FolderNames = number | 'all';

/**
 * For a manifest that names its contacts and groups by id: the pages of accounts and of contacts, each group, and a
 * listing for each name of a path, or for each folder of the tree. No API lists a tree at once.
 */
export function leastCalls(
  { accounts, contacts, aggregators, folders }: EmulatorState,
  names: FolderNames,
): LeastCalls {
  const further = (items: number): number => Math.max(1, Math.ceil(items / MAX_PAGE_SIZE)) - 1;
  return {
    atOnce: 2 + aggregators.length,
    furtherPages: further(accounts.length) + further(contacts.length),
    listings: names === 'all' ? folders.length + 1 : names,
    levels: names === 'all' ? Math.max(...namesOfAll(folders).map((path) => path.length)) + 1 : names,
  };
}

export const countOf = ({ atOnce, furtherPages, listings }: LeastCalls): number =>
  1 + atOnce + furtherPages + listings;

/** The names from Root down to every folder. */
export function namesOfAll(folders: EmulatorState['folders']): readonly (readonly string[])[] {
  const byId = new Map(folders.map((folder) => [folder.id, folder]));
  const namesTo = ({ name, parent }: EmulatorState['folders'][number]): readonly string[] => {
    const above = byId.get(parent ?? '');
    return above === undefined ? [name] : [...namesTo(above), name];
  };
  return folders.map(namesTo);
}

/**
 * The least time in which any program could make the calls: the directory by itself, since it tells whether the
 * others may be made; the first pages before those that they tell of; otherwise everything in full rounds, and no
 * faster than a bucket of one second's calls allows.
 */
export function idealReadMs(
  least: LeastCalls,
  concurrency: number,
  callsPerSecond: number,
  callMs: number,
): number {
  const calls = countOf(least);
  const rounds = Math.max(
    Math.ceil((calls - 1) / concurrency),
    1 + Math.ceil(least.furtherPages / concurrency),
    least.levels,
  );
  const atRate = ((calls - callsPerSecond) * 1000) / callsPerSecond + callMs;
  return Math.max(callMs * (1 + rounds), atRate);
}
