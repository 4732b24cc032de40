import { reportTarget } from '../report/build-report.ts';
import type { ReportTarget } from '../report/report-schema.ts';
import { Progress } from './progress.ts';
import type { RunContext } from './run-context.ts';
import type { TargetSettings } from './settings.ts';
import { problem } from './stop.ts';

/** Node's own code for a crash. */
export const DEFECT_EXIT_CODE = 1;

/** The part of a target in which the program met a defect of its own. What had been sent stands in its journal. */
export function crashedTarget(settings: TargetSettings, context: RunContext, error: unknown): ReportTarget {
  const kind = error instanceof Error ? error.name : 'unknown';
  const message = `a defect of the program ended this target (${kind}); run again, and report it with the log`;
  const result = new Progress(settings).result();
  return reportTarget(
    { ...result, exitCode: DEFECT_EXIT_CODE, problems: [problem('defect', message)] },
    context,
  );
}
