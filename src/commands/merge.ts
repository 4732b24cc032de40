import { readFile } from 'node:fs/promises';
import { loadReport } from '../job/report-files/load-report.ts';
import { mergeReports, type ReportFile } from '../job/report-files/merge-reports.ts';
import type { RenderFormat } from '../model/file-formats.ts';
import { failureOf } from './failure.ts';
import { type OutputOptions, openOutput } from './output.ts';
import { viewOf, writeOut } from './render.ts';

export interface MergeOptions extends OutputOptions {
  readonly format: RenderFormat | 'json';
  /** A file in place of stdout. */
  readonly out?: string;
}

/** One report out of several. @returns the exit code of the merged run, as if it had been one */
export async function merge(paths: readonly string[], options: MergeOptions): Promise<number> {
  const output = await openOutput(options, process.env);
  try {
    const files: ReportFile[] = [];
    for (const path of paths) files.push({ path, report: await loadReport(path, (name) => readFile(name)) });
    const report = mergeReports(files as [ReportFile, ...ReportFile[]]);
    const text = await viewOf(report, options.out ?? 'merged', options, output);
    if (options.out === undefined) output.print(text);
    else await writeOut(options.out, text);
    return report.run.exitCode;
  } catch (error) {
    const { exitCode, lines } = failureOf(error);
    for (const line of lines) output.log.error(line);
    return exitCode;
  }
}
