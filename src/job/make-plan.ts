import { diff } from '../diff/diff.ts';
import { unnamedAggregators } from '../diff/diff-aggregator.ts';
import { incomplete } from '../inventory/read-pages.ts';
import { show } from '../manifest/show.ts';
import type { ActualState } from '../model/actual-state.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Change, Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { buildPlan } from '../plan/build-plan.ts';
import { confine, countManaged } from './confine.ts';
import { leaverWarning, withoutLeavers } from './leavers.ts';
import type { TargetSettings } from './settings.ts';
import { unknownConfinement } from './unknown-confinement.ts';

export interface MadePlan {
  readonly plan: Plan;
  readonly warnings: readonly Problem[];
}

/**
 * What differs inside the confinement, as a plan. Coverage and caps are judged by the whole directory.
 * @throws CloudCallError Incomplete when bindings would be removed, and not one account was listed
 */
export function makePlan(
  desired: DesiredState,
  actual: ActualState,
  settings: Pick<TargetSettings, 'only' | 'guard' | 'limits'>,
  refused: ReadonlySet<string>,
): MadePlan {
  const inside = confine(desired, actual, settings.only);
  const { changes, unchanged, unmanaged } = diff(inside.desired, inside.actual);
  const possible = withoutLeavers(changes, refused, actual);
  requireAccounts(possible.changes, actual);
  const plan = buildPlan(
    desired,
    actual,
    {
      changes: possible.changes,
      unchanged,
      unmanaged: unmanaged + possible.impossible.length,
      managedNow: countManaged(inside.desired, inside.actual),
    },
    { guard: settings.guard, targetsPerContact: settings.limits.targetsPerContact },
  );
  const warnings = [
    ...unknownConfinement(settings.only, desired, actual),
    ...unnamedWarnings(inside),
    ...possible.impossible.map(leaverWarning),
  ];
  return { plan, warnings };
}

/** No account at all cannot be told from a listing that failed, and nobody would be seen to lose a contact. */
function requireAccounts(changes: readonly Change[], { accounts }: ActualState): void {
  if (accounts?.size !== 0 || !changes.some(({ action }) => action === 'unbind')) return;
  throw incomplete(
    'the list of accounts came without a single account, so nobody can say whom a removal reaches; where there really is none, take the removals out of the manifest',
  );
}

/** Exclusive ownership claims everything; what it finds besides is reported, since no group is ever emptied. */
function unnamedWarnings({ desired, actual }: ReturnType<typeof confine>): readonly Problem[] {
  if (desired.ownership !== 'exclusive') return [];
  return unnamedAggregators(desired, actual).map(({ id, name }) => ({
    code: 'aggregator-not-named',
    severity: 'warning',
    source: undefined,
    message: `aggregator ${id} (${show(name)}) is of type CUSTOM, and the manifest, which owns exclusively, does not name it; it stays as it is: write it down, or delete the group in the console`,
  }));
}
