import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { ReportFormat } from '../model/file-formats.ts';
import type { RunMode } from '../model/target-result.ts';
import { assembleReport } from '../report/assemble-report.ts';
import type { Report, ReportTarget } from '../report/report-schema.ts';
import { crashedTarget } from './crashed-target.ts';
import { haltAfter } from './halt-after.ts';
import { addHistory } from './report-files/add-history.ts';
import { keepRecovered } from './report-files/keep-recovered.ts';
import { writeReportFiles } from './report-files/report-files.ts';
import { reportFolderOrStop } from './report-files/report-folder.ts';
import type { JobEffects, RunContext } from './run-context.ts';
import { newRunId } from './run-id.ts';
import { Surroundings } from './surroundings.ts';
import { type JobTarget, TargetRun } from './target-run.ts';

export type { JobEffects } from './run-context.ts';
export type { JobTarget } from './target-run.ts';

export interface JobSettings {
  readonly mode: RunMode;
  /** One or more; their names differ. */
  readonly targets: readonly JobTarget[];
  /** Targets that are worked on at once. */
  readonly parallel: number;
  /** For the whole run. */
  readonly deadlineMs: number | undefined;
  readonly reportDir: string;
  readonly formats: readonly ReportFormat[];
  /** Folders of runs that stay in reportDir; all when undefined. */
  readonly keepReports?: number | undefined;
  readonly stateDir: string;
  readonly lockWaitMs: number;
  readonly tool: { readonly name: string; readonly version: string };
}

export interface FinishedJob {
  readonly report: Report;
  /** Where it was written. */
  readonly path: string | undefined;
}

/**
 * One run over one directory or many: reconciles each by itself, and leaves one report on every way out.
 * What is read for a target is let go with it, so memory does not grow with their number, but for the report.
 * @throws Stop (usage) before any call where a run that writes has no place to report to; ReportUnwritable; and the first defect of the program that a target met, after the report is written
 */
export async function runJob(settings: JobSettings, effects: JobEffects): Promise<FinishedJob> {
  const { clock, halt, emit } = effects;
  if (settings.mode === 'apply') reportFolderOrStop(settings.reportDir, settings.formats);
  const context = contextOf(settings, effects);
  const runs = settings.targets.map((target) => new TargetRun(target, context));
  const defects: unknown[] = [];
  const cancelDeadline = haltAfter(settings.deadlineMs, clock, halt);
  try {
    const limit = pLimit(settings.parallel);
    const parts = await Promise.all(
      settings.targets.map((target, index) =>
        limit(() => partOf(runs[index], target, context, (defect) => defects.push(defect))),
      ),
    );
    cancelDeadline();
    emit({ type: 'stage', stage: 'report' }, '');
    const finished = await report(parts, settings, context);
    await Promise.all(runs.map((run) => run.end()));
    if (defects.length > 0) throw defects[0];
    return finished;
  } finally {
    cancelDeadline();
    await Promise.all(runs.map((run) => run.release()));
    await context.surroundings.close();
  }
}

function contextOf(settings: JobSettings, effects: JobEffects): RunContext {
  const { mode, tool, stateDir, lockWaitMs, reportDir, formats } = settings;
  const startedAt = effects.clock.now();
  const oneByOne = pLimit(1);
  return {
    id: newRunId(startedAt),
    mode,
    startedAt,
    tool,
    stateDir,
    lockWaitMs,
    effects,
    random: Math.random,
    newToken: randomUUID,
    surroundings: new Surroundings(),
    keep: async (record) => {
      await oneByOne(() => keepRecovered(record, { reportDir, formats, tool, clock: effects.clock }));
    },
  };
}

/** A defect that one target meets is kept for the end: the others go on, and are reported. */
async function partOf(
  run: TargetRun | undefined,
  { settings }: JobTarget,
  context: RunContext,
  defect: (error: unknown) => void,
): Promise<ReportTarget> {
  try {
    if (run === undefined) throw new Error('a target without a run');
    return await run.run();
  } catch (error) {
    defect(error);
    return crashedTarget(settings, context, error);
  }
}

async function report(
  parts: readonly ReportTarget[],
  { reportDir, formats, keepReports }: JobSettings,
  { id, mode, startedAt, tool, effects }: RunContext,
): Promise<FinishedJob> {
  const head = { id, mode, startedAt, finishedAt: effects.clock.now() };
  const assembled = await addHistory(assembleReport(head, parts, tool), reportDir);
  const path = await writeReportFiles(assembled, reportDir, formats, keepReports, (message) =>
    effects.emit({ type: 'warning', message }, ''),
  );
  return { report: assembled, path };
}
