import { DEFAULT_LIMITS } from '../manifest/limits.ts';
import { type ManifestBytes, readManifest } from '../manifest/read-manifest.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Checked, Problem } from '../model/problem.ts';

export interface ManifestCaps {
  readonly targetsPerContact: number;
  readonly accountsPerAggregator: number;
}

export type ReadFile = (path: string) => Promise<Uint8Array>;

/** Reads manifest files. A file that cannot be read is a problem beside all others. */
export async function loadManifest(
  paths: readonly string[],
  caps: ManifestCaps,
  readFile: ReadFile,
): Promise<Checked<Manifest>> {
  const unreadable: Problem[] = [];
  const files: ManifestBytes[] = [];
  for (const path of paths) {
    try {
      files.push({ path, bytes: await readFile(path) });
    } catch (error) {
      unreadable.push(cannotBeRead(path, error));
    }
  }
  const checked = readManifest(files, { ...DEFAULT_LIMITS, ...caps });
  if (unreadable.length === 0) return checked;
  const others = checked.ok || files.length === 0 ? [] : checked.problems;
  return { ok: false, problems: [...unreadable, ...others] };
}

function cannotBeRead(path: string, error: unknown): Problem {
  const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
  return {
    code: 'file-unreadable',
    severity: 'error',
    source: { file: path, line: 1, column: 1 },
    message: `the file cannot be read (${reason}); check the path and its permissions`,
  };
}
