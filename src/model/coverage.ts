import type { AccountId, ContactId } from './ids.ts';
import type { Target } from './target.ts';

/** For every account, the contacts that reach it. */
export type Coverage = ReadonlyMap<AccountId, readonly Reach[]>;

export interface Reach {
  readonly contactId: ContactId;
  readonly messageTypes: readonly string[];
  /** Every binding by which the contact reaches the account: itself, a folder above it, the directory. */
  readonly via: readonly Target[];
}
