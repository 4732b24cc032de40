import { DEFAULT_ACCOUNTS_PER_AGGREGATOR } from '../wire/cloud-config.ts';
import { DEFAULT_TARGETS_PER_CONTACT } from '../wire/resource-directory.ts';

export interface ManifestLimits {
  /** The service's cap on what one contact is bound to. */
  readonly targetsPerContact: number;
  /** The service's cap on the accounts of one account group. */
  readonly accountsPerAggregator: number;
  /** Of one file that is held whole, as YAML is. A table is not: the number of its entries bounds it. */
  readonly maxBytes: number;
  /** Members written, over all files. */
  readonly maxEntries: number;
  /** Whether the caps are held against what is written: where nobody will look at what is bound. */
  readonly capsWritten: boolean;
}

export const DEFAULT_LIMITS: ManifestLimits = {
  targetsPerContact: DEFAULT_TARGETS_PER_CONTACT,
  accountsPerAggregator: DEFAULT_ACCOUNTS_PER_AGGREGATOR,
  maxBytes: 64 * 1024 * 1024,
  maxEntries: 2_000_000,
  capsWritten: false,
};
