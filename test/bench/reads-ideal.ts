import type { EmulatorState } from '../../src/emulator/state.ts';
import { MAX_PAGE_SIZE } from '../../src/wire/resource-directory.ts';

/**
 * The fewest calls that read a directory for a manifest that names its contacts and groups by id: the directory, the
 * pages of accounts and of contacts, each group, and, where folders have names to look
 * up, one listing for every folder and for the root. No API lists a tree at once.
 */
export function leastCalls(
  { accounts, folders, contacts, aggregators }: EmulatorState,
  withFolders: boolean,
): number {
  const pages = (items: number): number => Math.max(1, Math.ceil(items / MAX_PAGE_SIZE));
  const listings = withFolders ? folders.length + 1 : 0;
  return 1 + pages(accounts.length) + pages(contacts.length) + aggregators.length + listings;
}

/**
 * The least time in which any program could make the calls: the directory by itself, since all else needs its id;
 * then everything in full rounds, or no faster than a bucket of one second's calls allows.
 */
export function idealReadMs(
  calls: number,
  concurrency: number,
  callsPerSecond: number,
  callMs: number,
): number {
  const inRounds = callMs * (1 + Math.ceil((calls - 1) / concurrency));
  const atRate = ((calls - callsPerSecond) * 1000) / callsPerSecond + callMs;
  return Math.max(inRounds, atRate);
}
