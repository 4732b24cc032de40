import { statSync } from 'node:fs';

const WRITABLE_BY_ALL = 0o002;
const STICKY = 0o1000;

/**
 * Whether anybody on the machine may put a file of his own in the place of one in a folder. A sticky bit, as /tmp has
 * it, forbids that. Of what cannot be looked at, whoever uses it will say so.
 */
export function isOpenToAll(folder: string): boolean {
  const mode = modeOf(folder);
  return (mode & WRITABLE_BY_ALL) !== 0 && (mode & STICKY) === 0;
}

function modeOf(folder: string): number {
  try {
    return statSync(folder).mode;
  } catch {
    return 0;
  }
}

/** What to do about it. */
export const CLOSE_IT = 'may be written to by everybody, who could replace what stands in it; chmod o-w';
