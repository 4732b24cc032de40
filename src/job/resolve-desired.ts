import type { Inventory } from '../inventory/inventory.ts';
import { foldersToConfirm } from '../manifest/folders-to-confirm.ts';
import { DEFAULT_LIMITS } from '../manifest/limits.ts';
import { resolveManifest } from '../manifest/resolve-manifest.ts';
import type { ActualState } from '../model/actual-state.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Checked } from '../model/problem.ts';
import type { TargetSettings } from './settings.ts';

/**
 * Looks up what the manifest names. A folder without accounts shows in no account's path, so the few that are
 * written by id and were not seen are asked for one by one.
 */
export async function resolveDesired(
  manifest: Manifest,
  actual: ActualState,
  settings: Pick<TargetSettings, 'ownership' | 'limits'>,
  inventory: Inventory,
): Promise<Checked<DesiredState>> {
  const asked = await Promise.all(foldersToConfirm(manifest, actual).map((id) => inventory.folder(id)));
  const knownFolderIds = new Set(asked.flatMap((folder) => (folder === undefined ? [] : [folder.id])));
  return resolveManifest(manifest, actual, {
    ownership: settings.ownership ?? manifest.ownership ?? 'listed',
    limits: { ...DEFAULT_LIMITS, ...settings.limits },
    knownFolderIds,
  });
}
