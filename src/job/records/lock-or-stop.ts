import { basename } from 'node:path';
import { EXIT } from '../../model/exit-code.ts';
import { HaltedError, type HaltSwitch } from '../../model/halt.ts';
import type { Clock } from '../../model/ports.ts';
import { CLOSE_IT } from '../files/open-to-all.ts';
import { problem, Stop } from '../stop.ts';
import { thisProcess } from './lock-owner.ts';
import { LockedError, type RunLock, takeLock } from './run-lock.ts';

/**
 * @param folder  named by the id of the directory
 * @throws Stop when another run holds the lock of this directory, or this run for another target, or the folder cannot
 * be used; HaltedError when the wait was interrupted
 */
export async function lockOrStop(
  folder: string,
  runId: string,
  waitMs: number,
  clock: Clock,
  halt?: HaltSwitch,
): Promise<RunLock> {
  try {
    return await takeLock(folder, thisProcess(runId), waitMs, clock, halt?.signal);
  } catch (error) {
    if (!(error instanceof LockedError)) throw asStop(folder, error);
    if (error.owner.runId === runId) throw sameDirectory(basename(folder));
    // A deadline that ends the wait changes nothing about why it was waited for.
    if (halt?.reason?.kind === 'interrupted') throw new HaltedError(halt.reason);
    const message = `${error.message}; wait for it to end, or pass --wait DURATION`;
    throw new Stop(EXIT.locked, 'refused', [problem('locked', message)]);
  }
}

function sameDirectory(directoryId: string): Stop {
  const message = `another target of this job is the same resource directory, ${directoryId}; give each directory once, with all of its manifests`;
  return new Stop(EXIT.configuration, 'failed', [problem('same-directory', message)]);
}

/** What a folder that cannot be used comes to. @returns every other error as it is */
export function asStop(folder: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return stateFolderStop(`${folder} cannot be used (${code}); check its permissions`);
}

export const openStop = (folder: string): Stop => stateFolderStop(`${folder} ${CLOSE_IT} it`);

const stateFolderStop = (finding: string): Stop =>
  new Stop(EXIT.usage, 'failed', [
    problem('state-folder', `the state folder ${finding}, or pass --state-dir DIR`),
  ]);
