import type { Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { firstChanges } from '../plan/first-changes.ts';
import { type Share, wholePlan } from '../plan/share.ts';
import { withholdRemovals } from '../plan/withhold-removals.ts';
import { counted } from '../report/words.ts';
import type { TargetSettings } from './settings.ts';

export interface ChosenShare {
  readonly share: Share;
  readonly warnings: readonly Problem[];
}

/** What of a plan may be sent in this run. The guard has judged the whole of it. */
export function chooseShare(
  plan: Plan,
  { guard, maxChanges }: Pick<TargetSettings, 'guard' | 'maxChanges'>,
): ChosenShare {
  const additionsOnly = plan.guard.verdict === 'refused' && guard.onGuard === 'additions-only';
  const permitted = additionsOnly ? withholdRemovals(wholePlan(plan)) : wholePlan(plan);
  const share = firstChanges(permitted, maxChanges);
  const left = permitted.plan.changes.length - share.plan.changes.length;
  return { share, warnings: left === 0 ? [] : [changesLeft(left)] };
}

function changesLeft(count: number): Problem {
  const message = `${counted(count, 'more change is', 'more changes are')} needed and left for the next run (--max-changes)`;
  return { code: 'changes-left', severity: 'warning', source: undefined, message };
}
