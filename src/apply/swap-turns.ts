import type { Contact } from '../model/actual-state.ts';
import type { ContactId } from '../model/ids.ts';
import type { BindingChange, ContactSchedule } from '../model/plan.ts';
import type { Territory } from '../model/territory.ts';
import { LiveReach } from './live-reach.ts';
import { type CountedOn, judgeOne, missingOf } from './removal-safety.ts';

/** Contacts at their cap: the removals and additions of each go together. */
export interface Turns {
  /** Whose turn it is. */
  readonly ready: readonly ContactSchedule[];
  /** Why the others have to wait. */
  readonly held: ReadonlyMap<ContactSchedule, string>;
}

/** What is there, and what is meant to be there in the end. */
export interface Outlook {
  /** All contacts as just read. */
  readonly fresh: ReadonlyMap<ContactId, Contact>;
  readonly countedOn: readonly CountedOn[];
  readonly territory: Territory;
}

/**
 * A contact waits while one of its removals would leave an account without what another contact is still to bring.
 * Where all wait for each other, one has to be the first, and for a while an account may be without its last contact.
 * @param done  had their turn: a reading that lags may still show what they took away
 */
export function chooseTurns(
  waiting: readonly ContactSchedule[],
  done: readonly ContactSchedule[],
  { fresh, countedOn, territory }: Outlook,
): Turns {
  const missing = missingOf(countedOn, fresh);
  const turns = turnsOf(waiting, done, { fresh, countedOn: missing, territory });
  if (turns.ready.length > 0) return turns;
  const toCome = new Set(waiting.flatMap(changesOf).map(keyOf));
  const neverToCome = missing.filter((one) => !toCome.has(keyOf(one)));
  const { ready, held } = turnsOf(waiting, done, { fresh, countedOn: neverToCome, territory });
  return { ready: ready.slice(0, 1), held };
}

function turnsOf(
  waiting: readonly ContactSchedule[],
  done: readonly ContactSchedule[],
  { fresh, countedOn: missing, territory }: Outlook,
): Turns {
  const reach = new LiveReach(fresh, territory);
  for (const removal of done.flatMap(removalsOf)) if (reach.isBound(removal)) reach.remove(removal);
  const held = new Map<ContactSchedule, string>();
  // One after the other: two contacts may each be able to let an account go that not both can.
  for (const schedule of waiting) {
    const own = new Set(changesOf(schedule).map(keyOf));
    const awaited = missing.filter((one) => !own.has(keyOf(one)));
    const because = whyHeld(removalsOf(schedule), awaited, reach, territory);
    if (because !== undefined) held.set(schedule, because);
  }
  return { ready: waiting.filter((schedule) => !held.has(schedule)), held };
}

/** All of them are taken out of the reach, or none. */
function whyHeld(
  removals: readonly BindingChange[],
  awaited: readonly CountedOn[],
  reach: LiveReach,
  territory: Territory,
): string | undefined {
  const gone: BindingChange[] = [];
  for (const removal of removals) {
    const verdict = judgeOne(removal, awaited, reach, territory);
    if (verdict.kind === 'go') gone.push(removal);
    if (verdict.kind !== 'hold') continue;
    for (const one of gone) reach.putBack(one);
    return verdict.because;
  }
  return undefined;
}

export const changesOf = ({ swaps }: ContactSchedule): readonly BindingChange[] =>
  swaps.flatMap(({ changes }) => changes);

const removalsOf = (schedule: ContactSchedule): readonly BindingChange[] =>
  changesOf(schedule).filter(({ action }) => action === 'unbind');

const keyOf = ({ contactId, target }: CountedOn): string => `${contactId} ${target.id}`;
