import type { KeyRing } from './key-ring.ts';
import type { Store } from './store.ts';

export type Parameters = Readonly<Record<string, string>>;

export interface OperationCall {
  readonly parameters: Parameters;
  readonly store: Store;
  /** Who may call, in every directory of the process. */
  readonly keys: KeyRing;
  /** The access key id of who signed the call; undefined when signatures are not checked. */
  readonly caller: string | undefined;
  /** Milliseconds since 1970: the instant at which a write takes effect, and as of which a read looks. */
  readonly now: number;
  /** Taken in earlier and only now taking effect: what refuses new calls for being too early does not apply. */
  readonly late?: boolean;
}

export interface OperationResult {
  /** Without the RequestId. It may hold lossless numbers. */
  readonly body: object;
  /** Whether a write took effect, be it that there was nothing to change. */
  readonly applied: boolean;
}

/** One action of one service. It throws ApiError for what the service refuses. */
export type Operation = (call: OperationCall) => OperationResult;

export const found = (body: object): OperationResult => ({ body, applied: false });
export const applied = (body: object): OperationResult => ({ body, applied: true });
