import { EXIT } from '../model/exit-code.ts';
import type { Clock } from '../model/ports.ts';
import { thisProcess } from './lock-owner.ts';
import { LockedError, type RunLock, takeLock } from './run-lock.ts';
import { problem, Stop } from './stop.ts';

/** @throws Stop when another run holds the lock of this directory */
export async function lockOrStop(
  folder: string,
  runId: string,
  waitMs: number,
  clock: Clock,
): Promise<RunLock> {
  try {
    return await takeLock(folder, thisProcess(runId), waitMs, clock);
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    const message = `${error.message}; wait for it to end, or pass --wait DURATION`;
    throw new Stop(EXIT.locked, 'refused', [problem('locked', message)]);
  }
}
