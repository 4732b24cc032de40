import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../../model/target-result.ts';
import { journalNames, readJournal } from './earlier-writes.ts';
import type { JournalLine } from './journal-line.ts';
import { recordFromJournal } from './journal-record.ts';

/**
 * Every run in a journal folder that died before it could report, oldest first, as a record of what it did.
 * Only for those who know that none of them is still running.
 * @param keep  stores the report; when it is done, the journal is marked so that this is not done again
 */
export async function recoverDeadRuns(
  journalFolder: string,
  keep: (record: RunRecord) => Promise<void>,
): Promise<number> {
  let recovered = 0;
  for (const name of journalNames(journalFolder)) {
    const path = join(journalFolder, name);
    const lines = readJournal(path);
    if (lines.some(({ line }) => line === 'end' || line === 'recovered')) continue;
    const record = recordFromJournal(lines);
    if (record !== undefined) {
      await keep(record);
      recovered += 1;
    }
    appendFileSync(path, `\n${JSON.stringify({ line: 'recovered' } satisfies JournalLine)}\n`);
  }
  return recovered;
}
