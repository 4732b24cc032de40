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

/**
 * The call to make next while more additions wait than there is room for. What leaves no gap goes first; where
 * everything leaves one, no more is removed than the next addition needs that closes one. What has to wait for another
 * contact goes only where it is needed.
 */
export function nextCall({ toAdd, toRemove, room }: Waiting, findGaps: FindGaps): NextCall {
  const { free, awaiting, leaving, closers } = findGaps(toRemove, toAdd);
  const letGo = [...free, ...awaiting];
  const closersFirst = [...new Set([...closers, ...toAdd])];
  const bind = (count: number): NextCall => ({ action: 'bind', changes: closersFirst.slice(0, count) });
  const unbind = (changes: readonly BindingChange[]): NextCall => ({ action: 'unbind', changes });

  const size = nextAddition(toAdd.length, room);
  const tooMany = Math.min(MAX_MEMBERS_PER_CALL, size - room);
  if (tooMany <= 0 || toRemove.length === 0) return bind(size);
  if (letGo.length >= tooMany)
    return unbind(letGo.slice(0, removalsNow(tooMany, toRemove.length, free.length)));
  if (room > 0 && leaving.length > 0) return bind(Math.min(MAX_MEMBERS_PER_CALL, room));
  if (letGo.length > 0) return unbind(letGo);
  return unbind(leaving.slice(0, closers.length > 0 ? Math.min(tooMany, 1 - room) : tooMany));
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
