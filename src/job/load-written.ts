import type { Manifest } from '../model/manifest.ts';
import type { Checked } from '../model/problem.ts';
import { loadManifest, type ReadFile } from './load-manifest.ts';
import { loadUndo } from './load-undo.ts';
import type { TargetSettings } from './settings.ts';

/** What is wanted: what the manifest files say, or the inverse of what a report says was done. */
export function loadWritten(
  { manifest, undo, limits, directoryId }: TargetSettings,
  readFile: ReadFile,
): Promise<Checked<Manifest>> {
  return undo === undefined
    ? loadManifest(manifest, limits, readFile)
    : loadUndo(undo, directoryId, readFile);
}
