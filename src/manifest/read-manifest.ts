import type { Manifest } from '../model/manifest.ts';
import type { Checked } from '../model/problem.ts';
import { type FileRead, FileReading } from './file-reading.ts';
import { joinFiles } from './join-files.ts';
import type { ManifestLimits } from './limits.ts';

export interface ManifestBytes {
  /** As it is to be named in messages. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Reads and merges manifest files that are in memory. Every problem of every file is found at once. */
export const readManifest = (files: readonly ManifestBytes[], limits: ManifestLimits): Checked<Manifest> =>
  joinFiles(
    files.map(({ path, bytes }) => readWhole(path, bytes, limits)),
    limits,
  );

function readWhole(path: string, bytes: Uint8Array, limits: ManifestLimits): FileRead {
  const once = (fallback?: 'gb18030'): FileRead | undefined => {
    const reading = new FileReading(path, limits, fallback);
    reading.push(bytes);
    return reading.end();
  };
  const read = once() ?? once('gb18030');
  if (read === undefined) throw new Error('bytes that are no UTF-8 were not read as GB18030');
  return read;
}
