import { openFile } from '../job/files/open-file.ts';
import { loadManifest, type ManifestCaps } from '../job/load-manifest.ts';
import { EXIT } from '../model/exit-code.ts';
import { formatProblem } from '../model/problem.ts';
import { jsonText } from '../report/json-text.ts';
import { displayText } from '../report/scrub.ts';
import { counted } from '../report/words.ts';
import type { OutputOptions } from './output.ts';
import { printText } from './print-text.ts';

/** Checks manifests offline. Problems are the result, so they go to stdout. */
export async function validate(
  files: readonly string[],
  options: OutputOptions & ManifestCaps,
): Promise<number> {
  const checked = await loadManifest(files, { ...options, capsWritten: true }, openFile);
  const problems = checked.ok ? checked.warnings : checked.problems;
  if (options.json === true) {
    printText(jsonText({ ok: checked.ok, problems }, 2));
    return checked.ok ? EXIT.inSync : EXIT.manifest;
  }
  for (const problem of problems) printText(displayText(formatProblem(problem)));
  if (checked.ok)
    printText(
      `ok: ${counted(checked.value.entries, 'entry', 'entries')} in ${counted(files.length, 'file')}`,
    );
  return checked.ok ? EXIT.inSync : EXIT.manifest;
}
