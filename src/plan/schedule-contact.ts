import type { ContactId } from '../model/ids.ts';
import type { BindingChange, Chunk, ContactSchedule } from '../model/plan.ts';
import { MAX_MEMBERS_PER_CALL } from '../wire/resource-directory.ts';

export interface Room {
  /** Targets that the contact holds now. */
  readonly bound: number;
  /** The most that it can hold. */
  readonly cap: number;
}

/**
 * Puts the changes of one contact into calls: as few as can be, additions first. Only a contact at its cap
 * has removals go before additions, and then no more of them than the next call of additions needs.
 * @param findGaps  the removals after which an account would be without this contact until an addition
 *   restores it: the last to be chosen for going first. Asked only when a removal has to go first.
 */
export function scheduleContact(
  contactId: ContactId,
  changes: readonly BindingChange[],
  { bound, cap }: Room,
  findGaps: () => ReadonlySet<BindingChange>,
): ContactSchedule {
  const binds = changes.filter(({ action }) => action === 'bind');
  const unbinds = changes.filter(({ action }) => action === 'unbind');
  const waiting = new Removals(unbinds, findGaps);
  const adds: Chunk[] = [];
  const swaps: Chunk[] = [];
  let held = bound;
  for (const some of splitAdditions(binds, cap - bound)) {
    const tooMany = held + some.length - cap;
    if (tooMany > 0) {
      const first = waiting.takeAtLeast(tooMany);
      if (first.length > 0) swaps.push({ contactId, action: 'unbind', changes: first });
      held -= first.length;
    }
    (swaps.length > 0 ? swaps : adds).push({ contactId, action: 'bind', changes: some });
    held += some.length;
  }
  const removes = inFives(waiting.rest()).map(
    (some): Chunk => ({ contactId, action: 'unbind', changes: some }),
  );
  return { contactId, adds, swaps, removes };
}

/** Chunks of five, the odd one first and as large as the room allows, so that most can be added before any removal. */
function splitAdditions(binds: readonly BindingChange[], room: number): BindingChange[][] {
  const calls = Math.ceil(binds.length / MAX_MEMBERS_PER_CALL);
  if (calls === 0) return [];
  const smallest = binds.length - MAX_MEMBERS_PER_CALL * (calls - 1);
  const first = Math.min(binds.length, Math.max(smallest, Math.min(MAX_MEMBERS_PER_CALL, room)));
  return [binds.slice(0, first), ...inFives(binds.slice(first))];
}

/** The removals not yet scheduled. */
class Removals {
  #queue: BindingChange[];
  #gaps: ReadonlySet<BindingChange> | undefined;
  readonly #findGaps: () => ReadonlySet<BindingChange>;

  constructor(unbinds: BindingChange[], findGaps: () => ReadonlySet<BindingChange>) {
    this.#queue = unbinds;
    this.#findGaps = findGaps;
  }

  /** As many as needed, and beyond that only as many as save a call and leave no gap. */
  takeAtLeast(needed: number): BindingChange[] {
    const gaps = this.#gapsLast();
    const calls = Math.ceil(this.#queue.length / MAX_MEMBERS_PER_CALL);
    const savesACall = this.#queue.length - MAX_MEMBERS_PER_CALL * (calls - 1);
    const withoutGap = this.#queue.filter((one) => !gaps.has(one)).length;
    return this.#queue.splice(0, Math.max(needed, Math.min(savesACall, withoutGap)));
  }

  rest(): readonly BindingChange[] {
    return this.#queue;
  }

  #gapsLast(): ReadonlySet<BindingChange> {
    if (this.#gaps === undefined) {
      const gaps = this.#findGaps();
      this.#queue = [
        ...this.#queue.filter((one) => !gaps.has(one)),
        ...this.#queue.filter((one) => gaps.has(one)),
      ];
      this.#gaps = gaps;
    }
    return this.#gaps;
  }
}

function inFives(changes: readonly BindingChange[]): BindingChange[][] {
  const chunks: BindingChange[][] = [];
  for (let start = 0; start < changes.length; start += MAX_MEMBERS_PER_CALL) {
    chunks.push(changes.slice(start, start + MAX_MEMBERS_PER_CALL));
  }
  return chunks;
}
