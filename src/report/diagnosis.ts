/** What `doctor` found. Names of people, keys and addresses beyond hosts are not in it. */
export interface Diagnosis {
  readonly exitCode: number;
  /** Null when there are no credentials. */
  readonly credential: {
    readonly source: string;
    readonly accessKeyId: string;
    readonly temporary: boolean;
  } | null;
  /** Null when STS did not say. */
  readonly identity: { readonly type: string; readonly accountId: string; readonly arn: string } | null;
  readonly directory: { readonly id: string; readonly managementAccountId: string } | null;
  readonly endpoints: readonly DiagnosedEndpoint[];
  readonly permissions: readonly DiagnosedPermission[];
  /** How far the service's clock is ahead of ours, to the second; null when no answer was dated. */
  readonly clockSkewMs: number | null;
  readonly quotas: readonly DiagnosedQuota[];
  readonly problems: readonly {
    readonly severity: 'error' | 'warning';
    readonly code: string;
    readonly message: string;
  }[];
}

export interface DiagnosedEndpoint {
  readonly service: 'directory' | 'config' | 'sts';
  readonly host: string;
  /** Host of the proxy on the way; null for none. */
  readonly proxy: string | null;
  readonly reachable: boolean;
  /** Of the fastest answer; null when none came. */
  readonly latencyMs: number | null;
}

export interface DiagnosedPermission {
  /** As RAM policies name it: `resourcemanager:ListAccounts`. */
  readonly action: string;
  /** `not-tried`: it would write, or there was nothing to try it on. */
  readonly status: 'allowed' | 'denied' | 'unknown' | 'not-tried';
  /** Of the refusal or failure. */
  readonly code?: string;
}

export interface DiagnosedQuota {
  /** `targets of contact c-...` */
  readonly what: string;
  readonly used: number;
  readonly cap: number;
}
