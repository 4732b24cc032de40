import type { ActualState } from '../model/actual-state.ts';
import { compareText } from '../model/compare.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Change } from '../model/plan.ts';
import {
  diffAggregator,
  tallyUnnamedAggregator,
  tallyUnreadAggregator,
  unnamedAggregators,
} from './diff-aggregator.ts';
import { diffContact, diffUnnamedContact } from './diff-contact.ts';
import type { Tally } from './tally.ts';

export interface Diff {
  /** By owner, additions before removals, then by member: the same for the same states. */
  readonly changes: readonly Change[];
  /** Bindings and memberships that are as written. */
  readonly unchanged: number;
  /** What exists and the manifest says nothing about. */
  readonly unmanaged: number;
}

/**
 * Every binding of every contact that was read, and every membership of every CUSTOM aggregator that
 * was read, gets exactly one answer: to add, to remove, unchanged or unmanaged. Of CUSTOM aggregators that were
 * only listed the number of memberships is known, and that they are unmanaged.
 */
export function diff(desired: DesiredState, actual: ActualState): Diff {
  const tallies: Tally[] = [];
  for (const contact of actual.contacts?.values() ?? []) {
    const wanted = desired.contacts.get(contact.id);
    tallies.push(
      wanted === undefined
        ? diffUnnamedContact(contact, desired.ownership, actual)
        : diffContact(wanted, contact, desired.ownership, actual),
    );
  }
  for (const aggregator of actual.aggregators.values()) {
    const wanted = desired.aggregators.get(aggregator.id);
    tallies.push(
      wanted === undefined
        ? tallyUnnamedAggregator(aggregator)
        : diffAggregator(wanted, aggregator, desired.ownership, actual),
    );
  }
  for (const aggregator of unnamedAggregators(desired, actual))
    if (!actual.aggregators.has(aggregator.id)) tallies.push(tallyUnreadAggregator(aggregator));
  return {
    changes: tallies.flatMap(({ changes }) => changes).sort((a, b) => compareText(sortKey(a), sortKey(b))),
    unchanged: sum(tallies, ({ unchanged }) => unchanged),
    unmanaged: sum(tallies, ({ unmanaged }) => unmanaged),
  };
}

const ORDER = { bind: 0, unbind: 1, 'add-account': 0, 'remove-account': 1 } as const;

function sortKey(change: Change): string {
  const [owner, member] =
    change.kind === 'contact'
      ? [change.contactId, change.target.id]
      : [change.aggregatorId, change.accountId];
  return `${change.kind === 'contact' ? 0 : 1}\t${owner}\t${ORDER[change.action]}\t${member}`;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
