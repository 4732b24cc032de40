import type { ActualBinding } from '../model/actual-state.ts';
import type { AccountId } from '../model/ids.ts';
import type { BindingChange } from '../model/plan.ts';
import type { Target, TargetId } from '../model/target.ts';
import type { Territory } from '../model/territory.ts';
import type { AwaitsOthers } from './awaits-others.ts';
import { closingOrder, fewestThatCover, type Reaching } from './closing-order.ts';

/** What stands between a removal and no gap: an account that is without the contact for a while, and gets it back. */
export interface Gaps {
  /** The removals that leave none, even when all of them go together. */
  readonly free: readonly BindingChange[];
  /** So do these, but by them an account would have to wait for another contact. */
  readonly awaiting: readonly BindingChange[];
  /** The other removals, those first that leave the fewest accounts in one. */
  readonly leaving: readonly BindingChange[];
  /** The additions that let other removals go, or close a gap, in the best order. Empty where it is not known. */
  readonly closers: readonly BindingChange[];
}

/** @param toRemove, toAdd  what is not yet done of one contact's changes */
export type FindGaps = (toRemove: readonly BindingChange[], toAdd: readonly BindingChange[]) => Gaps;

/**
 * A removal leaves a gap when the contact reaches an account by nothing else that is there now, and will reach it
 * by something that is still to be added. Where the accounts were not read, every removal may leave one.
 */
export function gapFinder(
  ofContact: readonly BindingChange[],
  bindings: ReadonlyMap<TargetId, ActualBinding> | undefined,
  territory: Territory | undefined,
  awaits: AwaitsOthers = () => false,
): FindGaps {
  if (territory === undefined) return notKnown;
  const atStake = accountsAtStake(ofContact, bindings, territory);
  const reachOf = new Map(
    ofContact.map((change) => [change, territory.under(change.target).filter((id) => atStake.has(id))]),
  );
  return (toRemove, toAdd) => {
    const waiting = new Set(toAdd);
    const added = ofContact.filter((change) => !isUnbind(change) && !waiting.has(change));
    const safe = new Set(added.flatMap((change) => reachOf.get(change) ?? []));
    const reaching = (change: BindingChange): Reaching => ({
      change,
      accounts: (reachOf.get(change) ?? []).filter((id) => !safe.has(id)),
    });
    return gapsBetween(toRemove.map(reaching), toAdd.map(reaching), awaits);
  };
}

function gapsBetween(
  removals: readonly Reaching[],
  additions: readonly Reaching[],
  awaits: AwaitsOthers,
): Gaps {
  const keepers = fewestThatCover(removals);
  const kept = new Set(keepers);
  const letGo = removals.filter((one) => !kept.has(one)).map(changeOf);
  return {
    free: letGo.filter((change) => !awaits(change)),
    awaiting: letGo.filter(awaits),
    leaving: keepers.toSorted((a, b) => a.accounts.length - b.accounts.length).map(changeOf),
    closers: closingOrder(fewestThatCover(additions), keepers).map(changeOf),
  };
}

/** Those that the contact reaches before and after, and by nothing that stays. */
function accountsAtStake(
  ofContact: readonly BindingChange[],
  bindings: ReadonlyMap<TargetId, ActualBinding> | undefined,
  territory: Territory,
): ReadonlySet<AccountId> {
  const reached = (some: readonly { readonly target: Target }[]): ReadonlySet<AccountId> =>
    new Set(some.flatMap(({ target }) => territory.under(target)));
  const removals = ofContact.filter(isUnbind);
  const removed = new Set(removals.map(({ target }) => target.id));
  const staying = reached([...(bindings?.values() ?? [])].filter(({ target }) => !removed.has(target.id)));
  const after = reached(ofContact.filter((change) => !isUnbind(change)));
  return new Set([...reached(removals)].filter((id) => after.has(id) && !staying.has(id)));
}

const notKnown: FindGaps = (toRemove, toAdd) =>
  toAdd.length > 0
    ? { free: [], awaiting: [], leaving: toRemove, closers: [] }
    : { free: toRemove, awaiting: [], leaving: [], closers: [] };

const changeOf = ({ change }: Reaching): BindingChange => change;

const isUnbind = ({ action }: BindingChange): boolean => action === 'unbind';
