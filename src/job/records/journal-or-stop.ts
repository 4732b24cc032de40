import { EXIT } from '../../model/exit-code.ts';
import type { Problem } from '../../model/problem.ts';
import { problem, Stop } from '../stop.ts';
import type { JournalFile } from './journal-file.ts';

/** @throws Stop when the journal cannot be begun: then nothing has been sent, and nothing is */
export function journalOrStop(open: () => JournalFile): JournalFile {
  try {
    return open();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Stop(EXIT.notAllApplied, 'partial', [journalUnwritable(code)]);
  }
}

/** @param code  of the file system: ENOSPC, EACCES, ... */
export function journalUnwritable(code: string): Problem {
  const message =
    `the journal in the state folder cannot be written (${code}), so nothing more was sent; ` +
    'make room or check its permissions, or pass --state-dir DIR, and run again';
  return problem('journal-unwritable', message);
}
