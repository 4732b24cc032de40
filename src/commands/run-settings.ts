import { dirname, join } from 'node:path';
import { parseDuration } from '../duration.ts';
import { chooseTargets, type Shard } from '../job/choose-targets.ts';
import type { JobFile, JobFileTarget } from '../job/job-file/job-file-schema.ts';
import type { JobSettings, JobTarget } from '../job/run-job.ts';
import type { RunMode } from '../model/target-result.ts';
import { parseWindow, type WriteWindow } from '../model/write-window.ts';
import { TOOL } from '../tool.ts';
import { type ConnectionOptions, connectionSettings } from './connection-options.ts';
import { type ReconcileOptions, targetSettings } from './reconcile.ts';

export interface RunOptions extends ReconcileOptions {
  /** Turns an applying job into a dry run; never the other way round. */
  readonly mode?: 'plan';
  readonly target: readonly string[];
  readonly shard?: Shard;
  readonly parallel: number;
}

/** What the command line gave, as against what it left at its default. */
export type GivenOptions = Partial<RunOptions>;

/** A job without targets is one target, from the ambient credentials. */
const ONLY_TARGET: JobFileTarget = { name: 'default' };

/**
 * The settings of a run: a flag wins over the job file, the job file over the manifest, the manifest over the
 * default. Paths of the job file are relative to it, and so are the default folders: where a run is started from
 * decides nothing.
 * @throws Stop (usage) for a target that the job does not have
 */
export function runSettings(
  path: string,
  job: JobFile,
  options: RunOptions,
  given: GivenOptions,
): JobSettings {
  const beside = (name: string): string => join(dirname(path), name);
  const mode: RunMode = options.mode ?? job.mode;
  const chosen = chooseTargets(job.targets ?? [ONLY_TARGET], { names: options.target, shard: options.shard });
  return {
    mode,
    targets: chosen.map((target) => jobTarget(target, job, { mode, options, given, beside })),
    ...paceOf(job, options, given),
    ...foldersOf(job, options, given, beside),
    lockWaitMs: options.wait,
    tool: TOOL,
  };
}

const paceOf = ({ pace }: JobFile, options: RunOptions, given: GivenOptions) => ({
  parallel: given.parallel ?? pace?.parallel ?? options.parallel,
  deadlineMs: given.deadline ?? milliseconds(pace?.deadline),
});

const foldersOf = (
  { report }: JobFile,
  options: RunOptions,
  given: GivenOptions,
  beside: Choices['beside'],
) => ({
  reportDir: given.reportDir ?? beside(report?.dir ?? options.reportDir),
  formats: given.format ?? report?.formats ?? options.format,
  keepReports: report?.keep,
  stateDir: given.stateDir ?? beside(options.stateDir),
});

interface Choices {
  readonly mode: RunMode;
  readonly options: RunOptions;
  readonly given: GivenOptions;
  readonly beside: (name: string) => string;
}

function jobTarget(
  target: JobFileTarget,
  job: JobFile,
  { mode, options, given, beside }: Choices,
): JobTarget {
  const effective: ReconcileOptions = {
    ...options,
    ...withoutGaps(job.policy),
    ...withoutGaps(target.policy),
    ...withoutGaps(job.limits),
    ...withoutGaps({
      concurrency: job.pace?.concurrency,
      settle: milliseconds(job.pace?.settle),
      pause: milliseconds(job.pace?.pause),
      window: windowOf(job.pace?.window),
      directoryId: target.directory,
      profile: target.profile,
      site: target.site,
    }),
    ...withoutGaps(given),
  };
  const { plan, out } = effective;
  const files = (target.manifest ?? job.manifest ?? []).map(beside);
  const approvedPlan = planPath(plan, job, target);
  const settings = { ...targetSettings(mode, files, effective), name: target.name, approvedPlan };
  const roleArn = given.profile === undefined ? target.roleArn : undefined;
  const connection = connectionSettings(withRole(effective, roleArn));
  return { settings, connection, savePlanTo: planPath(out, job, target) };
}

/** Whether plans are saved side by side in a folder; by the job alone, so that every choice of targets finds them. */
export const hasSeveralPlans = ({ targets = [] }: JobFile): boolean => targets.length > 1;

function planPath(path: string | undefined, job: JobFile, { name }: JobFileTarget): string | undefined {
  if (path === undefined || !hasSeveralPlans(job)) return path;
  return join(path, `${encodeURIComponent(name)}.plan.json`);
}

const withRole = (options: ConnectionOptions, roleArn: string | undefined): ConnectionOptions =>
  roleArn === undefined ? options : { ...options, roleArn };

/** Without the keys that say nothing, which would hide those of the layers below. */
function withoutGaps<T extends object>(layer: T | undefined): { [K in keyof T]?: NonNullable<T[K]> } {
  const said = Object.entries(layer ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as { [K in keyof T]?: NonNullable<T[K]> };
}

const windowOf = (text: string | undefined): WriteWindow | undefined =>
  text === undefined ? undefined : parseWindow(text);

const milliseconds = (text: string | number | undefined): number | undefined =>
  text === undefined ? undefined : parseDuration(String(text));
