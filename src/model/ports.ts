import type { Action } from '../wire/error-codes.ts';
import type { Account, Aggregator, AggregatorSummary, Contact, Directory, Folder } from './actual-state.ts';
import type { AccountId, AggregatorId, ContactId, FolderId, RootFolderId } from './ids.ts';
import type { Lane } from './job-event.ts';
import type { DirectoryNames } from './target.ts';

/** One page of a listing that is numbered from 1. */
export interface NumberedPage<T> {
  readonly items: readonly T[];
  readonly totalCount: number;
  /** The page size that the service used, which may be smaller than the one asked for. */
  readonly pageSize: number;
}

/** One page of a listing that is continued by a token; undefined on the last page. */
export interface TokenPage<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

export interface PageRequest {
  readonly pageNumber: number;
  readonly pageSize: number;
}

/** Every method makes one call and throws CloudCallError when that fails; retries are the caller's. */
export interface CloudReader {
  getDirectory(): Promise<Directory>;
  listAccounts(page: PageRequest, options: { includeTags: boolean }): Promise<NumberedPage<Account>>;
  /** The folders directly in a folder. */
  listFolders(parentId: FolderId | RootFolderId, page: PageRequest): Promise<NumberedPage<Folder>>;
  /** Undefined when there is no such folder. */
  getFolder(id: FolderId): Promise<Folder | undefined>;
  listContacts(page: PageRequest, directory: DirectoryNames): Promise<NumberedPage<Contact>>;
  /** Undefined when there is no such contact. */
  getContact(id: ContactId, directory: DirectoryNames): Promise<Contact | undefined>;
  listAggregators(nextToken: string | undefined): Promise<TokenPage<AggregatorSummary>>;
  /** Undefined when there is no such aggregator, or the caller may not see it: the service does not tell them apart. */
  getAggregator(id: AggregatorId): Promise<Aggregator | undefined>;
}

/** The only object that can change anything. A dry run never constructs one. */
export interface CloudWriter {
  /** @param wireIds  one to five distinct object ids */
  associateMembers(contactId: ContactId, wireIds: readonly string[]): Promise<Receipt>;
  /** @param wireIds  one to five distinct object ids */
  disassociateMembers(contactId: ContactId, wireIds: readonly string[]): Promise<Receipt>;
  /** Replaces the whole member list. @param clientToken  ASCII, at most 64 characters, one per change */
  updateAggregatorAccounts(
    id: AggregatorId,
    accounts: readonly AggregatorAccount[],
    clientToken: string,
  ): Promise<Receipt>;
}

export interface AggregatorAccount {
  readonly id: AccountId;
  readonly name: string | undefined;
}

/** The service's word that it took a write. */
export interface Receipt {
  readonly requestId: string;
}

export interface Clock {
  /** Milliseconds since 1970, as this machine's clock has it: for times of day and dates. It can be set at any time. */
  now(): number;
  /** Milliseconds since some moment before the run, which no setting of the clock changes: for how long things take. */
  monotonic(): number;
  /** Resolves after that many milliseconds, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Uniform in [0, 1). */
export type Random = () => number;

/** What a call is, for its pace, the log and the report. */
export interface CallDescription {
  readonly lane: Lane;
  readonly action: Action;
  /** The contact, aggregator or folder it is about; undefined for listings. */
  readonly subject: string | undefined;
  /**
   * Runs when the call's turn has come, before each attempt. What it throws ends the call unsent.
   * @param inItsPlace  for what is read there, one after the other: it goes in the place of the call among those in
   *                    flight, so that the call leaves right after it
   */
  readonly prepare?: (inItsPlace: PacedCall) => Promise<void>;
  /** Attempts that carried the same before, in calls whose end had to be looked into: the count goes on from there. */
  readonly sentBefore?: number;
  /** It gives back what the write before it took away for its sake: neither a pause nor a window holds it up. */
  readonly makesGood?: boolean;
}

/**
 * Sends one call when its turn comes and again where that is safe; every call of a job goes through it.
 * Throws what the last attempt threw, or HaltedError when the job was halted before the first or between two: what
 * is sent again had no effect before. `send` throws HaltedError itself where it finds that the call must not leave.
 */
export type PacedCall = <T>(call: CallDescription, send: () => Promise<T>) => Promise<T>;

/** Complete readings for those who decide on them; each throws CloudCallError or HaltedError rather than return less. */
export interface StateReader {
  /** Every member account, without tags. */
  accounts(): Promise<ReadonlyMap<AccountId, Account>>;
  contacts(): Promise<ReadonlyMap<ContactId, Contact>>;
  contact(id: ContactId): Promise<Contact | undefined>;
  /** @param call  makes the call in place of the one that all others go through */
  aggregator(id: AggregatorId, call?: PacedCall): Promise<Aggregator | undefined>;
}

/** What every write leaves on disk, before it is sent and after it was answered. */
export interface WriteJournal {
  /** Returns once the line is on disk. @returns the number to settle it by @throws the file system's error */
  intend(call: IntendedCall): number;
  /** @throws the file system's error */
  settle(call: number, result: SettledCall): void;
}

export interface IntendedCall {
  readonly action: Action;
  readonly owner: ContactId | AggregatorId;
  /** The changes that the call carries. */
  readonly changeIds: readonly string[];
  /** The ids in the call: targets, or the whole account list. */
  readonly members: readonly string[];
  readonly clientToken: string | undefined;
}

export type SettledCall =
  | { readonly result: 'acknowledged'; readonly requestId: string }
  | { readonly result: 'refused' | 'unknown'; readonly code: string };
