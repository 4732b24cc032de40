import { ACCOUNT_TYPE } from '../wire/cloud-config.ts';
import { idsInGroupList } from './group-list.ts';
import type { Parameters } from './operation.ts';
import { listParameter } from './parameters.ts';
import type { Store } from './store.ts';

/**
 * The parameters of a call that does only the first half of what this one asks: the first half of the members, or of
 * what an account group's list adds and then drops. One change counts as the whole half.
 */
export function halfOf(parameters: Parameters, store: Store): Parameters {
  const list = parameters['AggregatorAccounts'];
  if (list !== undefined) return { ...parameters, AggregatorAccounts: halfList(list, parameters, store) };
  const kept = firstHalf(listParameter(parameters, 'Members'));
  const others = Object.entries(parameters).filter(([key]) => !/^Members(\.|$)/.test(key));
  const renumbered = kept.map((id, index) => [`Members.${index + 1}`, id] as const);
  return Object.fromEntries<string>([...others, ...renumbered]);
}

function halfList(list: string, parameters: Parameters, store: Store): string {
  const aggregator = store.aggregators.get(parameters['AggregatorId'] ?? '');
  const before = aggregator?.content.present.accounts.map(({ id }) => id) ?? [];
  const asked = idsInGroupList(list);
  const added = asked.filter((id) => !before.includes(id));
  const dropped = before.filter((id) => !asked.includes(id));
  const changed = new Set(firstHalf([...added, ...dropped]));
  const ids = [...before.filter((id) => !changed.has(id)), ...added.filter((id) => changed.has(id))];
  return JSON.stringify(ids.map((AccountId) => ({ AccountId, AccountType: ACCOUNT_TYPE })));
}

const firstHalf = (ids: readonly string[]): readonly string[] => ids.slice(0, Math.ceil(ids.length / 2));
