import type { Fault } from './fault.ts';

/** Everything the emulator starts from, with every default filled in. Made by `readState` and `stateFrom`. */
export interface EmulatorState {
  readonly directory: EmulatedDirectory;
  readonly folders: readonly EmulatedFolder[];
  readonly accounts: readonly EmulatedAccount[];
  readonly contacts: readonly EmulatedContact[];
  readonly aggregators: readonly EmulatedAggregator[];
  readonly credentials: readonly EmulatedCredential[];
  /** Roles that give whoever assumes them a temporary key of this directory. */
  readonly roles: readonly EmulatedRole[];
  readonly quotas: Quotas;
  readonly behaviour: Behaviour;
  readonly faults: readonly Fault[];
  /** For request ids and for faults with a probability. */
  readonly seed: number;
}

export interface EmulatedDirectory {
  readonly id: string;
  readonly rootFolderId: string;
  readonly managementAccount: { readonly id: string; readonly name: string };
}

export interface EmulatedFolder {
  readonly id: string;
  readonly name: string;
  /** Another folder, or the root folder. */
  readonly parent: string;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds since 1970; left out: a day long ago. */
  readonly created?: number | undefined;
}

export interface EmulatedAccount {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly status: string;
  /** Left out: a cloud account where it was invited, else a resource account. */
  readonly type?: 'ResourceAccount' | 'CloudAccount' | undefined;
  /** The part of the account name before the `@`; left out: the display name. */
  readonly namePrefix?: string | undefined;
  readonly created?: number | undefined;
}

export interface EmulatedContact {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly title: string;
  readonly messageTypes: readonly string[];
  readonly status: string;
  /** Bound ids; they may include ids that are no longer in the directory. */
  readonly members: readonly string[];
  /** Addresses that wait for their verification. */
  readonly unverified?: UnverifiedAddresses | undefined;
  readonly created?: number | undefined;
}

export interface UnverifiedAddresses {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

export type AggregatorType = 'CUSTOM' | 'RD' | 'FOLDER';

export interface EmulatedAggregator {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: AggregatorType;
  /** Of CUSTOM aggregators; the others are computed from the directory. */
  readonly accounts: readonly AggregatorMember[];
  /** Of FOLDER aggregators. */
  readonly folders: readonly string[];
  /** The global group of former Enterprise users, which cannot be deleted. */
  readonly builtIn?: boolean | undefined;
  readonly created?: number | undefined;
}

export interface AggregatorMember {
  readonly id: string;
  readonly name: string;
}

export interface EmulatedCredential {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
  /** Actions that this caller may not call. */
  readonly deny: readonly string[];
}

export interface EmulatedRole {
  /** `acs:ram::<accountId>:role/<name>` */
  readonly arn: string;
}

export interface Quotas {
  readonly targetsPerContact: number;
  readonly contacts: number;
  readonly accountsPerAggregator: number;
  readonly aggregators: number;
  /** Undefined: the documented default, or no limit where the state holds more than that. */
  readonly accounts?: number | undefined;
  /** As `accounts`. */
  readonly folders?: number | undefined;
  readonly folderDepth: number;
  readonly verificationsPerDay: number;
  /** Undefined: no limit. */
  readonly callsPerSecond?: number | undefined;
}

export interface Behaviour {
  /** What one Resource Directory write locks against others (scope undocumented; directory is inferred). */
  readonly lockScope: 'directory' | 'contact' | 'none';
  /** From the write's arrival. */
  readonly lockMs: number;
  readonly latencyMs: number;
  /** How long an aggregator refuses further updates after one. */
  readonly pendingMs: number;
  readonly rebind: 'idempotent' | 'strict';
  readonly unbindAbsent: 'idempotent' | 'strict';
  /** Reads show the state as it was that long ago. */
  readonly visibilityDelayMs: number;
  readonly maxPageSize: number;
  /** How a binding to the whole directory is spelled in the reads. */
  readonly directorySpelling: 'rd' | 'r';
  readonly statusesThatBind: readonly string[];
  readonly verifySignature: boolean;
  /** What has an address of a contact count as verified: only a click, sending the message, or stating it. */
  readonly verification: 'by-hand' | 'on-send' | 'at-once';
  /** How long a contact that is not retained in the members stays Deleting. */
  readonly contactDeletionMs: number;
  /** For how long after the unbinding of a folder the accounts in it cannot be moved. */
  readonly folderUnbindMs: number;
  /** Whether DeleteAccount is permitted. */
  readonly memberDeletion: 'Enabled' | 'Disabled';
  /** Whether an RD group has the management account among its accounts. */
  readonly managementInGroups: boolean;
  /** Whether a folder stands for the folders below it too, in FOLDER groups. */
  readonly nestedFolders: boolean;
  /** Whether a CUSTOM group loses the accounts that leave the directory. */
  readonly leaversLeaveGroups: boolean;
  /** Whether a contact stays bound to an account that leaves the directory. */
  readonly leaversStayBound: boolean;
  /** Whether the ids of accounts that left can be unbound. */
  readonly unbindGone: 'refused' | 'accepted';
  /** Which bindings ListMessageContacts finds by `Member`. */
  readonly memberFilter: 'exact' | 'inherited';
  /** What a page of contacts above the largest does. */
  readonly largePages: 'capped' | 'refused';
  /** What an empty list of accounts does to a group. */
  readonly emptyGroupList: 'refused' | 'applied';
  /** Whether the keys of AggregatorAccounts may begin with a small letter. */
  readonly smallLetterKeys: boolean;
  /** Whether query and form are merged, or each action reads only where its metadata puts the parameters. */
  readonly formParameters: 'merged' | 'ignored';
  /** The form of the answer to a call of the older scheme that does not name one. */
  readonly defaultFormat: 'xml' | 'json';
  /** Milliseconds since 1970 at which the server's clock starts; undefined: the real time. */
  readonly now?: number | undefined;
}
