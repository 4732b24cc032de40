import type { BindingChange, Chunk } from '../model/plan.ts';
import { MAX_MEMBERS_PER_CALL } from '../wire/resource-directory.ts';
import type { FindGaps } from './gaps.ts';

/** What is not yet in a call of one contact's changes. */
export interface Waiting {
  readonly toAdd: readonly BindingChange[];
  readonly toRemove: readonly BindingChange[];
  /** How many more targets the contact can hold after the calls so far; negative above the cap. */
  readonly room: number;
}

export type NextCall = Pick<Chunk, 'action' | 'changes'>;

/** The call to make next while more additions wait than there is room for; additions that close gaps go first. */
export function nextCall({ toAdd, toRemove, room }: Waiting, findGaps: FindGaps): NextCall {
  const { removals, closers } = findGaps(toRemove, toAdd);
  const closersFirst = [...closers, ...toAdd.filter((change) => !closers.has(change))];
  const bind = (count: number): NextCall => ({ action: 'bind', changes: closersFirst.slice(0, count) });
  const unbind = (changes: readonly BindingChange[]): NextCall => ({ action: 'unbind', changes });

  const size = nextAddition(toAdd.length, room);
  const tooMany = Math.min(MAX_MEMBERS_PER_CALL, size - room);
  if (tooMany <= 0 || toRemove.length === 0) return bind(size);
  const free = toRemove.filter((change) => !removals.has(change));
  if (free.length >= tooMany)
    return unbind(free.slice(0, removalsNow(tooMany, toRemove.length, free.length)));
  if (room > 0 && closers.size > 0) return bind(Math.min(MAX_MEMBERS_PER_CALL, room));
  return unbind(free.length > 0 ? free : toRemove.slice(0, tooMany));
}

/** As many as are needed; more where they leave no gap and the rest then fits into one call less. */
function removalsNow(needed: number, waiting: number, free: number): number {
  const savesACall = remainder(waiting);
  return savesACall <= free ? Math.max(needed, savesACall) : needed;
}

/**
 * How many additions the next call carries: of all splits into as few calls as can be, the one that lets most
 * additions go before the first removal.
 */
function nextAddition(count: number, room: number): number {
  const smallest = remainder(count);
  if (room < smallest) return smallest;
  return Math.min(MAX_MEMBERS_PER_CALL, smallest + ((room - smallest) % MAX_MEMBERS_PER_CALL));
}

/** What is left beside full calls: 1 to 5. */
const remainder = (count: number): number => ((count - 1) % MAX_MEMBERS_PER_CALL) + 1;
