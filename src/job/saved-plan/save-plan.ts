import { resolve } from 'node:path';
import { EXIT } from '../../model/exit-code.ts';
import type { Problem } from '../../model/problem.ts';
import type { TargetResult } from '../../model/target-result.ts';
import { jsonText } from '../../report/json-text.ts';
import type { Report } from '../../report/report-schema.ts';
import { writeFileSafely } from '../files/write-file-safely.ts';
import type { TargetSettings } from '../settings.ts';
import { problem } from '../stop.ts';
import { policyOf, savedPlanOf } from './saved-plan.ts';

/**
 * Saves the plan of a dry run for review.
 * @param report  of the run, as it is without the saving
 * @returns the result, with what came of it: a plan that cannot be written down is a failed run (usage)
 */
export async function savePlan(
  path: string,
  target: TargetResult,
  report: Report,
  settings: Pick<TargetSettings, 'guard' | 'only'>,
): Promise<TargetResult> {
  const [reported] = report.targets;
  const { ownership, result } = target;
  if (target.plan === undefined || ownership === undefined || reported === undefined) return target;
  if (result !== 'drift' && result !== 'in-sync')
    return withProblem(target, { ...problem('plan-not-saved', notSaved(path, result)), severity: 'warning' });
  if (target.manifest.files.some((file) => resolve(file.path) === resolve(path)))
    return failed(
      target,
      `${path} is the manifest itself, and no plan is saved over it; give --out another file`,
    );
  const saved = savedPlanOf(report, reported, policyOf(ownership, settings));
  if (saved === undefined) return target;
  try {
    await writeFileSafely(path, `${jsonText(saved, 2)}\n`);
    return target;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return failed(
      target,
      `the plan cannot be saved to ${path} (${code}); check the folder and its permissions`,
    );
  }
}

const failed = (target: TargetResult, message: string): TargetResult => ({
  ...withProblem(target, problem('plan-not-saved', message)),
  exitCode: EXIT.usage,
  result: 'failed',
});

const withProblem = (target: TargetResult, found: Problem): TargetResult => ({
  ...target,
  problems: [...target.problems, found],
});

const notSaved = (path: string, result: TargetResult['result']): string =>
  `no plan was saved to ${path}, because ${result === 'refused' ? 'the guard refused it' : 'it is not the one that was approved'}`;
