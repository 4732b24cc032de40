import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { bundleScript } from '../support/bundle-script.ts';
import { desk } from '../support/processes.ts';

/** Announces calls until the journal takes no more, and says how many it took, and what came of it. */
const SCRIPT = `
import { readFileSync } from 'node:fs';
import { JournalFile } from './job/records/journal-file.ts';
const directory = { id: 'rd-3mNq8W', rootFolderId: 'r-Zo0kQ1', managementAccountId: '1738084522670000' };
const head = { runId: 'run', startedAt: 0, targetName: 'default', manifest: { files: [], entries: 0 } };
const journal = new JournalFile('journal', head, {}, { directory }, { now: () => 1 });
const call = { action: 'AssociateMembers', owner: 'c-1', changeIds: ['x'.repeat(100)], members: [] };
const said = { taken: 0, codes: [] };
const attempt = (work) => { try { work(); said.taken += 1; } catch (error) { said.codes.push(error.code); } };
while (said.codes.length === 0) attempt(() => journal.intend(call));
attempt(() => journal.settle(1, { result: 'acknowledged', requestId: 'request-1' }));
const lines = readFileSync('journal/run.jsonl', 'utf8').split('\\n');
const whole = lines.filter((line) => { try { return JSON.parse(line).line === 'intent'; } catch { return false; } });
console.log(JSON.stringify({ ...said, whole: whole.length, torn: lines.at(-1) !== '' }));
`;

/** The system takes the part of a line that fits, and says so only by a count: that is not on disk. */
test('a call of whose line only a part fits on the disk counts as not on disk', () => {
  const at = desk();
  bundleScript(SCRIPT, at.path('script.mjs'));
  // Files of at most 1 KiB, and an error in place of a signal for more.
  const limited = `trap '' XFSZ; ulimit -f 1; exec '${process.execPath}' script.mjs`;
  const said: unknown = JSON.parse(
    execFileSync('bash', ['-c', limited], { cwd: at.folder, encoding: 'utf8' }),
  );
  expect(said).toEqual({ taken: 3, codes: ['EFBIG', 'EFBIG'], whole: 3, torn: true });
});
