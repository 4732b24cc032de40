import type { AccountId, AggregatorId, ContactId, DirectoryId, FolderId, RootFolderId } from './ids.ts';

/** A place in a file. Lines and columns count from 1; columns count characters as an editor does. */
export interface Source {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Ownership = 'add-only' | 'listed' | 'exclusive';
export type Ensure = 'present' | 'absent';

/** What was written, checked as far as that is possible without the cloud. */
export interface Manifest {
  readonly files: readonly ManifestFile[];
  /** The tenant pin, where one is written. */
  readonly directory: { readonly id: DirectoryId; readonly source: Source } | undefined;
  readonly ownership: Ownership | undefined;
  readonly contacts: readonly WrittenOwner<ContactId>[];
  readonly aggregators: readonly WrittenOwner<AggregatorId>[];
  readonly protected: readonly WrittenSelector[];
  /** Members written, before selectors are expanded. */
  readonly entries: number;
}

export interface ManifestFile {
  readonly path: string;
  /** Hex digest of the file's bytes. */
  readonly sha256: string;
}

/** A contact or an aggregator that a manifest names. Several files or rows may name the same one. */
export interface WrittenOwner<Id extends ContactId | AggregatorId> {
  readonly ref: { readonly by: 'id'; readonly id: Id } | { readonly by: 'name'; readonly name: string };
  readonly source: Source;
  /**
   * Whether the manifest states what the owner holds (`bind`, `accounts`, or a CSV row with ensure present).
   * An owner that is merely named, or has members written as absent only, keeps all else that it holds.
   */
  readonly statesMembers: boolean;
  /** The written permission for the owner to end up with nothing, and for selectors to match nothing. */
  readonly allowEmpty: boolean;
  readonly members: readonly WrittenMember[];
  /** Accounts taken out of what the owner's selectors match. */
  readonly except: readonly WrittenSelector[];
}

export interface WrittenSelector {
  readonly selector: Selector;
  readonly source: Source;
}

export interface WrittenMember extends WrittenSelector {
  readonly ensure: Ensure;
  /** The display name for an account group, where one is written. */
  readonly accountName: string | undefined;
}

/** How a member is written. Which forms a contact and an aggregator take is checked when the file is read. */
export type Selector =
  | { readonly type: 'account'; readonly id: AccountId }
  | { readonly type: 'account-name'; readonly name: string }
  | { readonly type: 'folder'; readonly id: FolderId }
  | { readonly type: 'folder-path'; readonly path: FolderPath }
  /** The word `directory`, or one of its ids. */
  | { readonly type: 'directory'; readonly id: DirectoryId | RootFolderId | undefined }
  | {
      readonly type: 'accounts-in';
      readonly folder: FolderId | RootFolderId | FolderPath;
      readonly depth: 'direct' | 'subtree';
    }
  | { readonly type: 'tag'; readonly key: string; readonly value: string }
  | { readonly type: 'all-accounts' }
  | { readonly type: 'management-account' };

/** Folder names from Root down; empty for Root itself. `/Production/Payments` is `{ names: ['Production', 'Payments'] }`. */
export interface FolderPath {
  readonly names: readonly string[];
}
