import type { Aggregator, AggregatorMember } from '../model/actual-state.ts';
import type { AccountId } from '../model/ids.ts';
import type { MembershipChange } from '../model/plan.ts';
import type { AggregatorAccount } from '../model/ports.ts';

export type Merged =
  /** The whole list to send, in stable order, and the changes that it makes. */
  | {
      readonly kind: 'send';
      readonly accounts: readonly AggregatorAccount[];
      readonly changes: readonly MembershipChange[];
      readonly already: readonly MembershipChange[];
    }
  | { readonly kind: 'nothing-to-do' }
  /** What is there now does not let the plan be carried out. */
  | { readonly kind: 'refused'; readonly because: string };

/**
 * Puts the planned additions and removals onto what is there now. Whoever else is in the group stays in it:
 * somebody else's addition since the plan, the management account, accounts that no line speaks of.
 * @param restored  who is put in besides, though no change asks for it
 */
export function mergeAccounts(
  now: Aggregator,
  changes: readonly MembershipChange[],
  limit: number,
  restored: readonly AggregatorMember[] = [],
): Merged {
  if (now.type !== 'CUSTOM') return refused(`it is of type ${now.type} now, and only CUSTOM takes accounts`);
  if (now.status === DELETING) return refused('it is being deleted');
  const effective = changes.filter(
    ({ action, accountId }) => now.accounts.has(accountId) !== (action === 'add-account'),
  );
  if (effective.length + restored.length === 0) return { kind: 'nothing-to-do' };
  const list = new Map<AccountId, string | undefined>(
    [...now.accounts.values(), ...restored].map(({ id, name }) => [id, name || undefined]),
  );
  for (const { action, accountId, accountName } of effective) {
    if (action === 'add-account') list.set(accountId, accountName);
    else list.delete(accountId);
  }
  if (list.size === 0)
    return refused('it would be left empty: other accounts have gone since the plan was made');
  if (list.size > limit)
    return refused(
      `it would hold ${list.size} accounts (limit ${limit}): others came since the plan was made`,
    );
  return {
    kind: 'send',
    accounts: [...list].map(([id, name]) => ({ id, name })),
    changes: effective,
    already: changes.filter((change) => !effective.includes(change)),
  };
}

const DELETING = 2;

const refused = (because: string): Merged => ({ kind: 'refused', because });

/** Whether an aggregator is as a change would make it. */
export function isSoIn({ action, accountId }: MembershipChange, aggregator: Aggregator): boolean {
  return aggregator.accounts.has(accountId) === (action === 'add-account');
}
