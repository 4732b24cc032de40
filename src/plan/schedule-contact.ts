import type { ContactId } from '../model/ids.ts';
import type { BindingChange, Chunk, ContactSchedule } from '../model/plan.ts';
import { MAX_MEMBERS_PER_CALL } from '../wire/resource-directory.ts';
import type { FindGaps } from './gaps.ts';
import { type NextCall, nextCall, type Waiting } from './next-call.ts';

export interface Room {
  /** Targets that the contact holds now. */
  readonly bound: number;
  /** The most that it can hold. */
  readonly cap: number;
}

/**
 * Puts the changes of one contact into calls: as few as can be, additions first. Only a contact at its cap
 * has removals go before additions, and then no more of them than the next call of additions needs, or than
 * save a call. A call more is spent only to keep an account from being without the contact for a while.
 * @param findGaps  asked only when a removal has to go first
 */
export function scheduleContact(
  contactId: ContactId,
  changes: readonly BindingChange[],
  { bound, cap }: Room,
  findGaps: FindGaps,
): ContactSchedule {
  const adds: NextCall[] = [];
  const swaps: NextCall[] = [];
  let waiting: Waiting = {
    toAdd: changes.filter(({ action }) => action === 'bind'),
    toRemove: changes.filter(({ action }) => action === 'unbind'),
    room: cap - bound,
  };
  while (waiting.toAdd.length > Math.max(0, waiting.room)) {
    const call = nextCall(waiting, findGaps);
    const stage = call.action === 'unbind' || swaps.length > 0 ? swaps : adds;
    stage.push(call);
    waiting = without(waiting, call.changes);
  }
  (swaps.length > 0 ? swaps : adds).push(...inFives('bind', waiting.toAdd));
  const removes = inFives('unbind', waiting.toRemove);
  const ofContact = (call: NextCall): Chunk => ({ contactId, ...call });
  return {
    contactId,
    adds: adds.map(ofContact),
    swaps: swaps.map(ofContact),
    removes: removes.map(ofContact),
  };
}

function without({ toAdd, toRemove, room }: Waiting, done: readonly BindingChange[]): Waiting {
  const sent = new Set(done);
  const added = toAdd.filter((change) => !sent.has(change));
  const removed = toRemove.filter((change) => !sent.has(change));
  return {
    toAdd: added,
    toRemove: removed,
    room: room - (toAdd.length - added.length) + (toRemove.length - removed.length),
  };
}

function inFives(action: Chunk['action'], changes: readonly BindingChange[]): NextCall[] {
  const calls: NextCall[] = [];
  for (let start = 0; start < changes.length; start += MAX_MEMBERS_PER_CALL) {
    calls.push({ action, changes: changes.slice(start, start + MAX_MEMBERS_PER_CALL) });
  }
  return calls;
}
