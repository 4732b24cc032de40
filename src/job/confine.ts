import type { ActualState } from '../model/actual-state.ts';
import type { DesiredAggregator, DesiredContact, DesiredState } from '../model/desired-state.ts';
import type { ContactId } from '../model/ids.ts';
import { canonicalMembers } from './confined-member.ts';
import type { Confinement } from './settings.ts';

/** Both sides of the diff, with everything outside the confinement taken out: nothing there can change or count. */
export function confine(
  desired: DesiredState,
  actual: ActualState,
  written: Confinement,
): { readonly desired: DesiredState; readonly actual: ActualState } {
  // Nothing is confined: both sides as they are, which saves a copy of everything.
  if (isUnconfined(written)) return { desired, actual };
  const only = canonicalMembers(written, actual.directory);
  const ownersConfined = only.contacts.length + only.aggregators.length > 0;
  const chosenContacts = chosenIds([...(actual.contacts?.values() ?? [])], only.contacts);
  const groups = [...actual.aggregators.values(), ...(actual.aggregatorList ?? [])];
  const chosenGroups = chosenIds(groups, only.aggregators);
  const contactIn = ({ id }: { id: string }): boolean => !ownersConfined || chosenContacts.has(id);
  const aggregatorIn = ({ id }: { id: string }): boolean => !ownersConfined || chosenGroups.has(id);
  const memberIn = (id: string): boolean => only.members.length === 0 || only.members.includes(id);

  const contacts = [...(actual.contacts?.values() ?? [])].filter(contactIn);
  const aggregators = [...actual.aggregators.values()].filter(aggregatorIn);
  const contactIds = new Set(contacts.map(({ id }) => id));
  const aggregatorIds = new Set(aggregators.map(({ id }) => id));
  return {
    actual: {
      ...actual,
      contacts:
        actual.contacts &&
        new Map(
          contacts.map((contact) => [contact.id, { ...contact, bindings: pick(contact.bindings, memberIn) }]),
        ),
      aggregators: new Map(
        aggregators.map((aggregator) => [
          aggregator.id,
          { ...aggregator, accounts: pick(aggregator.accounts, memberIn) },
        ]),
      ),
      // Which accounts are in those that were only listed is not known.
      aggregatorList: only.members.length === 0 ? actual.aggregatorList?.filter(aggregatorIn) : undefined,
    },
    desired: {
      ...desired,
      contacts: confineOwners(desired.contacts, (id) => contactIds.has(id), memberIn),
      aggregators: confineOwners(desired.aggregators, (id) => aggregatorIds.has(id), memberIn),
    },
  };
}

/** A text that is an id means no other owner that is merely called so. */
function chosenIds(
  owners: readonly { readonly id: string; readonly name: string }[],
  written: readonly string[],
): ReadonlySet<string> {
  const ids = new Set(owners.map(({ id }) => id));
  const named = new Set(written.filter((text) => !ids.has(text)));
  return new Set([...written, ...owners.filter(({ name }) => named.has(name)).map(({ id }) => id)]);
}

const isUnconfined = ({ contacts, aggregators, members }: Confinement): boolean =>
  contacts.length + aggregators.length + members.length === 0;

function confineOwners<
  Id extends string,
  Owner extends { present: ReadonlyMap<string, unknown>; absent: ReadonlyMap<string, unknown> },
>(
  owners: ReadonlyMap<Id, Owner>,
  ownerIn: (id: Id) => boolean,
  memberIn: (id: string) => boolean,
): ReadonlyMap<Id, Owner> {
  const inside = [...owners].filter(([id]) => ownerIn(id));
  return new Map(
    inside.map(([id, owner]) => [
      id,
      { ...owner, present: pick(owner.present, memberIn), absent: pick(owner.absent, memberIn) },
    ]),
  );
}

function pick<K extends string, V>(map: ReadonlyMap<K, V>, isIn: (key: K) => boolean): ReadonlyMap<K, V> {
  return new Map([...map].filter(([key]) => isIn(key)));
}

/**
 * What the share of removals is measured against: everything that the owners the manifest manages hold now. One that
 * is merely named is left alone, and would only make the share smaller.
 */
export function countManaged(desired: DesiredState, actual: ActualState): number {
  const contacts = [...(actual.contacts?.values() ?? [])]
    .filter(({ id }) => isManagedContact(desired, id))
    .map(({ bindings }) => bindings.size);
  const aggregators = [...actual.aggregators.values()]
    .filter(({ id }) => saysMembers(desired.aggregators.get(id)))
    .map(({ accounts }) => accounts.size);
  return [...contacts, ...aggregators].reduce((total, size) => total + size, 0);
}

function isManagedContact({ ownership, contacts }: DesiredState, id: ContactId): boolean {
  const wanted = contacts.get(id);
  return wanted === undefined ? ownership === 'exclusive' : saysMembers(wanted);
}

const saysMembers = (
  wanted: Pick<DesiredContact | DesiredAggregator, 'statesMembers' | 'absent'> | undefined,
): boolean => wanted !== undefined && (wanted.statesMembers || wanted.absent.size > 0);
