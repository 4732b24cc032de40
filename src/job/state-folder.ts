import { join } from 'node:path';
import type { Clock } from '../model/ports.ts';
import type { RunRecord } from '../model/target-result.ts';
import { earlierWritesUntil } from './earlier-writes.ts';
import { lockOrStop } from './lock-or-stop.ts';
import { recoverDeadRuns } from './recover-dead-runs.ts';
import type { RunLock } from './run-lock.ts';

/** What the runs of one directory leave for those that follow: the lock and the journals. */
export class StateFolder {
  readonly path: string;
  readonly journals: string;

  constructor(stateDir: string, directoryId: string) {
    this.path = join(stateDir, directoryId);
    this.journals = join(this.path, 'journal');
  }

  earlierWritesUntil(settleMs: number): number | undefined {
    return earlierWritesUntil(this.journals, settleMs);
  }

  /**
   * Takes the lock, and makes the reports that dead runs did not come to make: whoever holds the lock knows
   * that none of them is running. @throws Stop when another run holds it
   */
  async lock(
    runId: string,
    waitMs: number,
    clock: Clock,
    keep: (record: RunRecord) => Promise<void>,
  ): Promise<RunLock> {
    const lock = await lockOrStop(this.path, runId, waitMs, clock);
    try {
      await recoverDeadRuns(this.journals, keep);
      return lock;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }
}
