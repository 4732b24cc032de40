import type { Contact } from '../model/actual-state.ts';
import type { AccountId, ContactId } from '../model/ids.ts';
import type { BindingChange } from '../model/plan.ts';
import type { Target } from '../model/target.ts';
import type { Territory } from '../model/territory.ts';
import { LiveReach } from './live-reach.ts';

export type RemovalVerdict =
  | { readonly kind: 'go' }
  /** It is not bound any more. */
  | { readonly kind: 'already' }
  | { readonly kind: 'hold'; readonly because: string };

/** A binding that the plan counts on: it was there when the plan was made and stays, or it is to be added. */
export interface CountedOn {
  readonly contactId: ContactId;
  readonly target: Target;
}

/**
 * Judges the removals one by one against what was just read. A removal is held when an account would lose what
 * the plan means it to keep, this contact or its last contact for a message type, because a binding that the
 * plan counts on is not there.
 * @param fresh  every contact as read after the additions
 */
export function judgeRemovals(
  removals: readonly BindingChange[],
  countedOn: readonly CountedOn[],
  fresh: ReadonlyMap<ContactId, Contact>,
  territory: Territory,
): ReadonlyMap<BindingChange, RemovalVerdict> {
  const missing = missingOf(countedOn, fresh);
  const reach = new LiveReach(fresh, territory);
  return new Map(removals.map((removal) => [removal, judgeOne(removal, missing, reach, territory)]));
}

export const missingOf = (
  countedOn: readonly CountedOn[],
  fresh: ReadonlyMap<ContactId, Contact>,
): readonly CountedOn[] =>
  countedOn.filter(({ contactId, target }) => !fresh.get(contactId)?.bindings.has(target.id));

/** One that may go is taken out of the reach. */
export function judgeOne(
  removal: BindingChange,
  missing: readonly CountedOn[],
  reach: LiveReach,
  territory: Territory,
): RemovalVerdict {
  if (!reach.isBound(removal)) return { kind: 'already' };
  const accounts = new Set(territory.under(removal.target));
  const lost = reach.wouldLose(removal, accounts);
  const needs = (id: AccountId, { contactId }: CountedOn): boolean =>
    contactId === removal.contactId || reach.isLastFor(removal, id, contactId);
  for (const absent of missing) {
    const left = territory.under(absent.target).find((id) => lost.has(id) && needs(id, absent));
    if (left !== undefined) return { kind: 'hold', because: held(left, absent) };
  }
  reach.remove(removal);
  return { kind: 'go' };
}

const held = (accountId: AccountId, { contactId, target }: CountedOn): string =>
  `account ${accountId} would be left without what the plan keeps for it: ${contactId} is not bound to ${target.id}`;
