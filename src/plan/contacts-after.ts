import type { ActualState } from '../model/actual-state.ts';
import type { BoundContact } from '../model/coverage.ts';
import { groupBy } from '../model/group-by.ts';
import type { BindingChange, Change } from '../model/plan.ts';
import type { Target, TargetId } from '../model/target.ts';

/** Every contact with the targets that it will have once the changes are made. */
export function contactsAfter(actual: ActualState, changes: readonly Change[]): BoundContact[] {
  const bindingChanges = changes.filter((change): change is BindingChange => change.kind === 'contact');
  const changesOf = groupBy(bindingChanges, ({ contactId }) => contactId);
  return [...(actual.contacts?.values() ?? [])].map(({ id, status, messageTypes, bindings }) => {
    const targets = new Map<TargetId, Target>([...bindings].map(([key, { target }]) => [key, target]));
    for (const { action, target } of changesOf.get(id) ?? []) {
      if (action === 'bind') targets.set(target.id, target);
      else targets.delete(target.id);
    }
    return { id, status, messageTypes, targets: [...targets.values()] };
  });
}
