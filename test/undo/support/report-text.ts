import type { ActualState } from '../../../src/model/actual-state.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import type { Change } from '../../../src/model/plan.ts';
import type { TargetResult } from '../../../src/model/target-result.ts';
import { buildReport } from '../../../src/report/build-report.ts';
import { planOf, runRecord, TOOL, targetResult } from '../../report/sample-run.ts';

/** A target of a report in which these changes came to these outcomes. */
export const targetOf = (
  actual: ActualState,
  changes: readonly Change[],
  outcomes: ReadonlyMap<string, Outcome>,
): TargetResult => targetResult({ actual, plan: planOf(changes), outcomes });

/** `report.json` of a run over such targets. */
export const textOf = (...targets: readonly TargetResult[]): string =>
  `${JSON.stringify(buildReport(runRecord({ targets }), TOOL), null, 2)}\n`;

export const reportText = (...parts: Parameters<typeof targetOf>): string => textOf(targetOf(...parts));
