import { type Change, isAddition } from '../model/plan.ts';
import { narrowed, type Share } from './share.ts';

/** What is left of a plan that the guard refused, for those who asked for additions only. */
export function withholdRemovals(share: Share): Share {
  const contacts = share.plan.contacts.map((contact) => ({ ...contact, swaps: [], removes: [] }));
  const aggregators = share.plan.aggregators.map((aggregator) => ({
    ...aggregator,
    changes: aggregator.changes.filter(isAddition),
  }));
  return narrowed(share, { contacts, aggregators }, because);
}

const because = (change: Change): string =>
  isAddition(change)
    ? 'the contact is at its cap, and the removal that would make room was withheld by the guard'
    : 'the guard refused the removals of this plan';
