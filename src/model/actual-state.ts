import type { AccountId, AggregatorId, ContactId, DirectoryId, FolderId, RootFolderId } from './ids.ts';
import type { Target, TargetId } from './target.ts';

/** What the service said when it was read. Every listing in it is complete; a part that was not read is undefined. */
export interface ActualState {
  readonly directory: Directory;
  /** Every member account; the management account is not among them. */
  readonly accounts: ReadonlyMap<AccountId, Account> | undefined;
  /** Every folder below Root, with names. Read only where a part of them is not enough. */
  readonly folders: ReadonlyMap<FolderId, Folder> | undefined;
  /** Where a manifest names folders by path and the whole tree was not read. */
  readonly foldersOnPaths?: FoldersOnPaths | undefined;
  readonly contacts: ReadonlyMap<ContactId, Contact> | undefined;
  /** Those that the manifest needs, with their members. */
  readonly aggregators: ReadonlyMap<AggregatorId, Aggregator>;
  /** Every aggregator of the caller; undefined when all were addressed by id and none had to be looked up. */
  readonly aggregatorList: readonly AggregatorSummary[] | undefined;
}

export interface Directory {
  readonly id: DirectoryId;
  readonly rootFolderId: RootFolderId;
  readonly managementAccountId: AccountId;
  readonly managementAccountName: string;
}

export interface Account {
  readonly id: AccountId;
  readonly displayName: string;
  readonly folderId: FolderId | RootFolderId;
  /** The folders above it, outermost first, without Root. */
  readonly folderPath: readonly FolderId[];
  /** Undefined when tags were not asked for. */
  readonly tags: ReadonlyMap<string, string> | undefined;
}

export interface Folder {
  readonly id: FolderId;
  readonly name: string;
  readonly parentId: FolderId | RootFolderId;
}

/** Of a tree, the part that is met on the way along some paths, name by name from Root. */
export interface FoldersOnPaths {
  /** What is in the folders that were listed. All folders above one of these are among them. */
  readonly byId: ReadonlyMap<FolderId, Folder>;
  /** The folders, and Root, whose whole content is in `byId`. */
  readonly listed: ReadonlySet<FolderId | RootFolderId>;
}

export interface Contact {
  readonly id: ContactId;
  readonly name: string;
  /** `Active`, `Verifying`, `Deleting`, or a status that is not documented. */
  readonly status: string;
  readonly messageTypes: readonly string[];
  readonly bindings: ReadonlyMap<TargetId, ActualBinding>;
  /** How a person is reached; read only where somebody asked to see it. */
  readonly personalData?: PersonalData | undefined;
}

export interface PersonalData {
  readonly emailAddress: string;
  readonly phoneNumber: string;
}

export interface ActualBinding {
  readonly target: Target;
  /** The target as the service spells it: what a call that unbinds it must carry. */
  readonly wireId: string;
}

export interface AggregatorSummary {
  readonly id: AggregatorId;
  readonly name: string;
  /** `CUSTOM`, `RD` or `FOLDER`, or a type that is not documented. */
  readonly type: string;
  /** 0 creating, 1 normal, 2 deleting. */
  readonly status: number;
  readonly accountCount: number;
}

export interface Aggregator extends AggregatorSummary {
  readonly accounts: ReadonlyMap<AccountId, AggregatorMember>;
}

export interface AggregatorMember {
  readonly id: AccountId;
  readonly name: string;
}
