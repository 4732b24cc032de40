import { z } from 'zod';
import { EXIT } from '../../model/exit-code.ts';
import type { Problem } from '../../model/problem.ts';
import { type Report, reportSchema } from '../../report/report-schema.ts';
import type { ReadFile } from '../files/byte-source.ts';
import { Stop } from '../stop.ts';

/** More misfits than these say nothing new. */
const MOST_MISFITS = 20;
const VERSION = 1;

/**
 * The report of an earlier run, checked against its schema.
 * @throws Stop with 64 when there is no such file, with 65 and all that is wrong when it is no report
 */
export async function loadReport(path: string, readFile: ReadFile): Promise<Report> {
  const json = parsed(path, await textOf(path, readFile));
  const versioned = z.object({ schemaVersion: z.number() }).safeParse(json);
  if (versioned.success && versioned.data.schemaVersion !== VERSION) {
    const found = `the report has schemaVersion ${versioned.data.schemaVersion}`;
    throw unusable([about(path, `${found}, and this program reads ${VERSION}; use the one that wrote it`)]);
  }
  const result = reportSchema.safeParse(json);
  if (result.success) return result.data;
  const { issues } = result.error;
  const left = issues.length - MOST_MISFITS;
  throw unusable([
    about(path, 'the report does not have the form that it should; give a report.json as a run wrote it'),
    ...issues.slice(0, MOST_MISFITS).map(({ path: place, message }) => {
      const where = place.length === 0 ? 'the top level' : place.join('.');
      return about(path, `at ${where}: ${message}`);
    }),
    ...(left > 0 ? [about(path, `and ${left} more places that do not fit`)] : []),
  ]);
}

async function textOf(path: string, readFile: ReadFile): Promise<string> {
  try {
    return new TextDecoder().decode(await readFile(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const message = `the report cannot be read (${code}); check the path and its permissions`;
    throw new Stop(EXIT.usage, 'failed', [about(path, message)]);
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unusable([about(path, 'the report is not JSON, or was cut off; give the report.json of a run')]);
  }
}

const unusable = (problems: readonly Problem[]): Stop => new Stop(EXIT.manifest, 'failed', problems);

const about = (path: string, message: string): Problem => ({
  code: 'report-unusable',
  severity: 'error',
  source: { file: path, line: 1, column: 1 },
  message,
});
