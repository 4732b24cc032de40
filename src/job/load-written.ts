import { type Loaded, loadManifest } from './load-manifest.ts';
import type { JobPorts } from './ports.ts';
import type { TargetSettings } from './settings.ts';
import { loadUndo } from './undo/load-undo.ts';

/** What is wanted: what the manifest files say, or the inverse of what a report says was done. */
export async function loadWritten(
  { manifest, undo, limits, directoryId }: TargetSettings,
  { openFile, readFile }: Pick<JobPorts, 'openFile' | 'readFile'>,
): Promise<Loaded> {
  if (undo === undefined) return loadManifest(manifest, limits, openFile);
  const inverse = await loadUndo(undo, directoryId, readFile);
  return { ...inverse, files: inverse.ok ? inverse.value.files : [] };
}
