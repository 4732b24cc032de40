import type { AggregatorId } from './ids.ts';
import type { FolderPath } from './manifest.ts';

/** What has to be read for a manifest; nothing else is. */
export interface Needs {
  readonly contacts: boolean;
  readonly aggregators: {
    readonly ids: readonly AggregatorId[];
    /** Names to be looked up in the list of aggregators. */
    readonly names: readonly string[];
    /** Every aggregator must be known, named or not. */
    readonly all: boolean;
  };
  /** Folders whose names are needed: the whole tree, or only what stands along these paths from Root. */
  readonly folders: 'all' | readonly FolderPath[];
  readonly tags: boolean;
}
