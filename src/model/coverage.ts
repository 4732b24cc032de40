import type { AccountId, ContactId } from './ids.ts';
import type { Target } from './target.ts';
import type { Territory } from './territory.ts';

/** For every account, the contacts that reach it. */
export type Coverage = ReadonlyMap<AccountId, readonly Reach[]>;

export interface Reach {
  readonly contactId: ContactId;
  readonly messageTypes: readonly string[];
  /** Every binding by which the contact reaches the account: itself, a folder above it, the directory. */
  readonly via: readonly Target[];
}

/** A contact with what it is bound to, now or after a plan. */
export interface BoundContact {
  readonly id: ContactId;
  readonly status: string;
  readonly messageTypes: readonly string[];
  readonly targets: Iterable<Target>;
}

/** Only an Active contact reaches anyone: until its address is verified, nothing is sent to it. */
export const reaches = (contact: { readonly status: string }): boolean => contact.status === 'Active';

export function computeCoverage(territory: Territory, contacts: Iterable<BoundContact>): Coverage {
  const coverage = new Map<AccountId, Reach[]>(territory.accounts.map((id) => [id, []]));
  for (const contact of contacts) {
    if (!reaches(contact)) continue;
    for (const [accountId, via] of waysTo(territory, contact.targets)) {
      coverage.get(accountId)?.push({ contactId: contact.id, messageTypes: contact.messageTypes, via });
    }
  }
  return coverage;
}

/** For every account, the message types that some contact gets for it: coverage without its ways, at a fraction of its size. */
export function reachedTypes(
  territory: Territory,
  contacts: Iterable<BoundContact>,
): ReadonlyMap<AccountId, ReadonlySet<string>> {
  const types = new Map(territory.accounts.map((id) => [id, new Set<string>()]));
  const note = ({ targets, messageTypes }: BoundContact): void => {
    for (const target of targets) {
      for (const accountId of territory.under(target)) {
        for (const type of messageTypes) types.get(accountId)?.add(type);
      }
    }
  };
  for (const contact of contacts) if (reaches(contact)) note(contact);
  return types;
}

function waysTo(territory: Territory, targets: Iterable<Target>): Map<AccountId, Target[]> {
  const ways = new Map<AccountId, Target[]>();
  for (const target of targets) {
    for (const accountId of territory.under(target)) {
      const via = ways.get(accountId);
      if (via === undefined) ways.set(accountId, [target]);
      else via.push(target);
    }
  }
  return ways;
}
