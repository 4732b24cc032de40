/**
 * Identifiers. All of them are text, digit for digit, never numbers: an account id can exceed 2^53.
 * A branded type says which kind of id a string is; only the parsers here make one from free text.
 */

declare const kind: unique symbol;
type Id<Kind extends string> = string & { readonly [kind]: Kind };

/** 16 digits. */
export type AccountId = Id<'account'>;
/** `fd-` and letters or digits. */
export type FolderId = Id<'folder'>;
/** `r-` and letters or digits: the Root folder, which stands for the whole directory. */
export type RootFolderId = Id<'root-folder'>;
/** `rd-` and letters or digits. */
export type DirectoryId = Id<'directory'>;
/** `c-` and letters or digits. */
export type ContactId = Id<'contact'>;
/** `ca-` and letters or digits. */
export type AggregatorId = Id<'aggregator'>;

const parser =
  <T extends string>(pattern: RegExp) =>
  (text: string): T | undefined =>
    pattern.test(text) ? (text as T) : undefined;

export const parseAccountId = parser<AccountId>(/^\d{16}$/);
export const parseFolderId = parser<FolderId>(/^fd-[A-Za-z0-9]+$/);
export const parseRootFolderId = parser<RootFolderId>(/^r-[A-Za-z0-9]+$/);
export const parseDirectoryId = parser<DirectoryId>(/^rd-[A-Za-z0-9]+$/);
export const parseContactId = parser<ContactId>(/^c-[A-Za-z0-9]+$/);
export const parseAggregatorId = parser<AggregatorId>(/^ca-[A-Za-z0-9]+$/);
