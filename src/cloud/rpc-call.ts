/** One request of the RPC style: POST to `/`, the action named in a header. */
export interface RpcRequest {
  readonly service: 'directory' | 'config' | 'sts';
  readonly action: string;
  /** Already flattened: `Members.1`, `Members.2`, ... */
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
}

export interface RpcResponse {
  /** The JSON body; numbers in it keep their digits. */
  readonly body: unknown;
  readonly requestId: string | undefined;
  /** The server's clock in milliseconds since 1970, to the second, where the answer was dated. */
  readonly serverTimeMs?: number | undefined;
}

/** Sends one request once. @throws CloudCallError, and nothing else */
export type RpcCall = (request: RpcRequest) => Promise<RpcResponse>;
