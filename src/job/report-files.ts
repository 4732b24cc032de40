import { mkdir, rename, symlink, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { renderMarkdown } from '../report/markdown.ts';
import type { Report } from '../report/report-schema.ts';
import { writeFileSafely } from './write-file-safely.ts';

export const REPORT_FORMATS = ['json', 'markdown'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

const FILES: Readonly<Record<ReportFormat, { name: string; render: (report: Report) => string }>> = {
  json: { name: 'report.json', render: (report) => `${JSON.stringify(report, null, 2)}\n` },
  markdown: { name: 'report.md', render: renderMarkdown },
};

/**
 * Writes the report files of a run into a folder of its own, and leads `latest` to it.
 * @returns the path of report.json, or of the first format where JSON was not asked for
 */
export async function writeReportFiles(
  report: Report,
  reportDir: string,
  formats: readonly ReportFormat[],
): Promise<string | undefined> {
  const folder = join(reportDir, report.run.id);
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

/** Replaces the link in one step, so that there is always one. */
async function leadTo(link: string, target: string): Promise<void> {
  const temporary = `${link}.${target}`;
  await symlink(target, temporary);
  try {
    await rename(temporary, link);
  } catch (error) {
    await unlink(temporary);
    throw error;
  }
}
