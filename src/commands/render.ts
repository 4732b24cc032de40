import { readFile } from 'node:fs/promises';
import { writeFileSafely } from '../job/files/write-file-safely.ts';
import { loadReport } from '../job/report-files/load-report.ts';
import { renderReport } from '../job/report-files/render-report.ts';
import { problem, Stop } from '../job/stop.ts';
import { EXIT } from '../model/exit-code.ts';
import type { RenderFormat } from '../model/file-formats.ts';
import type { Report } from '../report/report-schema.ts';
import { renderText } from '../report/text.ts';
import { failureOf } from './failure.ts';
import { type Output, type OutputOptions, openOutput } from './output.ts';

export interface RenderOptions extends OutputOptions {
  readonly format: RenderFormat;
  /** A file in place of stdout. */
  readonly out?: string;
}

/** Another view of a report that exists: what the run itself would have written, byte for byte. */
export async function render(path: string, options: RenderOptions): Promise<number> {
  const output = await openOutput(options, process.env);
  try {
    const report = await loadReport(path, (name) => readFile(name));
    const text = await viewOf(report, path, options, output);
    if (options.out === undefined) output.print(text);
    else await writeOut(options.out, text);
    return EXIT.inSync;
  } catch (error) {
    const { exitCode, lines } = failureOf(error);
    for (const line of lines) output.log.error(line);
    return exitCode;
  }
}

/** @param path  of the report itself, to be named in the text */
export async function viewOf(
  report: Report,
  path: string,
  options: { readonly format: RenderFormat | 'json'; readonly out?: string },
  output: Output,
): Promise<string> {
  const { format, out } = options;
  if (format !== 'text') return renderReport(report, format);
  const screen = out === undefined ? output : { color: false, width: Number.POSITIVE_INFINITY };
  return renderText(report, { ...screen, reportPath: path });
}

/** @throws Stop (usage) when it cannot be written */
export async function writeOut(path: string, text: string): Promise<void> {
  try {
    await writeFileSafely(path, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const message = `${path} cannot be written (${code}); choose another file for --out`;
    throw new Stop(EXIT.usage, 'failed', [problem('render-unwritable', message)]);
  }
}
