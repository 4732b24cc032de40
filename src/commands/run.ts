import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { systemClock } from '../clock.ts';
import { proxyAgentFor } from '../cloud/proxy.ts';
import { makeFolder } from '../job/files/make-folder.ts';
import { readJobFile } from '../job/job-file/job-file.ts';
import type { JobFile } from '../job/job-file/job-file-schema.ts';
import { ReportUnwritable } from '../job/report-files/report-files.ts';
import { type FinishedJob, type JobSettings, runJob } from '../job/run-job.ts';
import { problem, Stop } from '../job/stop.ts';
import { type Logger, logJobEvent } from '../log.ts';
import { EXIT } from '../model/exit-code.ts';
import { HaltSwitch } from '../model/halt.ts';
import type { Notification } from '../notify/notification.ts';
import { failureInWords, notify } from '../notify/notify.ts';
import { resolveNotifications, secretsOf } from '../notify/resolve-notifications.ts';
import { jsonText } from '../report/json-text.ts';
import { renderText } from '../report/text.ts';
import { failureOf } from './failure.ts';
import { haltOnSignals } from './halt-on-signals.ts';
import { type Output, openOutput } from './output.ts';
import { type GivenOptions, hasSeveralPlans, type RunOptions, runSettings } from './run-settings.ts';
import { showUnwritten } from './show-unwritten.ts';

/** A job file: one directory or many, planned or applied as it says. @returns the gravest exit code of its targets */
export async function run(path: string, options: RunOptions, given: GivenOptions): Promise<number> {
  const output = await openOutput(options, process.env);
  try {
    const { job, notifications } = await readJob(path);
    for (const secret of secretsOf(notifications)) output.secrets.add(secret);
    const settings = runSettings(path, job, options, given);
    checkSinglePlan(settings, given);
    makeRoomForPlans(path, settings, job, options);
    const finished = await carryOut(settings, output);
    show(finished, options, output);
    await tell(finished, notifications, output.log);
    return finished.report.run.exitCode;
  } catch (error) {
    if (error instanceof ReportUnwritable) return showUnwritten(error, output);
    const { exitCode, lines } = failureOf(error);
    for (const line of lines) output.log.error(line);
    return exitCode;
  }
}

/** @throws Stop (configuration) with every problem of the file and of the values it takes from the environment */
async function readJob(
  path: string,
): Promise<{ readonly job: JobFile; readonly notifications: readonly Notification[] }> {
  const bytes = await readFile(path).catch((error: unknown) => {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    const message = `the job file ${path} cannot be read (${reason}); check the path and its permissions`;
    throw new Stop(EXIT.configuration, 'failed', [problem('job-unreadable', message)]);
  });
  let notifications: readonly Notification[] = [];
  const checked = readJobFile(path, bytes, ({ notify: written = [] }) => {
    const resolved = resolveNotifications(written, process.env);
    if (!resolved.ok) return resolved.problems;
    notifications = resolved.value;
    return [];
  });
  if (!checked.ok) throw new Stop(EXIT.configuration, 'failed', checked.problems);
  return { job: checked.value, notifications };
}

/** A digest or a saved plan is of one directory. @throws Stop (usage) */
function checkSinglePlan({ targets }: JobSettings, { expect }: GivenOptions): void {
  if (expect === undefined || targets.length === 1) return;
  const message = `--expect is the digest of one plan, and the run has ${targets.length} targets; choose one with --target NAME`;
  throw new Stop(EXIT.usage, 'failed', [problem('several-targets', message)]);
}

/** @throws Stop (usage) where no plan is to be saved, or its folder cannot be made */
function makeRoomForPlans(path: string, { mode }: JobSettings, job: JobFile, { out }: RunOptions): void {
  if (out === undefined) return;
  const stop = (message: string): Stop =>
    new Stop(EXIT.usage, 'failed', [problem('plan-not-saved', message)]);
  if (mode === 'apply')
    throw stop('--out saves the plan of a dry run, and this job applies; add --mode plan');
  if (resolve(out) === resolve(path))
    throw stop(`${out} is the job file itself, and no plan is saved over it; give --out another file`);
  if (!hasSeveralPlans(job)) return;
  try {
    makeFolder(out);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw stop(
      `the folder ${out} for the plans cannot be made (${reason}); check the path and its permissions`,
    );
  }
}

async function carryOut(settings: JobSettings, { log, progress, endProgress }: Output): Promise<FinishedJob> {
  const halt = new HaltSwitch();
  const stopListening = haltOnSignals(halt, log);
  const logs = new Map<string, Logger>();
  const logOf = (target: string): Logger => {
    if (target === '' || settings.targets.length === 1) return log;
    const known = logs.get(target) ?? log.child({ target });
    logs.set(target, known);
    return known;
  };
  try {
    return await runJob(settings, {
      clock: systemClock,
      halt,
      emit: (event, target) => {
        // That one of several directories is halted does not stop the others.
        if (event.type !== 'halt' || settings.targets.length === 1) progress(event);
        logJobEvent(logOf(target), event);
      },
    });
  } finally {
    endProgress();
    stopListening();
  }
}

function show({ report, path }: FinishedJob, { json }: RunOptions, output: Output): void {
  if (json === true) output.print(jsonText(report, 2));
  else output.print(renderText(report, { ...output, reportPath: path }));
}

/** What cannot be told changes nothing about the run. */
async function tell(
  { report, path }: FinishedJob,
  notifications: readonly Notification[],
  log: Logger,
): Promise<void> {
  const deliveries = await notify(report, notifications, {
    now: () => systemClock.now(),
    reportPlace: path,
    agentFor: proxyAgentFor,
  });
  for (const delivery of deliveries) if (delivery.status === 'failed') log.warn(failureInWords(delivery));
}
