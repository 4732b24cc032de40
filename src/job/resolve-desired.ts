import type { Inventory } from '../inventory/inventory.ts';
import { foldersToConfirm } from '../manifest/folders-to-confirm.ts';
import { DEFAULT_LIMITS } from '../manifest/limits.ts';
import { resolveManifest } from '../manifest/resolve-manifest.ts';
import type { ActualState } from '../model/actual-state.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Checked } from '../model/problem.ts';
import type { TargetSettings } from './settings.ts';
import { stillThere } from './undo/still-there.ts';

/**
 * Looks up what the manifest names. A folder without accounts shows in no account's path, so the few that are
 * written by id and were not seen are asked for one by one. An undo leaves out what is no longer there.
 */
export async function resolveDesired(
  written: Manifest,
  actual: ActualState,
  settings: Pick<TargetSettings, 'ownership' | 'limits' | 'undo'>,
  inventory: Inventory,
): Promise<Checked<DesiredState>> {
  const unseen = foldersToConfirm(written, actual);
  const asked = await Promise.all(unseen.map((id) => inventory.folder(id)));
  const knownFolderIds = new Set(asked.flatMap((folder) => (folder === undefined ? [] : [folder.id])));
  const goneFolderIds = new Set(unseen.filter((id) => !knownFolderIds.has(id)));
  const { manifest, warnings } =
    settings.undo === undefined
      ? { manifest: written, warnings: [] }
      : stillThere(written, actual, goneFolderIds);
  const resolved = resolveManifest(manifest, actual, {
    ownership: settings.ownership ?? manifest.ownership ?? 'listed',
    limits: { ...DEFAULT_LIMITS, ...settings.limits },
    knownFolderIds,
  });
  return resolved.ok ? { ...resolved, warnings: [...warnings, ...resolved.warnings] } : resolved;
}
