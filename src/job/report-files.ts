import { access, mkdir, rename, rm, symlink, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ReportFormat } from '../model/file-formats.ts';
import { renderMarkdown } from '../report/markdown.ts';
import type { Report } from '../report/report-schema.ts';
import { writeFileSafely } from './write-file-safely.ts';

const FILES: Readonly<Record<ReportFormat, { name: string; render: (report: Report) => string }>> = {
  json: { name: 'report.json', render: (report) => `${JSON.stringify(report, null, 2)}\n` },
  markdown: { name: 'report.md', render: renderMarkdown },
};

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

/** Whether a run has come to write its own report: written whole, or not there. */
export async function hasReport(reportDir: string, runId: string): Promise<boolean> {
  return access(join(reportDir, runId, FILES.json.name)).then(
    () => true,
    () => false,
  );
}

/**
 * Writes the report files of a run into a folder of its own, and leads `latest` to it.
 * @throws ReportUnwritable
 * @returns the path of report.json, or of the first format where JSON was not asked for
 */
export async function writeReportFiles(
  report: Report,
  reportDir: string,
  formats: readonly ReportFormat[],
): Promise<string | undefined> {
  try {
    return await writeFiles(report, reportDir, formats);
  } catch (error) {
    throw new ReportUnwritable(report, reportDir, error);
  }
}

async function writeFiles(
  report: Report,
  reportDir: string,
  formats: readonly ReportFormat[],
): Promise<string | undefined> {
  // A relative path is no good where the working folder is gone: making folders in it would never end.
  const folder = join(resolve(reportDir), report.run.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const paths: string[] = [];
  for (const format of formats) {
    const { name, render } = FILES[format];
    const path = join(folder, name);
    await writeFileSafely(path, render(report));
    paths.push(path);
  }
  await leadTo(join(reportDir, 'latest'), report.run.id);
  return paths.find((path) => path.endsWith('report.json')) ?? paths[0];
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
