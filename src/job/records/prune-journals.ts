import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { journalNames, readJournal, unansweredAt } from './earlier-writes.ts';

/** For people who look into what a run sent; the program needs none of them any more. */
const KEPT = 10;

/**
 * Removes journals of runs that have ended and left no write without an answer, but for the newest: every run reads
 * all that are there. Only for those who hold the lock.
 */
export function pruneJournals(folder: string): void {
  for (const name of journalNames(folder).slice(0, -KEPT)) {
    const path = join(folder, name);
    const lines = readJournal(path);
    const isOver = lines.some(({ line }) => line === 'end' || line === 'recovered');
    if (isOver && unansweredAt(lines).length === 0) rmSync(path, { force: true });
  }
}
