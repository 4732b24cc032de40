import type { ActualBinding } from '../model/actual-state.ts';
import type { BindingChange } from '../model/plan.ts';
import type { Target, TargetId } from '../model/target.ts';
import type { Territory } from '../model/territory.ts';

/** What stands between a removal and no gap: an account that is without the contact for a while, and gets it back. */
export interface Gaps {
  /** The removals that leave one. */
  readonly removals: ReadonlySet<BindingChange>;
  /** The additions that close one. Once they are made, the removals leave none. */
  readonly closers: ReadonlySet<BindingChange>;
}

/** @param toRemove, toAdd  what is not yet done of one contact's changes */
export type FindGaps = (toRemove: readonly BindingChange[], toAdd: readonly BindingChange[]) => Gaps;

/**
 * A removal leaves a gap when the contact reaches an account by nothing that stays or was added before, and will
 * reach it by something that is still to be added. Where the accounts were not read, every removal may leave one.
 */
export function gapFinder(
  ofContact: readonly BindingChange[],
  bindings: ReadonlyMap<TargetId, ActualBinding> | undefined,
  territory: Territory | undefined,
): FindGaps {
  if (territory === undefined) return everyRemoval;
  const removed = new Set(ofContact.filter(isUnbind).map(({ target }) => target.id));
  const staying = [...(bindings?.values() ?? [])].filter(({ target }) => !removed.has(target.id));
  const under = ({ target }: { readonly target: Target }) => territory.under(target);
  return (toRemove, toAdd) => {
    const waiting = new Set(toAdd);
    const added = ofContact.filter((change) => !isUnbind(change) && !waiting.has(change));
    const kept = new Set([...staying, ...added].flatMap(under));
    const restored = new Set(toAdd.flatMap(under));
    const inGap = (change: BindingChange) => under(change).filter((id) => restored.has(id) && !kept.has(id));
    const concerned = new Set(toRemove.flatMap(inGap));
    return {
      removals: new Set(toRemove.filter((change) => inGap(change).length > 0)),
      closers: new Set(toAdd.filter((change) => under(change).some((id) => concerned.has(id)))),
    };
  };
}

const everyRemoval: FindGaps = (toRemove, toAdd) => ({
  removals: new Set(toAdd.length > 0 ? toRemove : []),
  closers: new Set(toAdd),
});

const isUnbind = ({ action }: BindingChange): boolean => action === 'unbind';
