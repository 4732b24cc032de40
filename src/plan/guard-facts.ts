import type { ActualState } from '../model/actual-state.ts';
import { reachedTypes } from '../model/coverage.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { AccountId } from '../model/ids.ts';
import { type Change, isAddition } from '../model/plan.ts';
import { Territory } from '../model/territory.ts';
import { contactsAfter } from './contacts-after.ts';
import type { GuardFacts, OwnerOutlook } from './guard.ts';

/** Works out what the guard's rules look at. */
export function guardFacts(
  desired: DesiredState,
  actual: ActualState,
  changes: readonly Change[],
  territory: Territory | undefined,
): Omit<GuardFacts, 'managedNow'> {
  return {
    removals: changes.filter(({ action }) => action === 'unbind' || action === 'remove-account'),
    owners: outlooks(desired, actual, changes),
    losses: territory === undefined ? new Map() : coverageLosses(actual, changes, territory),
    protected: desired.protected,
  };
}

function outlooks(desired: DesiredState, actual: ActualState, changes: readonly Change[]): OwnerOutlook[] {
  const shift = new Map<string, number>();
  for (const change of changes) {
    const owner = change.kind === 'contact' ? change.contactId : change.aggregatorId;
    const step = isAddition(change) ? 1 : -1;
    shift.set(owner, (shift.get(owner) ?? 0) + step);
  }
  const after = (id: string, before: number): number => before + (shift.get(id) ?? 0);
  const contacts = [...(actual.contacts?.values() ?? [])]
    .filter(({ id }) => desired.ownership === 'exclusive' || desired.contacts.has(id))
    .map(({ id, bindings }): OwnerOutlook => {
      const named = desired.contacts.get(id);
      const before = bindings.size;
      const allowEmpty = named?.allowEmpty ?? false;
      return {
        id,
        kind: 'contact',
        before,
        after: after(id, before),
        allowEmpty,
        isNamed: named !== undefined,
      };
    });
  const aggregators = [...actual.aggregators.values()]
    .filter(({ id }) => desired.aggregators.has(id))
    .map(({ id, accounts }): OwnerOutlook => {
      return {
        id,
        kind: 'aggregator',
        before: accounts.size,
        after: after(id, accounts.size),
        allowEmpty: false,
        isNamed: true,
      };
    });
  return [...contacts, ...aggregators];
}

/** Accounts that are reached for a message type now and would not be, with those types. */
function coverageLosses(
  actual: ActualState,
  changes: readonly Change[],
  territory: Territory,
): Map<AccountId, string[]> {
  const concerned = underRemovals(actual, changes, territory);
  const before = reachedTypes(concerned, contactsAfter(actual, []));
  const after = reachedTypes(concerned, contactsAfter(actual, changes));
  const losses = new Map<AccountId, string[]>();
  for (const [accountId, types] of before) {
    const kept = after.get(accountId);
    const lost = [...types].filter((type) => kept?.has(type) !== true);
    if (lost.length > 0) losses.set(accountId, lost);
  }
  return losses;
}

/** Only who is under something that goes can lose a contact: most often a few accounts of a large directory. */
function underRemovals(
  { accounts }: ActualState,
  changes: readonly Change[],
  territory: Territory,
): Territory {
  const ids = new Set(
    changes.flatMap((change) => (change.action === 'unbind' ? territory.under(change.target) : [])),
  );
  return new Territory([...(accounts?.values() ?? [])].filter(({ id }) => ids.has(id)));
}
