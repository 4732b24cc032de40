import type { Outcome } from '../model/outcome.ts';
import type { Change, Plan } from '../model/plan.ts';
import { isAddition } from './confine.ts';

export interface Withheld {
  /** The additions alone. */
  readonly plan: Plan;
  /** Everything else, as skipped. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** What is left of a plan that the guard refused, for those who asked for additions only. */
export function withholdRemovals(plan: Plan): Withheld {
  const contacts = plan.contacts.map((contact) => ({ ...contact, swaps: [], removes: [] }));
  const aggregators = plan.aggregators
    .map((aggregator) => ({ ...aggregator, changes: aggregator.changes.filter(isAddition) }))
    .filter(({ changes }) => changes.length > 0);
  const scheduled: readonly Change[] = [
    ...contacts.flatMap(({ adds }) => adds.flatMap(({ changes }) => changes)),
    ...aggregators.flatMap(({ changes }) => changes),
  ];
  const kept = new Set(scheduled.map(({ id }) => id));
  const withheld = plan.changes.filter(({ id }) => !kept.has(id));
  return {
    plan: {
      ...plan,
      contacts,
      aggregators,
      changes: plan.changes.filter(({ id }) => kept.has(id)),
      calls: {
        associate: contacts.flatMap(({ adds }) => adds).length,
        disassociate: 0,
        update: aggregators.length,
      },
    },
    outcomes: new Map(withheld.map((change) => [change.id, { status: 'skipped', because: reason(change) }])),
  };
}

const reason = (change: Change): string =>
  isAddition(change)
    ? 'the contact is at its cap, and the removal that would make room was withheld by the guard'
    : 'the guard refused the removals of this plan';
