import { readdir, readlink, rmdir, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isRunId, LATEST, RUN_FILES } from './report-names.ts';

const OURS: ReadonlySet<string> = new Set(Object.values(RUN_FILES));
/** Left behind by a run that was killed while it wrote, or while it held the folder's lock. */
const UNFINISHED = /^(?:\.(?:report|junit)\.(?:json|md|html|csv|xml)\.[0-9a-f]{12}|lock(?:\.[0-9a-f]+)?)$/;

/**
 * Removes the reports of all runs but the newest ones. A folder is removed only when its name is a run id and
 * nothing stands in it but reports; the one that `latest` leads to stays.
 * @param keep  how many stay, at least 1
 * @returns how many folders were removed
 */
export async function pruneRuns(reportDir: string, keep: number): Promise<number> {
  const entries = await readdir(reportDir, { withFileTypes: true });
  const runs = entries.flatMap((entry) => (entry.isDirectory() && isRunId(entry.name) ? [entry.name] : []));
  const latest = await leadsTo(join(reportDir, LATEST));
  const old = runs
    .sort()
    .reverse()
    .slice(Math.max(1, keep))
    .filter((run) => run !== latest);
  let removed = 0;
  for (const run of old) if (await removeRun(join(reportDir, run))) removed += 1;
  return removed;
}

/** File by file, so that nothing can go with it that nobody looked at. */
async function removeRun(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true });
  const areOurs = entries.every(
    (entry) => !entry.isDirectory() && (OURS.has(entry.name) || UNFINISHED.test(entry.name)),
  );
  if (!areOurs || !entries.some(({ name }) => OURS.has(name))) return false;
  // The report goes last: until then the folder is one that the next run can finish removing.
  const names = entries.map(({ name }) => name).sort((a) => (a === RUN_FILES.json ? 1 : -1));
  for (const name of names) await unlink(join(folder, name));
  await rmdir(folder);
  return true;
}

async function leadsTo(link: string): Promise<string | undefined> {
  try {
    return basename(await readlink(link));
  } catch {
    return undefined;
  }
}
