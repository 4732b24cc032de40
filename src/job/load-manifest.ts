import { type FileRead, FileReading } from '../manifest/file-reading.ts';
import { joinFiles } from '../manifest/join-files.ts';
import { DEFAULT_LIMITS, type ManifestLimits } from '../manifest/limits.ts';
import type { Manifest, ManifestFile } from '../model/manifest.ts';
import type { Checked, Problem } from '../model/problem.ts';
import { type ByteSource, type OpenFile, ReadingError } from './files/byte-source.ts';

export interface ManifestCaps {
  readonly targetsPerContact: number;
  readonly accountsPerAggregator: number;
  readonly capsWritten?: boolean;
}

/** Whatever stands in them: the files that were read. */
export type Loaded = Checked<Manifest> & { readonly files: readonly ManifestFile[] };

/** Reads manifest files, one after the other. A file that cannot be read is a problem beside all others. */
export async function loadManifest(
  paths: readonly string[],
  caps: ManifestCaps,
  openFile: OpenFile,
): Promise<Loaded> {
  const limits = { ...DEFAULT_LIMITS, ...caps };
  const unreadable: Problem[] = [];
  const files: FileRead[] = [];
  for (const path of paths) {
    try {
      files.push(await readFile(path, limits, openFile));
    } catch (error) {
      unreadable.push(cannotBeRead(path, error));
    }
  }
  const checked = { ...joinFiles(files, limits), files: files.map(({ file }) => file) };
  if (unreadable.length === 0) return checked;
  const others = checked.ok || files.length === 0 ? [] : checked.problems;
  return { ok: false, problems: [...unreadable, ...others], files: checked.files };
}

async function readFile(path: string, limits: ManifestLimits, openFile: OpenFile): Promise<FileRead> {
  const source = await openFile(path);
  try {
    const read =
      (await readOnce(new FileReading(path, limits), source)) ??
      (await readOnce(new FileReading(path, limits, 'gb18030'), source));
    if (read === undefined) throw new Error('bytes that are no UTF-8 were not read as GB18030');
    return read;
  } finally {
    await source.close();
  }
}

async function readOnce(reading: FileReading, source: ByteSource): Promise<FileRead | undefined> {
  for await (const piece of source.pieces()) reading.push(piece);
  return reading.end();
}

/** @throws the error itself, where it does not come from a file */
function cannotBeRead(path: string, error: unknown): Problem {
  const source = { file: path, line: 1, column: 1 };
  if (error instanceof ReadingError) {
    return { code: error.code, severity: 'error', source, message: error.message };
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  const message = `the file cannot be read (${code}); check the path and its permissions`;
  return { code: 'file-unreadable', severity: 'error', source, message };
}
