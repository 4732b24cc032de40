/**
 * Cloud Config (product Config, version 2020-09-07) as documented.
 * Pages: `api-config-2020-09-07-<action>` of the Cloud Config reference.
 * Writes carry their parameters in the form body, reads in the query string. Account ids are JSON numbers
 * here, so bodies are parsed and written digit for digit, never through a JavaScript number.
 */

export const CLOUD_CONFIG = { product: 'Config', version: '2020-09-07' } as const;

/** Source: Cloud Config endpoints page (document 606961). */
export const CLOUD_CONFIG_ENDPOINTS = {
  china: 'https://config.cn-shanghai.aliyuncs.com',
  international: 'https://config.ap-southeast-1.aliyuncs.com',
} as const;

/** CreateAggregator page. */
export const DEFAULT_ACCOUNTS_PER_AGGREGATOR = 200;
/** CreateAggregator page, one RD group among them. */
export const DEFAULT_AGGREGATORS = 5;
/** ListAggregators page; the parameter is required. */
export const MAX_AGGREGATORS_PER_PAGE = 100;
/** UpdateAggregator page: "ASCII characters and cannot exceed 64 characters". */
export const MAX_CLIENT_TOKEN_LENGTH = 64;
/** UpdateAggregator page: the only value. */
export const ACCOUNT_TYPE = 'ResourceDirectory';
/** OpenAPI Explorer, UpdateAggregator: 60 calls in 60 seconds. */
export const UPDATE_AGGREGATOR_CALLS_PER_MINUTE = 60;

export const AGGREGATOR_TYPES = ['CUSTOM', 'RD', 'FOLDER'] as const;
/** GetAggregator page: 0 and 1. Terraform's provider knows 2. */
export const AGGREGATOR_STATUS = { creating: 0, normal: 1, deleting: 2 } as const;
export const RECORDER_STATUSES = ['REGISTRABLE', 'BUILDING', 'REGISTERED', 'REBUILDING'] as const;

export interface ListAggregatorsRequest {
  /** 1 to 100. */
  readonly MaxResults: number;
  readonly NextToken?: string;
}

export interface ListAggregatorsResponse {
  readonly RequestId: string;
  /** The token is nested here, not at the top level. */
  readonly AggregatorsResult: {
    readonly NextToken?: string;
    readonly Aggregators: readonly WireAggregator[];
  };
}

/** Id-like numbers are of type `WireInteger`: whatever keeps their digits. */
export type WireInteger = number | string | { toString(): string };

export interface WireAggregator {
  readonly AggregatorId: string;
  readonly AggregatorName: string;
  readonly Description?: string;
  readonly AggregatorType: string;
  readonly AggregatorStatus: WireInteger;
  readonly AggregatorAccountCount: WireInteger;
  /** Typed as text in the reference, a number on the wire. */
  readonly AggregatorCreateTimestamp: WireInteger;
  /** The owner. */
  readonly AccountId: WireInteger;
  readonly FolderId?: string;
}

export interface GetAggregatorRequest {
  readonly AggregatorId: string;
}

export interface GetAggregatorResponse {
  readonly RequestId: string;
  readonly Aggregator: WireAggregator & {
    readonly AggregatorAccounts: readonly {
      readonly AccountId: WireInteger;
      readonly AccountName?: string;
      readonly AccountType: string;
      readonly RecorderStatus?: string;
    }[];
  };
}

export interface UpdateAggregatorRequest {
  readonly AggregatorId: string;
  readonly AggregatorName?: string;
  readonly Description?: string;
  readonly FolderId?: string;
  /**
   * JSON text: `[{"AccountId":1738...,"AccountName":"...","AccountType":"ResourceDirectory"}]`.
   * It replaces the whole list. Left out: the list stays as it is. An empty list is refused.
   */
  readonly AggregatorAccounts?: string;
  /** ASCII, at most 64 characters. */
  readonly ClientToken?: string;
}

export interface UpdateAggregatorResponse {
  readonly RequestId: string;
  readonly AggregatorId: string;
}
