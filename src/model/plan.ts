import type { AccountId, AggregatorId, ContactId } from './ids.ts';
import type { Source } from './manifest.ts';
import type { Target } from './target.ts';

/** One binding or membership that is to change. `id` is stable from plan to plan: `bind:c-...:1738...`. */
export type Change = BindingChange | MembershipChange;

export const isAddition = ({ action }: Change): boolean => action === 'bind' || action === 'add-account';

export interface BindingChange {
  readonly id: string;
  readonly kind: 'contact';
  readonly action: 'bind' | 'unbind';
  readonly contactId: ContactId;
  readonly target: Target;
  /** The target as the call must spell it. */
  readonly wireId: string;
  /** Where the manifest asks for it; undefined for a removal that follows from not being written. */
  readonly source: Source | undefined;
}

export interface MembershipChange {
  readonly id: string;
  readonly kind: 'aggregator';
  readonly action: 'add-account' | 'remove-account';
  readonly aggregatorId: AggregatorId;
  readonly accountId: AccountId;
  readonly accountName: string | undefined;
  readonly source: Source | undefined;
}

/** One AssociateMembers or DisassociateMembers call: one to five changes of one contact, one direction. */
export interface Chunk {
  readonly contactId: ContactId;
  readonly action: 'bind' | 'unbind';
  readonly changes: readonly BindingChange[];
  /** Room was made for it by a removal right before. */
  readonly makesGood?: boolean;
}

/**
 * The calls for one contact, each list in order. `adds` fit without any removal. `swaps` belong to a contact
 * at its cap, where a removal must make room: removal and add in turn. `removes` come last of all.
 */
export interface ContactSchedule {
  readonly contactId: ContactId;
  readonly adds: readonly Chunk[];
  readonly swaps: readonly Chunk[];
  readonly removes: readonly Chunk[];
}

/** One whole-list UpdateAggregator call. The list itself is made right before the call, from what is there then. */
export interface AggregatorSchedule {
  readonly aggregatorId: AggregatorId;
  readonly changes: readonly MembershipChange[];
}

export interface Plan {
  /** Hex SHA-256 over directory and changes: equal plans have equal digests. */
  readonly digest: string;
  readonly changes: readonly Change[];
  readonly contacts: readonly ContactSchedule[];
  readonly aggregators: readonly AggregatorSchedule[];
  readonly counts: PlanCounts;
  readonly calls: { readonly associate: number; readonly disassociate: number; readonly update: number };
  readonly guard: GuardVerdict;
  /** Ids that no plan of this manifest may take away, in order. */
  readonly protected: readonly string[];
}

export interface PlanCounts {
  readonly bind: number;
  readonly unbind: number;
  readonly addAccount: number;
  readonly removeAccount: number;
  readonly unchanged: number;
  /** What exists and no manifest line speaks of. */
  readonly unmanaged: number;
}

export interface GuardVerdict {
  readonly verdict: 'safe' | 'refused';
  readonly reasons: readonly GuardReason[];
}

export interface GuardReason {
  /** `max-removals`, `max-removal-share`, `emptied`, `last-contact` or `protected`. */
  readonly rule: string;
  readonly measured: number;
  readonly allowed: number;
  /** The contact, aggregator or account concerned, where it is one. */
  readonly subject?: string;
  /** What was found and what to do, in one line. */
  readonly message: string;
}
