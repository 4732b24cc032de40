import { diff } from '../diff/diff.ts';
import type { ActualState } from '../model/actual-state.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { buildPlan } from '../plan/build-plan.ts';
import { confine, countManaged, firstChanges } from './confine.ts';
import { leaverWarning, withoutLeavers } from './leavers.ts';
import type { TargetSettings } from './settings.ts';

/** What differs inside the confinement, as a plan. Coverage and caps are judged by the whole directory. */
export function makePlan(
  desired: DesiredState,
  actual: ActualState,
  settings: Pick<TargetSettings, 'only' | 'maxChanges' | 'guard' | 'limits'>,
  refused: ReadonlySet<string>,
): { readonly plan: Plan; readonly warnings: readonly Problem[] } {
  const inside = confine(desired, actual, settings.only);
  const { changes, unchanged, unmanaged } = diff(inside.desired, inside.actual);
  const possible = withoutLeavers(changes, refused, actual);
  const plan = buildPlan(
    desired,
    actual,
    {
      changes: firstChanges(possible.changes, settings.maxChanges),
      unchanged,
      unmanaged: unmanaged + possible.impossible.length,
      managedNow: countManaged(inside.desired, inside.actual),
    },
    { guard: settings.guard, targetsPerContact: settings.limits.targetsPerContact },
  );
  return { plan, warnings: possible.impossible.map(leaverWarning) };
}
