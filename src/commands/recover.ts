import { readdir } from 'node:fs/promises';
import { systemClock } from '../clock.ts';
import { hasReport, ReportUnwritable, writeReportFiles } from '../job/report-files.ts';
import { newRunId } from '../job/run-id.ts';
import { StateFolder } from '../job/state-folder.ts';
import { Stop } from '../job/stop.ts';
import { EXIT } from '../model/exit-code.ts';
import type { ReportFormat } from '../model/file-formats.ts';
import type { RunRecord } from '../model/target-result.ts';
import { buildReport } from '../report/build-report.ts';
import { renderText } from '../report/text.ts';
import { TOOL } from '../tool.ts';
import { type Output, type OutputOptions, openOutput } from './output.ts';
import { showUnwritten } from './show-unwritten.ts';

export interface RecoverOptions extends OutputOptions {
  readonly stateDir: string;
  readonly reportDir: string;
  readonly format: readonly ReportFormat[];
}

/** Makes the reports that killed runs did not come to make. Reads journals, never the cloud. */
export async function recover(options: RecoverOptions): Promise<number> {
  const output = openOutput(options, process.env);
  let recovered = 0;
  try {
    for (const directoryId of await folders(options.stateDir)) {
      const keep = async (record: RunRecord): Promise<void> => {
        if (await hasReport(options.reportDir, record.id)) return;
        recovered += 1;
        await show(record, options, output);
      };
      const state = new StateFolder(options.stateDir, directoryId);
      const lock = await state.lock(newRunId(systemClock.now()), 0, systemClock, keep);
      await lock.release();
    }
  } catch (error) {
    if (error instanceof ReportUnwritable) return showUnwritten(error, output);
    if (!(error instanceof Stop)) throw error;
    output.log.error(error.message);
    return error.exitCode;
  }
  if (recovered === 0 && options.json !== true) output.print('no run died before its report');
  return recovered === 0 ? EXIT.inSync : EXIT.notAllApplied;
}

async function show(record: RunRecord, options: RecoverOptions, output: Output): Promise<void> {
  const report = buildReport(record, TOOL);
  const path = await writeReportFiles(report, options.reportDir, options.format);
  if (options.json === true) return output.print(JSON.stringify(report));
  output.print(renderText(report, { ...output, reportPath: path }));
}

async function folders(stateDir: string): Promise<string[]> {
  try {
    const entries = await readdir(stateDir, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
