import { diff } from '../../diff/diff.ts';
import { DEFAULT_LIMITS } from '../../manifest/limits.ts';
import { readManifest } from '../../manifest/read-manifest.ts';
import { resolveManifest } from '../../manifest/resolve-manifest.ts';
import type { ActualState } from '../../model/actual-state.ts';
import type { Problem } from '../../model/problem.ts';
import { problem } from '../stop.ts';

/**
 * Plans an exported manifest against the state that it was made from.
 * @param file  a name with the extension of the format
 * @returns why it is not what it should be: errors of the reader, or changes
 */
export function exportProblems(file: string, text: string, actual: ActualState): readonly Problem[] {
  const read = readManifest([{ path: file, bytes: Buffer.from(text) }], DEFAULT_LIMITS);
  if (!read.ok) return errorsOf(read.problems);
  const settings = { ownership: 'listed', limits: DEFAULT_LIMITS } as const;
  const desired = resolveManifest(read.value, actual, settings);
  if (!desired.ok) return errorsOf(desired.problems);
  return diff(desired.value, actual).changes.map(({ id }) =>
    problem('export-differs', `planning the exported manifest would change ${id}`),
  );
}

const errorsOf = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ severity }) => severity === 'error');
