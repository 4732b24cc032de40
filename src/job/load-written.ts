import type { Manifest } from '../model/manifest.ts';
import type { Checked } from '../model/problem.ts';
import { loadManifest } from './load-manifest.ts';
import type { JobPorts } from './ports.ts';
import type { TargetSettings } from './settings.ts';
import { loadUndo } from './undo/load-undo.ts';

/** What is wanted: what the manifest files say, or the inverse of what a report says was done. */
export function loadWritten(
  { manifest, undo, limits, directoryId }: TargetSettings,
  { openFile, readFile }: Pick<JobPorts, 'openFile' | 'readFile'>,
): Promise<Checked<Manifest>> {
  return undo === undefined
    ? loadManifest(manifest, limits, openFile)
    : loadUndo(undo, directoryId, readFile);
}
