import type { ActualState } from '../model/actual-state.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Change } from '../model/plan.ts';
import { membershipChange } from './diff-aggregator.ts';
import { bindingChange } from './diff-contact.ts';

/**
 * What is as a line of the manifest says already, each as the change that would make it so again: bound or a member
 * and written so, or neither and written as absent. What follows from not being written is not in it.
 */
export function asWritten(desired: DesiredState, actual: ActualState): readonly Change[] {
  const contacts = [...(actual.contacts?.values() ?? [])].flatMap(({ id, bindings }) => {
    const wanted = desired.contacts.get(id);
    return [
      ...valuesOf(wanted?.present)
        .filter(({ target }) => bindings.has(target.id))
        .map(({ target, source }) => bindingChange('bind', id, target, target.id, source)),
      ...valuesOf(wanted?.absent)
        .filter(({ target }) => !bindings.has(target.id))
        .map(({ target, source }) => bindingChange('unbind', id, target, target.id, source)),
    ];
  });
  const aggregators = [...actual.aggregators.values()].flatMap(({ id, accounts }) => {
    const wanted = desired.aggregators.get(id);
    return [
      ...valuesOf(wanted?.present)
        .filter(({ accountId }) => accounts.has(accountId))
        .map((one) => membershipChange('add-account', id, one.accountId, one.accountName, one.source)),
      ...valuesOf(wanted?.absent)
        .filter(({ accountId }) => !accounts.has(accountId))
        .map((one) => membershipChange('remove-account', id, one.accountId, one.accountName, one.source)),
    ];
  });
  return [...contacts, ...aggregators];
}

const valuesOf = <T>(map: ReadonlyMap<string, T> | undefined): readonly T[] => [...(map?.values() ?? [])];
