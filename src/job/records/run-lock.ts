import { createHash, randomBytes } from 'node:crypto';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../model/ports.ts';
import { makeFolder } from '../files/make-folder.ts';
import { isAlive, type LockOwner } from './lock-owner.ts';

export type { LockOwner } from './lock-owner.ts';

export interface RunLock {
  release(): Promise<void>;
}

/** Somebody else holds the lock, and is alive. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
  readonly owner: LockOwner;

  constructor(owner: LockOwner) {
    super(
      `another run (${owner.runId}, process ${owner.pid} on ${owner.host}) holds the lock of this directory`,
    );
    this.owner = owner;
  }
}

const RENEW_MS = 20_000;
/** A lock of another machine counts for so long after its last renewal. */
export const LOCK_EXPIRES_MS = 120_000;
const LOOK_AGAIN_MS = 500;

/**
 * Takes the lock of one directory. It never needs cleaning by hand: a lock whose owner is dead is taken over.
 * On this machine that is told by the process itself, so a busy owner is never taken for a dead one and a
 * killed one leaves nothing to wait for; libraries that tell it by a heartbeat (proper-lockfile) do both.
 * @param folder  where the lock file stands
 * @param givenUp  ends the wait early
 * @throws LockedError when another run holds it longer than waitMs, and at once when the same run does: it would wait
 * for itself
 */
export async function takeLock(
  folder: string,
  me: LockOwner,
  waitMs: number,
  clock: Clock,
  givenUp?: AbortSignal,
): Promise<RunLock> {
  makeFolder(folder);
  const path = join(folder, 'lock');
  const until = clock.monotonic() + waitMs;
  for (;;) {
    const holder = await tryOnce(path, me, clock.now());
    if (holder === undefined) return held(path, me, clock);
    const isOver = clock.monotonic() >= until || givenUp?.aborted === true;
    if (isOver || holder.runId === me.runId) throw new LockedError(holder);
    await clock.sleep(Math.min(LOOK_AGAIN_MS, until - clock.monotonic()), givenUp);
  }
}

/** @returns the living holder, or undefined when the lock is ours now */
async function tryOnce(path: string, me: LockOwner, now: number): Promise<LockOwner | undefined> {
  const mine = `${path}.${suffix()}`;
  await writeFile(mine, text(me, now), { flag: 'wx', mode: 0o600 });
  try {
    for (;;) {
      if (await linked(mine, path)) return undefined;
      const found = await readText(path);
      const holder = found === undefined ? undefined : parse(found);
      if (holder !== undefined && isAlive(holder, me, now)) return holder;
      const rival = found === undefined ? undefined : await takeAway(path, found, me, now);
      if (rival !== undefined) return rival;
    }
  } finally {
    await unlink(mine);
  }
}

/**
 * Removes the lock of a dead run. Only one at a time may remove the lock with this very text, and only after
 * another look: who looked before somebody else had taken the lock over would remove the lock of a living run.
 * That right is a lock itself, so it does not get lost with a process that dies while it has it.
 * @returns a living process that is removing it just now, or undefined when it is gone
 */
async function takeAway(
  path: string,
  dead: string,
  me: LockOwner,
  now: number,
): Promise<LockOwner | undefined> {
  const right = `${path}.${createHash('sha256').update(dead).digest('hex').slice(0, 16)}`;
  const rival = await tryOnce(right, me, now);
  if (rival !== undefined) return rival;
  try {
    if ((await readText(path)) === dead) await unlink(path);
  } finally {
    await unlink(right);
  }
  return undefined;
}

function held(path: string, me: LockOwner, clock: Clock): RunLock {
  const renew = setInterval(() => {
    rewrite(path, me, clock.now()).catch(() => undefined);
  }, RENEW_MS);
  renew.unref();
  return {
    release: async () => {
      clearInterval(renew);
      const found = await readText(path);
      if (found !== undefined && isMine(found, me)) await unlink(path);
    },
  };
}

async function rewrite(path: string, me: LockOwner, now: number): Promise<void> {
  const found = await readText(path);
  if (found === undefined || !isMine(found, me)) return;
  const fresh = `${path}.${suffix()}`;
  await writeFile(fresh, text(me, now), { flag: 'wx', mode: 0o600 });
  await rename(fresh, path);
}

const text = (owner: LockOwner, now: number): string =>
  JSON.stringify({ ...owner, expiresAt: now + LOCK_EXPIRES_MS } satisfies LockOwner);

const isMine = (found: string, me: LockOwner): boolean => parse(found)?.runId === me.runId;

const suffix = (): string => randomBytes(6).toString('hex');

/** A lock that cannot be understood was cut off while it was written: nobody holds it. */
function parse(found: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(found) as LockOwner | null;
    return typeof owner === 'object' ? (owner ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
