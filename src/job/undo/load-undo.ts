import type { Manifest } from '../../model/manifest.ts';
import type { Checked } from '../../model/problem.ts';
import type { ReadFile } from '../files/byte-source.ts';
import type { UndoSettings } from '../settings.ts';
import { changeLines } from './change-lines.ts';
import { reportedIn } from './reported-in.ts';
import { undoManifest } from './undo-manifest.ts';

/**
 * The manifest that asks for the inverse of what a report says was applied.
 * @param directoryId  the one that is meant, where that is said
 */
export async function loadUndo(
  { report: path, allowEmpty }: UndoSettings,
  directoryId: string | undefined,
  readFile: ReadFile,
): Promise<Checked<Manifest>> {
  const { readReport } = await import('../report-files/read-report.ts');
  const file = await readReport(path, readFile);
  if (!file.ok) {
    const source = { file: path, line: 1, column: 1 };
    const message = `the report ${file.reason}; give the report.json of a run`;
    return { ok: false, problems: [{ code: 'report-unusable', severity: 'error', source, message }] };
  }
  const reported = reportedIn(file.value, path, directoryId);
  const written = { path, sha256: file.sha256, lines: changeLines(file.text) };
  return undoManifest(reported, written, allowEmpty);
}
