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
}

export interface EmulatedAccount {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly status: string;
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
  /** Accepted so that a file can state it; no emulated action creates a contact. */
  readonly contacts: number;
  readonly accountsPerAggregator: number;
  /** Accepted so that a file can state it; no emulated action creates an aggregator. */
  readonly aggregators: number;
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
  /** Milliseconds since 1970 at which the server's clock starts; undefined: the real time. */
  readonly now?: number | undefined;
}
