import type { Contact } from '../model/actual-state.ts';
import type { AccountId, ContactId } from '../model/ids.ts';
import type { BindingChange } from '../model/plan.ts';
import type { Territory } from '../model/territory.ts';

/** Whether a removal would leave an account to a contact that is still to be bound to it. */
export type AwaitsOthers = (removal: BindingChange) => boolean;

/** Made from all contacts and all their changes when it is asked for the first time: seldom is any contact at its cap. */
export function awaitsOthers(
  contacts: Iterable<Contact>,
  changes: readonly BindingChange[],
  territory: Territory,
): AwaitsOthers {
  let known: Reach | undefined;
  return ({ contactId, target }) => {
    known ??= reachOf(contacts, changes, territory);
    const { staying, coming } = known;
    const comesFromAnother = (id: AccountId): boolean =>
      [...(coming.get(id) ?? [])].some((other) => other !== contactId);
    return territory.under(target).some((id) => !staying.has(id) && comesFromAnother(id));
  };
}

interface Reach {
  /** Reached by a binding, of any contact, that is there and stays. */
  readonly staying: ReadonlySet<AccountId>;
  /** By which contacts they will be reached besides. */
  readonly coming: ReadonlyMap<AccountId, ReadonlySet<ContactId>>;
}

function reachOf(
  contacts: Iterable<Contact>,
  changes: readonly BindingChange[],
  territory: Territory,
): Reach {
  const going = new Set(changes.filter(({ action }) => action === 'unbind').map(keyOf));
  const staying = [...contacts].flatMap(({ id, bindings }) =>
    [...bindings.values()].filter(({ target }) => !going.has(keyOf({ contactId: id, target }))),
  );
  const coming = new Map<AccountId, Set<ContactId>>();
  for (const { contactId, target } of changes.filter(({ action }) => action === 'bind')) {
    for (const id of territory.under(target)) coming.set(id, (coming.get(id) ?? new Set()).add(contactId));
  }
  return { staying: new Set(staying.flatMap(({ target }) => territory.under(target))), coming };
}

const keyOf = ({ contactId, target }: Pick<BindingChange, 'contactId' | 'target'>): string =>
  `${contactId} ${target.id}`;
