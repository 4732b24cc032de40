import { readdir } from 'node:fs/promises';
import { systemClock } from '../clock.ts';
import { StateFolder } from '../job/records/state-folder.ts';
import { keepRecovered, type Recovered } from '../job/report-files/keep-recovered.ts';
import { ReportUnwritable } from '../job/report-files/report-files.ts';
import { newRunId } from '../job/run-id.ts';
import { Stop } from '../job/stop.ts';
import { EXIT } from '../model/exit-code.ts';
import type { ReportFormat } from '../model/file-formats.ts';
import type { RunRecord } from '../model/target-result.ts';
import { jsonText } from '../report/json-text.ts';
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
  const output = await openOutput(options, process.env);
  /** By run: the directories of one are found one by one. */
  const found = new Map<string, Recovered>();
  try {
    for (const directoryId of await folders(options.stateDir)) {
      const keep = async (record: RunRecord): Promise<void> => {
        const { reportDir, format: formats } = options;
        const kept = await keepRecovered(record, { reportDir, formats, tool: TOOL, clock: systemClock });
        if (kept !== undefined) found.set(record.id, kept);
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
  for (const recovered of found.values()) show(recovered, options, output);
  if (found.size === 0 && options.json !== true) output.print('no run died before its report');
  return found.size === 0 ? EXIT.inSync : EXIT.notAllApplied;
}

function show({ report, path }: Recovered, options: RecoverOptions, output: Output): void {
  if (options.json === true) return output.print(jsonText(report));
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
