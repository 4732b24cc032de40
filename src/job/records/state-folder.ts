import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HaltSwitch } from '../../model/halt.ts';
import type { Clock } from '../../model/ports.ts';
import type { RunRecord } from '../../model/target-result.ts';
import { isOpenToAll } from '../files/open-to-all.ts';
import { writeFileSafely } from '../files/write-file-safely.ts';
import { earlierWritesUntil } from './earlier-writes.ts';
import { asStop, lockOrStop, openStop } from './lock-or-stop.ts';
import { pruneJournals } from './prune-journals.ts';
import { recoverDeadRuns } from './recover-dead-runs.ts';
import type { RunLock } from './run-lock.ts';

/** What the runs of one directory leave for those that follow: the lock and the journals. */
export class StateFolder {
  readonly path: string;
  readonly journals: string;
  readonly #stateDir: string;
  readonly #leavers: string;

  constructor(stateDir: string, directoryId: string) {
    this.#stateDir = stateDir;
    this.path = join(stateDir, directoryId);
    this.journals = join(this.path, 'journal');
    this.#leavers = join(this.path, 'leavers.json');
  }

  /** @throws Stop when the journals cannot be read: what they say of open writes must be known */
  earlierWritesUntil(settleMs: number): number | undefined {
    try {
      return earlierWritesUntil(this.journals, settleMs);
    } catch (error) {
      throw asStop(this.path, error);
    }
  }

  /** Ids of changes that were refused because the member left the directory. */
  refusedLeavers(): ReadonlySet<string> {
    try {
      const ids: unknown = JSON.parse(readFileSync(this.#leavers, 'utf8'));
      return new Set(Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? ids : []);
    } catch {
      // None yet, or not readable: then they are tried once more.
      return new Set();
    }
  }

  async addRefusedLeavers(ids: readonly string[]): Promise<void> {
    const known = this.refusedLeavers();
    if (ids.every((id) => known.has(id))) return;
    await writeFileSafely(this.#leavers, JSON.stringify([...new Set([...known, ...ids])].sort()));
  }

  /**
   * Takes the lock, makes the reports that dead runs did not come to make, and tidies up: whoever holds the lock knows
   * that none of them is running. @throws Stop when another run holds it, or the folder cannot be used
   */
  async lock(
    runId: string,
    waitMs: number,
    clock: Clock,
    keep: (record: RunRecord) => Promise<void>,
    halt?: HaltSwitch,
  ): Promise<RunLock> {
    for (const folder of [this.#stateDir, this.path]) if (isOpenToAll(folder)) throw openStop(folder);
    const lock = await lockOrStop(this.path, runId, waitMs, clock, halt);
    try {
      await recoverDeadRuns(this.journals, keep);
      pruneJournals(this.journals);
      return lock;
    } catch (error) {
      await lock.release();
      throw asStop(this.path, error);
    }
  }
}
