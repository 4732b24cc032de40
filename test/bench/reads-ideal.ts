import type { EmulatorState } from '../../src/emulator/state.ts';
import { MAX_PAGE_SIZE } from '../../src/wire/resource-directory.ts';

/** The fewest calls that can read something, by when they can be made. */
export interface LeastCalls {
  /** Those that nothing but the directory has to come before: first pages, and groups by their ids. */
  readonly atOnce: number;
  /** Pages that nobody knows of before the first page has said how many there are. */
  readonly furtherPages: number;
  /** Folders to list one after the other along a path, Root the first: each names the next. */
  readonly alongPath: number;
}

/**
 * For a manifest that names its contacts and groups by id: the pages of accounts and of contacts, each group, and the
 * listings that a path of so many names needs, one a name.
 */
export function leastCalls(
  { accounts, contacts, aggregators }: EmulatorState,
  namesInPath: number,
): LeastCalls {
  const further = (items: number): number => Math.max(1, Math.ceil(items / MAX_PAGE_SIZE)) - 1;
  return {
    atOnce: 2 + aggregators.length,
    furtherPages: further(accounts.length) + further(contacts.length),
    alongPath: namesInPath,
  };
}

export const countOf = ({ atOnce, furtherPages, alongPath }: LeastCalls): number =>
  1 + atOnce + furtherPages + alongPath;

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
    least.alongPath,
  );
  const atRate = ((calls - callsPerSecond) * 1000) / callsPerSecond + callMs;
  return Math.max(callMs * (1 + rounds), atRate);
}
