import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { speaksOf, withHistory } from '../../report/history.ts';
import type { Report, ReportTarget } from '../../report/report-schema.ts';
import { isRunId, RUN_FILES } from './report-names.ts';

/** Reports that are read at the most; most runs find what they look for in the first. */
const MOST_REPORTS = 30;

/**
 * The report, with what the earlier ones in its folder know about its drift: since when it stands, what is new,
 * what is settled. Reads no more of them than it needs, newest first; one that cannot be read is passed over.
 */
export async function addHistory(report: Report, reportDir: string): Promise<Report> {
  const earlier = new Map<ReportTarget, Report>();
  let wanted = report.targets.filter(({ plan }) => plan !== null);
  for (const runId of (await earlierRuns(reportDir, report.run.id)).slice(0, MOST_REPORTS)) {
    if (wanted.length === 0) break;
    const path = join(reportDir, runId, RUN_FILES.json);
    const { readReport } = await import('./read-report.ts');
    const file = await readReport(path, (name) => readFile(name));
    if (!file.ok) continue;
    for (const target of wanted) if (speaksOf(file.value, target)) earlier.set(target, file.value);
    wanted = wanted.filter((target) => !earlier.has(target));
  }
  return withHistory(report, earlier);
}

/** Newest first. Where there is no folder yet, there is no earlier run. */
async function earlierRuns(reportDir: string, before: string): Promise<string[]> {
  try {
    const entries = await readdir(reportDir, { withFileTypes: true });
    const runs = entries.flatMap((entry) => (entry.isDirectory() && isRunId(entry.name) ? [entry.name] : []));
    return runs.filter((run) => run < before).sort((a, b) => (a < b ? 1 : -1));
  } catch {
    return [];
  }
}
