import { extname } from 'node:path';
import { type Exported, exportState } from '../job/export/export-state.ts';
import { writeFileSafely } from '../job/files/write-file-safely.ts';
import { readOnly } from '../job/read-only.ts';
import { problem, Stop } from '../job/stop.ts';
import { EXIT } from '../model/exit-code.ts';
import type { ExportFormat } from '../model/file-formats.ts';
import { type ConnectionOptions, connectionSettings } from './connection-options.ts';
import { withOutlook } from './outlook-options.ts';
import { type Output, type OutputOptions, openOutput } from './output.ts';

export interface ExportOptions extends OutputOptions, ConnectionOptions {
  /** Left out: as the extension of `out` says, else YAML. */
  readonly as?: ExportFormat;
  readonly out?: string;
  readonly concurrency: number;
  readonly contact: readonly string[];
  readonly aggregator: readonly string[];
  readonly member: readonly string[];
}

/** Writes a manifest of the live state: to stdout, or to a file. */
export async function exportManifest(options: ExportOptions): Promise<number> {
  const output = await openOutput(options, process.env);
  const { contact: contacts, aggregator: aggregators, member: members } = options;
  return withOutlook(output, async (effects) => {
    const what = { format: formatOf(options), only: { contacts, aggregators, members } };
    const exported = await readOnly(
      {
        connection: connectionSettings(options),
        concurrency: options.concurrency,
        directoryId: options.directoryId,
      },
      effects,
      (inventory, directory) => exportState(inventory, directory, what),
    );
    await deliver(exported, options.out, output);
    return EXIT.inSync;
  });
}

/** A file is read by its extension: one that says otherwise would not be read as what it is. */
function formatOf({ as, out }: ExportOptions): ExportFormat {
  const named = out === undefined ? undefined : FORMAT_OF[extname(out).toLowerCase()];
  if (as === undefined || named === undefined || named === as) return as ?? named ?? 'yaml';
  const message = `${out} would be read as ${named}, and ${as} was asked for; change --as or the extension`;
  throw new Stop(EXIT.usage, 'failed', [problem('export-extension', message)]);
}

const FORMAT_OF: Readonly<Record<string, ExportFormat>> = {
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.json': 'yaml',
  '.csv': 'csv',
  '.tsv': 'csv',
};

async function deliver({ text, isEmpty }: Exported, out: string | undefined, output: Output): Promise<void> {
  if (out === undefined) output.print(text);
  else await writeOut(out, text, output);
  if (isEmpty) output.log.warn('there is nothing to plan: no binding and no member of a CUSTOM aggregator');
}

async function writeOut(path: string, text: string, { log }: Output): Promise<void> {
  try {
    await writeFileSafely(path, text);
    log.info({ path }, 'manifest written');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const message = `${path} cannot be written (${code}); choose another file for --out`;
    throw new Stop(EXIT.usage, 'failed', [problem('export-unwritable', message)]);
  }
}
