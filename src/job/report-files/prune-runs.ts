import { readdir, readlink, rmdir, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isRunId, LATEST, RUN_FILES } from './report-names.ts';

const OURS: ReadonlySet<string> = new Set(Object.values(RUN_FILES));
/** Left behind by a run that was killed while it wrote, or while it held the folder's lock. */
const UNFINISHED = /^(?:\.(?:report|junit)\.(?:json|md|html|csv|xml)\.[0-9a-f]{12}|lock(?:\.[0-9a-f]+)?)$/;

export interface Pruned {
  readonly removed: number;
  /** Folders that should go and stay, each with why, in words. */
  readonly left: readonly { readonly folder: string; readonly because: string }[];
}

/**
 * Removes the reports of all runs but the newest ones. A folder is removed only when its name is a run id and
 * nothing stands in it but reports; the one that `latest` leads to stays. One that cannot be removed keeps no
 * other from going.
 * @param keep  how many stay, at least 1
 */
export async function pruneRuns(reportDir: string, keep: number): Promise<Pruned> {
  const entries = await readdir(reportDir, { withFileTypes: true });
  const runs = entries.flatMap((entry) => (entry.isDirectory() && isRunId(entry.name) ? [entry.name] : []));
  const latest = await leadsTo(join(reportDir, LATEST));
  const old = runs
    .sort()
    .reverse()
    .slice(Math.max(1, keep))
    .filter((run) => run !== latest);
  const left: { folder: string; because: string }[] = [];
  let removed = 0;
  for (const run of old) {
    const folder = join(reportDir, run);
    const came = await removeRun(folder).catch(reasonOf);
    if (came === 'removed') removed += 1;
    else if (came !== 'no report') left.push({ folder, because: came });
  }
  return { removed, left };
}

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown reason';

/** File by file, so that nothing can go with it that nobody looked at. @returns what it came to */
async function removeRun(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const areOurs = entries.every(
    (entry) => !entry.isDirectory() && (OURS.has(entry.name) || UNFINISHED.test(entry.name)),
  );
  if (!areOurs) return 'it holds something else than reports';
  if (!entries.some(({ name }) => OURS.has(name))) return 'no report';
  // The report goes last: until then the folder is one that the next run can finish removing.
  const names = entries.map(({ name }) => name).sort((a) => (a === RUN_FILES.json ? 1 : -1));
  for (const name of names) await unlink(join(folder, name));
  await rmdir(folder);
  return 'removed';
}

async function leadsTo(link: string): Promise<string | undefined> {
  try {
    return basename(await readlink(link));
  } catch {
    return undefined;
  }
}
