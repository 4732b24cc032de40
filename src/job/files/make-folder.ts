import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder for its owner only, with those it stands in, where there is none. One level after the other: Node's
 * own `recursive` (20.20) never ends where a folder has a parent and cannot be made all the same (`/proc/nope`, a
 * working folder that is gone).
 * @throws the file system's error
 */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  try {
    makeOne(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    makeFolder(dirname(path));
    makeOne(path);
  }
}

function makeOne(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!isFolder(path)) throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
