import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const TOOL = join(ROOT, 'dist', 'main.js');

const LOCK = join(ROOT, 'node_modules', '.building-dist');
const MOST_TURNS = 300;
const TURN_MS = 200;

/** Bundles src/ where dist/ is missing or older. Test files run side by side: one builds, the others wait for it. */
export function ensureBuilt(): void {
  for (let turn = 0; !isFresh(); turn += 1) {
    if (turn === MOST_TURNS) throw new Error(`dist is not being built; remove ${LOCK} and try again`);
    if (takeLock()) return buildLocked();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TURN_MS);
  }
}

function buildLocked(): void {
  try {
    execFileSync('npm', ['run', '--silent', 'bundle'], { cwd: ROOT, stdio: 'inherit' });
  } finally {
    rmdirSync(LOCK);
  }
}

function takeLock(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    return false;
  }
}

const isFresh = (): boolean => !isBeingBuilt() && changedAt(TOOL) >= newestSource();

const isBeingBuilt = (): boolean => changedAt(LOCK) > 0;

function newestSource(): number {
  const names = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  return Math.max(...names.map((name) => changedAt(join(ROOT, 'src', name))));
}

/** 0 for what is not there. */
const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
