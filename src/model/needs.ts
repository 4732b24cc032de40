import type { AggregatorId } from './ids.ts';

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
  /** Folder paths are used, so the folders' names are needed. */
  readonly folderNames: boolean;
  readonly tags: boolean;
}
