import type { Outcome } from '../model/outcome.ts';
import type { AggregatorSchedule, Change, ContactSchedule, Plan } from '../model/plan.ts';
import { countCalls } from './count-calls.ts';

/** What of a plan may be sent. */
export interface Share {
  readonly plan: Plan;
  /** Everything else, as skipped. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

export const wholePlan = (plan: Plan): Share => ({ plan, outcomes: new Map() });

/** @param because  why a change is left out */
export function narrowed(
  { plan, outcomes }: Share,
  chosen: Pick<Plan, 'contacts' | 'aggregators'>,
  because: (change: Change) => string,
): Share {
  const contacts = chosen.contacts.map(withoutEmptyCalls);
  const aggregators = chosen.aggregators.filter(({ changes }) => changes.length > 0);
  const kept = new Set([...contacts.flatMap(changesOfContact), ...aggregators.flatMap(changesOfGroup)]);
  const leftOut = plan.changes.filter(({ id }) => !kept.has(id));
  const changes = plan.changes.filter(({ id }) => kept.has(id));
  return {
    plan: { ...plan, contacts, aggregators, changes, calls: countCalls(contacts, aggregators) },
    outcomes: new Map([
      ...outcomes,
      ...leftOut.map((change) => [change.id, { status: 'skipped', because: because(change) }] as const),
    ]),
  };
}

const withoutEmptyCalls = ({ contactId, adds, swaps, removes }: ContactSchedule): ContactSchedule => ({
  contactId,
  adds: adds.filter(({ changes }) => changes.length > 0),
  swaps,
  removes: removes.filter(({ changes }) => changes.length > 0),
});

const changesOfContact = ({ adds, swaps, removes }: ContactSchedule): readonly string[] =>
  [...adds, ...swaps, ...removes].flatMap(({ changes }) => changes.map(({ id }) => id));

const changesOfGroup = ({ changes }: AggregatorSchedule): readonly string[] => changes.map(({ id }) => id);
