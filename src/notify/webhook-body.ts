import type { Report, ReportTarget } from '../report/report-schema.ts';
import type { Notice } from './notice.ts';

/** More targets than these are left out of the message; the report has them all. */
const MOST_TARGETS = 500;

/** What a program is told of a run: fields may be added, nothing is renamed or taken away. */
export function webhookBody(report: Report, notice: Notice): object {
  const { tool, run, targets } = report;
  return {
    schemaVersion: 1,
    tool,
    run,
    title: notice.title,
    lines: notice.lines,
    targetCount: targets.length,
    targets: targets.slice(0, MOST_TARGETS).map(targetOf),
  };
}

function targetOf(target: ReportTarget): object {
  const { name, directoryId, result, exitCode, plan, changes, coverage, history } = target;
  const outcomes: Record<string, number> = {};
  for (const { outcome } of changes) outcomes[outcome.status] = (outcomes[outcome.status] ?? 0) + 1;
  return {
    name,
    directoryId,
    result,
    exitCode,
    counts: plan?.counts ?? null,
    outcomes,
    unreached: coverage?.unreached.length ?? null,
    history: history ?? null,
  };
}
