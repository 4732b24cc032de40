import type { AccountId, AggregatorId, ContactId } from './ids.ts';
import type { Ownership, Source } from './manifest.ts';
import type { Target, TargetId } from './target.ts';

/** The manifest with every name looked up and every selector expanded against the directory as it was read. */
export interface DesiredState {
  readonly ownership: Ownership;
  readonly contacts: ReadonlyMap<ContactId, DesiredContact>;
  readonly aggregators: ReadonlyMap<AggregatorId, DesiredAggregator>;
  /** Never unbound, never removed. */
  readonly protected: ReadonlySet<TargetId>;
}

export interface DesiredContact {
  readonly id: ContactId;
  /** See WrittenOwner.statesMembers: only then does what is bound and not written count as drift. */
  readonly statesMembers: boolean;
  readonly allowEmpty: boolean;
  readonly present: ReadonlyMap<TargetId, DesiredBinding>;
  readonly absent: ReadonlyMap<TargetId, DesiredBinding>;
}

export interface DesiredBinding {
  readonly target: Target;
  readonly source: Source;
}

export interface DesiredAggregator {
  readonly id: AggregatorId;
  readonly statesMembers: boolean;
  readonly present: ReadonlyMap<AccountId, DesiredMembership>;
  readonly absent: ReadonlyMap<AccountId, DesiredMembership>;
}

export interface DesiredMembership {
  readonly accountId: AccountId;
  /** The display name to send with it, where one is written. */
  readonly accountName: string | undefined;
  readonly source: Source;
}
