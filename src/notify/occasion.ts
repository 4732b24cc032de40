import { EXIT } from '../model/exit-code.ts';
import type { Report, ReportTarget } from '../report/report-schema.ts';
import type { Notification } from './notification.ts';

const QUIET_CODES: readonly number[] = [EXIT.inSync, EXIT.changesPending];

/** Whether a run is one that somebody asked to be told of. */
export const isDue = (report: Report, { when }: Pick<Notification, 'when'>): boolean =>
  (when.includes('failed') && hasFailed(report)) || (when.includes('changed') && hasChanged(report));

/** Neither in sync nor a plan with changes. */
const hasFailed = ({ run }: Report): boolean => !QUIET_CODES.includes(run.exitCode);

/** Something was applied, or what is to be done is not what the last report left open. */
const hasChanged = ({ targets }: Report): boolean =>
  targets.some((target) => hasApplied(target) || hasOtherDrift(target));

const hasApplied = ({ changes }: ReportTarget): boolean =>
  changes.some(({ outcome }) => outcome.status === 'applied');

function hasOtherDrift({ changes, history }: ReportTarget): boolean {
  return history === undefined ? changes.length > 0 : history.appeared + history.settled > 0;
}
