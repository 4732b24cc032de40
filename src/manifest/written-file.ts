import type { AggregatorId, ContactId } from '../model/ids.ts';
import type { Manifest, WrittenMember, WrittenOwner, WrittenSelector } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';

/** What one file says. */
export interface WrittenFile {
  readonly directory: Manifest['directory'];
  readonly ownership:
    | {
        readonly value: NonNullable<Manifest['ownership']>;
        readonly place: WrittenOwner<ContactId>['source'];
      }
    | undefined;
  readonly contacts: readonly WrittenOwner<ContactId>[];
  readonly aggregators: readonly WrittenOwner<AggregatorId>[];
  readonly protected: readonly WrittenSelector[];
}

/** A file as read: everything found in it, and what it says as far as that could be read. */
export interface ReadFile {
  readonly written: WrittenFile;
  readonly findings: readonly Problem[];
}

export const NOTHING_WRITTEN: WrittenFile = {
  directory: undefined,
  ownership: undefined,
  contacts: [],
  aggregators: [],
  protected: [],
};

/** An owner while its entries are still being collected. */
export interface OwnerDraft<Id extends ContactId | AggregatorId> extends WrittenOwner<Id> {
  statesMembers: boolean;
  readonly members: WrittenMember[];
}
