import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export interface LockOwner {
  readonly runId: string;
  readonly pid: number;
  /** When that process started, in the kernel's ticks: tells it from a later process with its number. Undefined where the system does not say. */
  readonly startedAtTick: string | undefined;
  readonly host: string;
  /** Differs after every start of the machine. Undefined where the system does not say. */
  readonly bootId: string | undefined;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export function thisProcess(runId: string): LockOwner {
  return {
    runId,
    pid: process.pid,
    startedAtTick: startTick(process.pid),
    host: hostname(),
    bootId: readLine('/proc/sys/kernel/random/boot_id'),
    expiresAt: 0,
  };
}

/** Of a process on this machine that can be asked; of any other, until its lock expires. */
export function isAlive(owner: LockOwner, here: LockOwner, now: number): boolean {
  if (owner.host !== here.host) return now < owner.expiresAt;
  if (owner.bootId !== here.bootId) return false;
  return processExists(owner.pid) && startTick(owner.pid) === owner.startedAtTick;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat; the name in field 2 may hold spaces and parentheses. */
function startTick(pid: number): string | undefined {
  const stat = readLine(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function readLine(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
