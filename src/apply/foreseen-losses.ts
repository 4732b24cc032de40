import type { ActualState, Contact } from '../model/actual-state.ts';
import { type BoundContact, reachedTypes } from '../model/coverage.ts';
import { groupBy } from '../model/group-by.ts';
import type { AccountId } from '../model/ids.ts';
import type { BindingChange } from '../model/plan.ts';
import type { Target } from '../model/target.ts';
import { Territory } from '../model/territory.ts';
import type { CountedOn, MayLose } from './removal-safety.ts';

/**
 * Which message types the plan means an account to lose: it has a contact for them when the plan is made, and none
 * by what the plan counts on. The guard let these go; what else would be lost it has not seen.
 */
export function foreseenLosses(
  removals: readonly BindingChange[],
  countedOn: readonly CountedOn[],
  { contacts, accounts }: Pick<ActualState, 'contacts' | 'accounts'>,
  territory: Territory,
): MayLose {
  const ids = new Set(removals.flatMap(({ target }) => territory.under(target)));
  const concerned = new Territory([...(accounts?.values() ?? [])].filter(({ id }) => ids.has(id)));
  const known = [...(contacts?.values() ?? [])];
  const kept = groupBy(countedOn, ({ contactId }) => contactId);
  const before = typesOf(concerned, known, ({ bindings }) => [...bindings.values()]);
  const after = typesOf(concerned, known, ({ id }) => kept.get(id) ?? []);
  return (accountId, type) =>
    before.get(accountId)?.has(type) === true && after.get(accountId)?.has(type) !== true;
}

function typesOf(
  territory: Territory,
  contacts: readonly Contact[],
  bindingsOf: (contact: Contact) => readonly { readonly target: Target }[],
): ReadonlyMap<AccountId, ReadonlySet<string>> {
  const bound = contacts.map((contact): BoundContact => {
    const { id, status, messageTypes } = contact;
    return { id, status, messageTypes, targets: bindingsOf(contact).map(({ target }) => target) };
  });
  return reachedTypes(territory, bound);
}
