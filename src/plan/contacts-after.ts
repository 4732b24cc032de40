import type { ActualState, Contact } from '../model/actual-state.ts';
import type { BoundContact } from '../model/coverage.ts';
import { groupBy } from '../model/group-by.ts';
import type { BindingChange, Change } from '../model/plan.ts';
import type { Target } from '../model/target.ts';

/** Every contact with the targets that it will have once the changes are made. */
export function contactsAfter(actual: ActualState, changes: readonly Change[]): BoundContact[] {
  const bindingChanges = changes.filter((change): change is BindingChange => change.kind === 'contact');
  const changesOf = groupBy(bindingChanges, ({ contactId }) => contactId);
  return [...(actual.contacts?.values() ?? [])].map(({ id, status, messageTypes, bindings }) => {
    const changesOfIt = changesOf.get(id) ?? [];
    // Walked anew each time it is asked for: a copy would double what is held of a large directory.
    const targets = { [Symbol.iterator]: () => targetsAfter(bindings, changesOfIt) };
    return { id, status, messageTypes, targets };
  });
}

function* targetsAfter(
  bindings: Contact['bindings'],
  changes: readonly BindingChange[],
): Generator<Target, void> {
  const unbound = new Set(changes.flatMap(({ action, target }) => (action === 'unbind' ? [target.id] : [])));
  for (const { target } of bindings.values()) if (!unbound.has(target.id)) yield target;
  for (const { action, target } of changes) {
    if (action === 'bind' && !bindings.has(target.id)) yield target;
  }
}
