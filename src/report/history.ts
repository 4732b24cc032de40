import type { Report, ReportChange, ReportTarget } from './report-schema.ts';

/**
 * A report that knows how long its drift has stood. Each report carries that on, so the newest earlier one is
 * enough, and what it knows outlives the folders that are removed.
 * @param earlier  for each target the newest earlier report that {@link speaksOf} it
 */
export const withHistory = (report: Report, earlier: ReadonlyMap<ReportTarget, Report>): Report => ({
  ...report,
  targets: report.targets.map((target) => targetWithHistory(target, report, earlier.get(target))),
});

/** Whether a report holds a plan for this very target. One that could not be read says nothing about drift. */
export const speaksOf = (earlier: Report, target: ReportTarget): boolean =>
  counterpart(earlier, target) !== undefined;

const counterpart = (earlier: Report, { name, directoryId }: ReportTarget): ReportTarget | undefined =>
  earlier.targets.find(
    (other) => other.plan !== null && other.name === name && other.directoryId === directoryId,
  );

function targetWithHistory(target: ReportTarget, report: Report, earlier: Report | undefined): ReportTarget {
  const before = earlier === undefined ? undefined : counterpart(earlier, target);
  if (target.plan === null) return target;
  const { startedAt } = report.run;
  if (earlier === undefined || before === undefined)
    return { ...target, changes: target.changes.map((change) => ({ ...change, since: startedAt })) };
  const leftOpen = new Map(before.changes.filter(isOpen).map((change) => [change.id, change]));
  const changes = target.changes.map((change) => {
    const same = leftOpen.get(change.id);
    return { ...change, since: same === undefined ? startedAt : (same.since ?? earlier.run.startedAt) };
  });
  const standing = target.changes.filter(({ id }) => leftOpen.has(id)).length;
  const history = {
    previousRunId: earlier.run.id,
    previousStartedAt: earlier.run.startedAt,
    appeared: changes.length - standing,
    standing,
    settled: leftOpen.size - standing,
  };
  return { ...target, changes, history };
}

/** Still to be done when that run ended. What was made and is needed again is new drift. */
const isOpen = ({ outcome }: ReportChange): boolean =>
  outcome.status !== 'applied' && outcome.status !== 'already';
