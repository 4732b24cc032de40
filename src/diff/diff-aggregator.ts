import type { ActualState, Aggregator, AggregatorSummary } from '../model/actual-state.ts';
import type { DesiredAggregator, DesiredState } from '../model/desired-state.ts';
import type { AccountId, AggregatorId } from '../model/ids.ts';
import type { Ownership, Source } from '../model/manifest.ts';
import type { MembershipChange } from '../model/plan.ts';
import type { Tally } from './tally.ts';

export function diffAggregator(
  wanted: DesiredAggregator,
  aggregator: Aggregator,
  ownership: Ownership,
  actual: ActualState,
): Tally {
  const changes: MembershipChange[] = [];
  let unchanged = 0;
  let unmanaged = 0;
  for (const { accountId, accountName, source } of wanted.present.values()) {
    if (aggregator.accounts.has(accountId)) unchanged += 1;
    else changes.push(membershipChange('add-account', aggregator.id, accountId, accountName, source));
  }
  for (const { id, name } of aggregator.accounts.values()) {
    if (wanted.present.has(id)) continue;
    const absent = wanted.absent.get(id);
    const unwritten = wanted.statesMembers && ownership !== 'add-only' && isMemberAccount(id, actual);
    if (absent !== undefined || unwritten) {
      changes.push(membershipChange('remove-account', aggregator.id, id, name, absent?.source));
    } else unmanaged += 1;
  }
  return { changes, unchanged, unmanaged };
}

/** Nothing of it is ever removed. Members of RD and FOLDER aggregators are chosen by the service and not counted. */
export function tallyUnnamedAggregator({ type, accounts }: Aggregator): Tally {
  return { changes: [], unchanged: 0, unmanaged: type === 'CUSTOM' ? accounts.size : 0 };
}

/** The CUSTOM aggregators that are known, if only from the list of all, and that the manifest does not name. */
export function unnamedAggregators(desired: DesiredState, actual: ActualState): readonly AggregatorSummary[] {
  const read = [...actual.aggregators.values()];
  const listed = (actual.aggregatorList ?? []).filter(({ id }) => !actual.aggregators.has(id));
  return [...read, ...listed].filter(({ id, type }) => type === 'CUSTOM' && !desired.aggregators.has(id));
}

/** Of an aggregator that was not read itself: the list of all says how many accounts it has. */
export function tallyUnreadAggregator({ accountCount }: AggregatorSummary): Tally {
  return { changes: [], unchanged: 0, unmanaged: accountCount };
}

/**
 * The management account is in no list of accounts, so that it was not written says nothing; an account that
 * left the directory is taken out by the service itself.
 */
function isMemberAccount(id: AccountId, { accounts, directory }: ActualState): boolean {
  return id !== directory.managementAccountId && (accounts === undefined || accounts.has(id));
}

export function membershipChange(
  action: 'add-account' | 'remove-account',
  aggregatorId: AggregatorId,
  accountId: AccountId,
  accountName: string | undefined,
  source: Source | undefined,
): MembershipChange {
  const id = `${action}:${aggregatorId}:${accountId}`;
  return { id, kind: 'aggregator', action, aggregatorId, accountId, accountName, source };
}
