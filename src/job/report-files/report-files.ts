import { rename, rm, symlink, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportFormat } from '../../model/file-formats.ts';
import type { Report } from '../../report/report-schema.ts';
import { makeFolder } from '../files/make-folder.ts';
import { writeFileSafely } from '../files/write-file-safely.ts';
import { pruneRuns } from './prune-runs.ts';
import { renderReport } from './render-report.ts';
import { LATEST, METRICS_FILE, RUN_FILES } from './report-names.ts';

/** The report could not be stored where it should be; it travels with the error, so that it is not lost. */
export class ReportUnwritable extends Error {
  override readonly name = 'ReportUnwritable';
  readonly report: Report;

  constructor(report: Report, reportDir: string, cause: unknown) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    super(
      `the report of run ${report.run.id} cannot be written to ${reportDir} (${reason}); ` +
        'check the folder and its permissions, or pass --report-dir DIR',
      { cause },
    );
    this.report = report;
  }
}

/**
 * Writes the report files of a run into a folder of its own, and leads `latest` to it; `metrics.prom` stands beside it,
 * and alone needs no such folder.
 * @param keep  folders of runs that stay, this one counted; all when left out
 * @param warn  is told of each older folder that should go and cannot
 * @throws ReportUnwritable
 * @returns the path of report.json, or of the first format where JSON was not asked for
 */
export async function writeReportFiles(
  report: Report,
  reportDir: string,
  formats: readonly ReportFormat[],
  keep?: number,
  warn: (message: string) => void = () => undefined,
): Promise<string | undefined> {
  try {
    const path = await writeFiles(report, reportDir, formats);
    if (keep !== undefined) await removeOld(reportDir, keep, warn);
    return path;
  } catch (error) {
    throw new ReportUnwritable(report, reportDir, error);
  }
}

/** What cannot be removed today can be tomorrow: the report is written, and that is what the run is for. */
async function removeOld(reportDir: string, keep: number, warn: (message: string) => void): Promise<void> {
  try {
    const { left } = await pruneRuns(reportDir, keep);
    for (const { folder, because } of left)
      warn(`the old report ${folder} cannot be removed (${because}); remove it by hand`);
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    warn(`old reports in ${reportDir} cannot be removed (${code}); check its permissions`);
  }
}

async function writeFiles(
  report: Report,
  reportDir: string,
  formats: readonly ReportFormat[],
): Promise<string | undefined> {
  const folder = join(reportDir, report.run.id);
  const ofTheRun = formats.filter((format) => format !== 'metrics');
  makeFolder(ofTheRun.length > 0 ? folder : reportDir);
  const paths: string[] = [];
  for (const format of formats) {
    const path = format === 'metrics' ? join(reportDir, METRICS_FILE) : join(folder, RUN_FILES[format]);
    await writeFileSafely(path, await renderReport(report, format));
    paths.push(path);
  }
  if (ofTheRun.length > 0) await leadTo(join(reportDir, LATEST), report.run.id);
  return paths.find((path) => path.endsWith(RUN_FILES.json)) ?? paths[0];
}

/** Replaces the link in one step, so that there is always one. A kill may have left a temporary one behind. */
async function leadTo(link: string, target: string): Promise<void> {
  const temporary = `${link}.${target}`;
  await rm(temporary, { force: true });
  await symlink(target, temporary);
  try {
    await rename(temporary, link);
  } catch (error) {
    await unlink(temporary);
    throw error;
  }
}
