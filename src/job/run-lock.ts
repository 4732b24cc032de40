import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../model/ports.ts';
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
 * @throws LockedError when another run holds it longer than waitMs
 */
export async function takeLock(
  folder: string,
  me: LockOwner,
  waitMs: number,
  clock: Clock,
  givenUp?: AbortSignal,
): Promise<RunLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  const until = clock.now() + waitMs;
  for (;;) {
    const holder = await tryOnce(path, me, clock.now());
    if (holder === undefined) return held(path, me, clock);
    if (clock.now() >= until || givenUp?.aborted === true) throw new LockedError(holder);
    await clock.sleep(Math.min(LOOK_AGAIN_MS, until - clock.now()), givenUp);
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
      if (found !== undefined) await takeAway(path, found);
    }
  } finally {
    await unlink(mine);
  }
}

/** Renaming is atomic: of several who find the owner dead, one moves the lock, and sees what it moved. */
async function takeAway(path: string, dead: string): Promise<void> {
  const aside = `${path}.${suffix()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await readText(aside);
  if (moved !== dead) await linked(aside, path);
  await unlink(aside);
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
    return JSON.parse(found) as LockOwner;
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
