import { systemClock } from '../clock.ts';
import { ReportUnwritable } from '../job/report-files/report-files.ts';
import { runJob } from '../job/run-job.ts';
import type { TargetSettings } from '../job/settings.ts';
import { logJobEvent } from '../log.ts';
import type { ReportFormat } from '../model/file-formats.ts';
import { HaltSwitch } from '../model/halt.ts';
import type { Ownership } from '../model/manifest.ts';
import type { RunMode } from '../model/target-result.ts';
import type { WriteWindow } from '../model/write-window.ts';
import { jsonText } from '../report/json-text.ts';
import { renderText } from '../report/text.ts';
import { TOOL } from '../tool.ts';
import { type ConnectionOptions, connectionSettings } from './connection-options.ts';
import { failureOf } from './failure.ts';
import { haltOnSignals } from './halt-on-signals.ts';
import { type OutputOptions, openOutput } from './output.ts';
import { showUnwritten } from './show-unwritten.ts';

/** The options of plan and apply, as the command line gives them: durations in milliseconds. */
export interface ReconcileOptions extends OutputOptions, ConnectionOptions {
  readonly ownership?: Ownership;
  readonly concurrency: number;
  readonly targetsPerContact: number;
  readonly accountsPerAggregator: number;
  readonly maxRemovals?: number;
  readonly maxRemovalShare: number;
  readonly allowRemovals?: number;
  readonly allowUncovered?: number;
  readonly onGuard: 'refuse' | 'additions-only';
  readonly expect?: string;
  /** A saved plan to keep to. */
  readonly plan?: string;
  /** Where the plan is saved. */
  readonly out?: string;
  readonly contact: readonly string[];
  readonly aggregator: readonly string[];
  readonly member: readonly string[];
  readonly maxChanges?: number;
  readonly settle: number;
  readonly deadline?: number;
  readonly pause?: number;
  readonly window?: WriteWindow;
  readonly reportDir: string;
  readonly format: readonly ReportFormat[];
  readonly stateDir: string;
  readonly wait: number;
}

/** plan and apply: the same line, with and without the writing. */
export function reconcile(
  mode: RunMode,
  files: readonly string[],
  options: ReconcileOptions,
): Promise<number> {
  return carryOut(targetSettings(mode, files, options), options);
}

/** One run of one directory, shown. @returns its exit code */
export async function carryOut(target: TargetSettings, options: ReconcileOptions): Promise<number> {
  const output = await openOutput(options, process.env);
  const halt = new HaltSwitch();
  const stopListening = haltOnSignals(halt, output.log);
  try {
    const { report, path } = await runJob(
      {
        mode: target.mode,
        targets: [{ settings: target, connection: connectionSettings(options), savePlanTo: options.out }],
        parallel: 1,
        deadlineMs: options.deadline,
        ...folders(options),
        tool: TOOL,
      },
      {
        clock: systemClock,
        halt,
        emit: (event) => {
          output.progress(event);
          logJobEvent(output.log, event);
        },
      },
    );
    if (options.json === true) output.print(jsonText(report, 2));
    else output.print(renderText(report, { ...output, reportPath: path }));
    return report.run.exitCode;
  } catch (error) {
    if (error instanceof ReportUnwritable) return showUnwritten(error, output);
    const { exitCode, lines } = failureOf(error);
    for (const line of lines) output.log.error(line);
    return exitCode;
  } finally {
    output.endProgress();
    stopListening();
  }
}

export function targetSettings(
  mode: RunMode,
  files: readonly string[],
  options: ReconcileOptions,
): TargetSettings {
  const { maxRemovals, maxRemovalShare, allowRemovals, allowUncovered, onGuard } = options;
  return {
    name: 'default',
    mode,
    manifest: files,
    directoryId: options.directoryId,
    ownership: options.ownership,
    limits: {
      targetsPerContact: options.targetsPerContact,
      accountsPerAggregator: options.accountsPerAggregator,
    },
    guard: { maxRemovals, maxRemovalShare, allowRemovals, allowUncovered, onGuard },
    expect: options.expect,
    approvedPlan: options.plan,
    only: { contacts: options.contact, aggregators: options.aggregator, members: options.member },
    maxChanges: options.maxChanges,
    concurrency: options.concurrency,
    settleMs: options.settle,
    pauseMs: options.pause,
    window: options.window,
  };
}

const folders = ({ reportDir, format, stateDir, wait }: ReconcileOptions) => ({
  reportDir,
  formats: format,
  stateDir,
  lockWaitMs: wait,
});
