import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ReportFormat } from '../model/file-formats.ts';
import type { HaltSwitch } from '../model/halt.ts';
import type { JobEvent } from '../model/job-event.ts';
import type { Clock } from '../model/ports.ts';
import type { RunRecord, TargetResult } from '../model/target-result.ts';
import { buildReport } from '../report/build-report.ts';
import type { Report } from '../report/report-schema.ts';
import { addHistory } from './add-history.ts';
import { type Connection, type ConnectionSettings, connect } from './connect.ts';
import { haltAfter } from './halt-after.ts';
import { JournalFile } from './journal-file.ts';
import { refusedLeavers } from './leavers.ts';
import type { JobPorts } from './ports.ts';
import { Progress } from './progress.ts';
import { hasReport, writeReportFiles } from './report-files.ts';
import { newRunId } from './run-id.ts';
import type { RunLock } from './run-lock.ts';
import { runTarget } from './run-target.ts';
import { savePlan } from './save-plan.ts';
import type { TargetSettings } from './settings.ts';
import { StateFolder } from './state-folder.ts';

export interface JobSettings {
  readonly target: TargetSettings;
  readonly connection: ConnectionSettings;
  readonly reportDir: string;
  readonly formats: readonly ReportFormat[];
  readonly stateDir: string;
  readonly lockWaitMs: number;
  /** Where the plan of a dry run is saved for review; undefined for nowhere. */
  readonly savePlanTo?: string | undefined;
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
export function runJob(settings: JobSettings, effects: JobEffects): Promise<FinishedJob> {
  return new Job(settings, effects).run();
}

class Job {
  readonly #settings: JobSettings;
  readonly #effects: JobEffects;
  readonly #startedAt: number;
  readonly #id: string;
  #journal: JournalFile | undefined;
  #lock: RunLock | undefined;

  constructor(settings: JobSettings, effects: JobEffects) {
    this.#settings = settings;
    this.#effects = effects;
    this.#startedAt = effects.clock.now();
    this.#id = newRunId(this.#startedAt);
  }

  async run(): Promise<FinishedJob> {
    try {
      return await this.#run();
    } finally {
      await this.#lock?.release();
    }
  }

  async #run(): Promise<FinishedJob> {
    const { clock, halt, emit } = this.#effects;
    const { mode, deadlineMs } = this.#settings.target;
    const cancelDeadline = haltAfter(deadlineMs, clock, halt);
    const ran = await this.#runConnected();
    cancelDeadline();
    emit({ type: 'stage', stage: 'report' });
    const times = { startedAt: this.#startedAt, finishedAt: clock.now() };
    const recordOf = (target: TargetResult): RunRecord => {
      const { exitCode, result } = target;
      return { id: this.#id, mode, ...times, exitCode, result, targets: [target] };
    };
    const target = await this.#savePlan(ran, recordOf(ran));
    const { exitCode } = target;
    const finished = await this.#report(recordOf(target));
    const directoryId = target.actual?.directory.id;
    if (directoryId !== undefined) {
      const state = new StateFolder(this.#settings.stateDir, directoryId);
      await state.addRefusedLeavers(refusedLeavers(target.outcomes));
    }
    this.#journal?.end(exitCode, target.verification.status !== 'not-run');
    return finished;
  }

  async #savePlan(target: TargetResult, record: RunRecord): Promise<TargetResult> {
    const { savePlanTo, tool, target: settings } = this.#settings;
    if (savePlanTo === undefined) return target;
    return savePlan(savePlanTo, target, buildReport(record, tool), settings);
  }

  async #runConnected(): Promise<TargetResult> {
    let connection: Connection | undefined;
    try {
      connection = await connect(this.#settings.connection, this.#effects.clock);
      return await runTarget(this.#settings.target, this.#ports(connection));
    } catch (error) {
      const progress = new Progress(this.#settings.target);
      progress.endWith(error);
      return progress.result();
    } finally {
      await connection?.close();
    }
  }

  #ports({ reader, openWriter }: Connection): JobPorts {
    const { clock, halt } = this.#effects;
    const { stateDir, lockWaitMs, target } = this.#settings;
    const keep = async (record: RunRecord): Promise<void> => {
      // A run that was killed after it had written its report knew more than its journal.
      if (!(await hasReport(this.#settings.reportDir, record.id))) await this.#report(record);
    };
    return {
      ...this.#effects,
      reader,
      openWriter,
      readFile: (path) => readFile(path),
      // Kept until the report is written: who takes the lock may hold every journal without an end for a dead run's.
      lock: async (directoryId) => {
        const state = new StateFolder(stateDir, directoryId);
        this.#lock = await state.lock(this.#id, lockWaitMs, clock, keep, halt);
      },
      earlierWritesUntil: (directoryId, settleMs) =>
        new StateFolder(stateDir, directoryId).earlierWritesUntil(settleMs),
      refusedLeavers: (directoryId) => new StateFolder(stateDir, directoryId).refusedLeavers(),
      openJournal: (plan, actual, manifest) => {
        const { journals } = new StateFolder(stateDir, actual.directory.id);
        const head = { runId: this.#id, startedAt: this.#startedAt, targetName: target.name, manifest };
        this.#journal = new JournalFile(journals, head, plan, actual, clock);
        return this.#journal;
      },
      random: Math.random,
      newToken: randomUUID,
    };
  }

  async #report(record: RunRecord): Promise<FinishedJob> {
    const { tool, reportDir, formats } = this.#settings;
    const report = await addHistory(buildReport(record, tool), reportDir);
    return { report, path: await writeReportFiles(report, reportDir, formats) };
  }
}
