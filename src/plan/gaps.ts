import type { ActualBinding } from '../model/actual-state.ts';
import type { BindingChange } from '../model/plan.ts';
import type { Target, TargetId } from '../model/target.ts';
import type { Territory } from '../model/territory.ts';

/**
 * The removals of one contact that would leave an account without that contact until an addition restores it:
 * the contact reaches the account by nothing that stays, and will reach it by something that is to be added.
 * Where the accounts were not read, every removal beside an addition may leave a gap.
 */
export function removalsThatLeaveGaps(
  ofContact: readonly BindingChange[],
  bindings: ReadonlyMap<TargetId, ActualBinding> | undefined,
  territory: Territory | undefined,
): ReadonlySet<BindingChange> {
  const additions = ofContact.filter(({ action }) => action === 'bind');
  const removals = ofContact.filter(({ action }) => action === 'unbind');
  if (territory === undefined) return new Set(additions.length > 0 ? removals : []);
  const removed = new Set(removals.map(({ target }) => target.id));
  const staying = [...(bindings?.values() ?? [])].filter(({ target }) => !removed.has(target.id));
  const covers = (some: readonly { readonly target: Target }[]) =>
    new Set(some.flatMap(({ target }) => territory.under(target)));
  const keptAnyway = covers(staying);
  const restoredLater = covers(additions);
  return new Set(
    removals.filter(({ target }) =>
      territory.under(target).some((id) => restoredLater.has(id) && !keptAnyway.has(id)),
    ),
  );
}
