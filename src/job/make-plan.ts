import { diff } from '../diff/diff.ts';
import type { ActualState } from '../model/actual-state.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Plan } from '../model/plan.ts';
import { buildPlan } from '../plan/build-plan.ts';
import { confine, countManaged, firstChanges } from './confine.ts';
import type { TargetSettings } from './settings.ts';

/** What differs inside the confinement, as a plan. Coverage and caps are judged by the whole directory. */
export function makePlan(desired: DesiredState, actual: ActualState, settings: TargetSettings): Plan {
  const inside = confine(desired, actual, settings.only);
  const { changes, unchanged, unmanaged } = diff(inside.desired, inside.actual);
  return buildPlan(
    desired,
    actual,
    {
      changes: firstChanges(changes, settings.maxChanges),
      unchanged,
      unmanaged,
      managedNow: countManaged(inside.desired, inside.actual),
    },
    { guard: settings.guard, targetsPerContact: settings.limits.targetsPerContact },
  );
}
