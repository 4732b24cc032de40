import type { ErrorClass } from '../wire/error-codes.ts';

/** How a call failed, by what may be done about it: a class of error code, or a request that never left. */
export type FailureClass = ErrorClass | 'unsent';

/** A failed call, free of secrets, personal data and request addresses. */
export interface CloudFailure {
  readonly class: FailureClass;
  /**
   * The service's error code, or one of ours: NoAnswer, Unreadable, ConnectionRefused, ConnectionLost,
   * NameNotFound, Unreachable, TlsRefused, ProxyRefused, CredentialsUnavailable, Incomplete (a listing that does
   * not add up).
   */
  readonly code: string;
  readonly message: string;
  readonly httpStatus: number | undefined;
  readonly requestId: string | undefined;
  /** The delay the server asked for, where it did. */
  readonly retryAfterMs: number | undefined;
}

/** What every port throws, and nothing else. */
export class CloudCallError extends Error {
  override readonly name = 'CloudCallError';
  readonly failure: CloudFailure;
  /** The server's clock in milliseconds since 1970, to the second, where its answer was dated. */
  readonly serverTimeMs: number | undefined;

  constructor(failure: CloudFailure, serverTimeMs?: number) {
    super(`${failure.code}: ${failure.message}`);
    this.failure = failure;
    this.serverTimeMs = serverTimeMs;
  }
}
