import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HaltSwitch } from '../model/halt.ts';
import type { JobEvent } from '../model/job-event.ts';
import type { Clock } from '../model/ports.ts';
import type { TargetResult } from '../model/target-result.ts';
import { buildReport } from '../report/build-report.ts';
import type { Report } from '../report/report-schema.ts';
import { type Connection, type ConnectionSettings, connect } from './connect.ts';
import { earlierWritesUntil } from './earlier-writes.ts';
import { JournalFile } from './journal-file.ts';
import { lockOrStop } from './lock-or-stop.ts';
import { Progress } from './progress.ts';
import { type ReportFormat, writeReportFiles } from './report-files.ts';
import { runTarget } from './run-target.ts';
import type { TargetSettings } from './settings.ts';

export interface JobSettings {
  readonly target: TargetSettings;
  readonly connection: ConnectionSettings;
  readonly reportDir: string;
  readonly formats: readonly ReportFormat[];
  readonly stateDir: string;
  readonly lockWaitMs: number;
  readonly tool: { readonly name: string; readonly version: string };
}

export interface JobEffects {
  readonly clock: Clock;
  readonly halt: HaltSwitch;
  readonly emit: (event: JobEvent) => void;
}

export interface FinishedJob {
  readonly report: Report;
  /** Where it was written. */
  readonly path: string | undefined;
}

/** One run: connects, reconciles, and leaves a report on every way out. */
export async function runJob(settings: JobSettings, effects: JobEffects): Promise<FinishedJob> {
  const { clock, halt } = effects;
  const startedAt = clock.now();
  const id = runId(startedAt);
  const { deadlineMs } = settings.target;
  const deadline = new AbortController();
  if (deadlineMs !== undefined) {
    void clock.sleep(deadlineMs, deadline.signal).then(() => {
      if (!deadline.signal.aborted) halt.halt({ kind: 'deadline' });
    });
  }
  const { result, journal } = await runConnected(settings, effects, id, startedAt);
  deadline.abort();

  effects.emit({ type: 'stage', stage: 'report' });
  const { exitCode, result: outcome } = result;
  const run = {
    id,
    mode: settings.target.mode,
    startedAt,
    finishedAt: clock.now(),
    exitCode,
    result: outcome,
  };
  const report = buildReport({ ...run, targets: [result] }, settings.tool);
  const path = await writeReportFiles(report, settings.reportDir, settings.formats);
  journal?.end(exitCode);
  return { report, path };
}

async function runConnected(
  settings: JobSettings,
  effects: JobEffects,
  id: string,
  startedAt: number,
): Promise<{ result: TargetResult; journal: JournalFile | undefined }> {
  let connection: Connection | undefined;
  let journal: JournalFile | undefined;
  const folderOf = (directoryId: string): string => join(settings.stateDir, directoryId);
  try {
    const connected = await connect(settings.connection, effects.clock);
    connection = connected;
    const result = await runTarget(settings.target, {
      ...effects,
      readFile: (path) => readFile(path),
      reader: connected.reader,
      openWriter: connected.openWriter,
      openJournal: (plan, actual) => {
        const head = { runId: id, startedAt, targetName: settings.target.name };
        journal = new JournalFile(
          join(folderOf(actual.directory.id), 'journal'),
          head,
          plan,
          actual,
          effects.clock,
        );
        return journal;
      },
      earlierWritesUntil: (directoryId, settleMs) =>
        earlierWritesUntil(join(folderOf(directoryId), 'journal'), settleMs),
      lock: (directoryId) => lockOrStop(folderOf(directoryId), id, settings.lockWaitMs, effects.clock),
      random: Math.random,
      newToken: randomUUID,
    });
    return { result, journal };
  } catch (error) {
    const progress = new Progress(settings.target);
    progress.endWith(error);
    return { result: progress.result(), journal };
  } finally {
    await connection?.close();
  }
}

/** Sorts by time, and tells runs of the same millisecond apart. */
function runId(startedAt: number): string {
  const time = new Date(startedAt).toISOString().replaceAll(':', '-');
  return `${time}-${randomBytes(3).toString('hex')}`;
}
