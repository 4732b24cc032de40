import type { FolderId } from '../model/ids.ts';
import type { Ownership } from '../model/manifest.ts';
import type { ManifestLimits } from './limits.ts';

export interface ResolveSettings {
  readonly ownership: Ownership;
  readonly limits: ManifestLimits;
  /** Folders that were asked for one by one and do exist. */
  readonly knownFolderIds?: ReadonlySet<FolderId>;
}
