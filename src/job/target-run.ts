import { readFile } from 'node:fs/promises';
import { describeHalt, HaltedError, type HaltReason } from '../model/halt.ts';
import type { JobEvent } from '../model/job-event.ts';
import type { RunRecord, TargetResult } from '../model/target-result.ts';
import { buildReport, reportTarget } from '../report/build-report.ts';
import type { ReportTarget } from '../report/report-schema.ts';
import { type Connection, type ConnectionSettings, connect } from './connect.ts';
import { deriveHalt } from './derived-halt.ts';
import { openFile } from './files/open-file.ts';
import { refusedLeavers } from './leavers.ts';
import type { JobPorts } from './ports.ts';
import { Progress } from './progress.ts';
import { JournalFile } from './records/journal-file.ts';
import { journalOrStop } from './records/journal-or-stop.ts';
import type { RunLock } from './records/run-lock.ts';
import { StateFolder } from './records/state-folder.ts';
import type { RunContext } from './run-context.ts';
import { runTarget } from './run-target.ts';
import { savePlan } from './saved-plan/save-plan.ts';
import type { TargetSettings } from './settings.ts';
import { Stop } from './stop.ts';

/** One directory of a run: how to get there, and what is to be done. */
export interface JobTarget {
  readonly settings: TargetSettings;
  readonly connection: ConnectionSettings;
  /** Where the plan of a dry run is saved for review; undefined for nowhere. */
  readonly savePlanTo?: string | undefined;
}

/**
 * One directory of a run, from connecting to the end mark of its journal. Lock and journal outlast the work:
 * the journal gets its end mark only when the report of the run is on disk, and the lock is kept until then, since
 * whoever takes it may hold every journal without an end for a dead run's. So a kill at any moment leaves either
 * the report or a journal to make it from, for each directory by itself.
 */
export class TargetRun {
  readonly #target: JobTarget;
  readonly #context: RunContext;
  #journal: JournalFile | undefined;
  #lock: RunLock | undefined;
  /** What is left to be done once the report is on disk. */
  #finish: () => Promise<void> = async () => undefined;

  constructor(target: JobTarget, context: RunContext) {
    this.#target = target;
    this.#context = context;
  }

  /** @returns its part of the report; everything else that was read for it is let go */
  async run(): Promise<ReportTarget> {
    try {
      const result = await this.#savePlan(await this.#reconcile());
      const { exitCode, outcomes, verification, actual } = result;
      const leavers = refusedLeavers(outcomes);
      const directoryId = actual?.directory.id;
      const settled = verification.status !== 'not-run';
      this.#finish = async () => {
        if (directoryId !== undefined) await this.#state(directoryId).addRefusedLeavers(leavers);
        this.#journal?.end(exitCode, settled);
      };
      return reportTarget(result, this.#context);
    } finally {
      this.#journal?.close();
    }
  }

  /** The report of the run is on disk: what cannot be stored any more is told, and changes nothing about it. */
  async end(): Promise<void> {
    try {
      await this.#finish();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      const message = `the end of the run cannot be put into the journal (${code}); the next run may wait for its writes once more`;
      this.#emit({ type: 'warning', message });
    }
  }

  async release(): Promise<void> {
    await this.#lock?.release();
  }

  async #reconcile(): Promise<TargetResult> {
    const { effects, surroundings, random } = this.#context;
    const { settings, connection } = this.#target;
    const { halt, release } = deriveHalt(effects.halt, (reason) => this.#tellHalt(reason));
    let connected: Connection | undefined;
    try {
      if (halt.reason !== undefined) throw new HaltedError(halt.reason);
      connected = await connect(
        connection,
        { clock: effects.clock, random, signal: halt.signal },
        surroundings,
      );
      return await runTarget(settings, { ...this.#ports(connected), halt });
    } catch (error) {
      const progress = new Progress(settings);
      // A signal that cut a wait of connecting short says more than what was waited for.
      const cut = error instanceof Stop && halt.reason?.kind === 'interrupted';
      progress.endWith(cut ? new HaltedError(halt.reason) : error);
      return progress.result();
    } finally {
      release();
      await connected?.close();
    }
  }

  /** The end of a target is no halt, and a signal was told when it came. */
  #tellHalt(reason: HaltReason): void {
    if (reason.kind === 'ended' || reason.kind === 'interrupted') return;
    this.#emit({ type: 'halt', reason: describeHalt(reason) });
  }

  #emit(event: JobEvent): void {
    this.#context.effects.emit(event, this.#target.settings.name);
  }

  async #savePlan(result: TargetResult): Promise<TargetResult> {
    const { savePlanTo, settings } = this.#target;
    if (savePlanTo === undefined) return result;
    const { id, startedAt, mode, effects, tool } = this.#context;
    const times = { startedAt, finishedAt: effects.clock.now() };
    const record: RunRecord = { id, mode, ...times, targets: [result] };
    return savePlan(savePlanTo, result, buildReport(record, tool), settings);
  }

  #ports({ reader, openWriter }: Connection): Omit<JobPorts, 'halt'> {
    const { id, startedAt, effects, lockWaitMs, keep, random, newToken } = this.#context;
    const { clock, halt } = effects;
    const { name } = this.#target.settings;
    return {
      clock,
      emit: (event) => this.#emit(event),
      reader,
      openWriter,
      readFile: (path) => readFile(path),
      openFile,
      lock: async (directoryId) => {
        this.#lock = await this.#state(directoryId).lock(id, lockWaitMs, clock, keep, halt);
      },
      earlierWritesUntil: (directoryId, settleMs) => this.#state(directoryId).earlierWritesUntil(settleMs),
      refusedLeavers: (directoryId) => this.#state(directoryId).refusedLeavers(),
      loadExecutor: async () => (await import('../apply/apply-plan.ts')).applyPlan,
      openJournal: (plan, actual, manifest) => {
        const { journals } = this.#state(actual.directory.id);
        const head = { runId: id, startedAt, targetName: name, manifest };
        const journal = journalOrStop(() => new JournalFile(journals, head, plan, actual, clock));
        this.#journal = journal;
        return journal;
      },
      random,
      newToken,
    };
  }

  #state(directoryId: string): StateFolder {
    return new StateFolder(this.#context.stateDir, directoryId);
  }
}
