import type { AggregatorSchedule, ContactSchedule, Plan } from '../model/plan.ts';

export function countCalls(
  contacts: readonly ContactSchedule[],
  aggregators: readonly AggregatorSchedule[],
): Plan['calls'] {
  const chunks = contacts.flatMap(({ adds, swaps, removes }) => [...adds, ...swaps, ...removes]);
  const associate = chunks.filter(({ action }) => action === 'bind').length;
  return { associate, disassociate: chunks.length - associate, update: aggregators.length };
}
