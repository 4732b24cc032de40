import type { CloudFailure, FailureClass } from '../model/cloud-failure.ts';
import { OWN_CODES } from '../model/own-codes.ts';
import { classifyErrorCode } from '../wire/error-codes.ts';
import { CredentialRefreshError } from './credential.ts';
import type { ResponseObservation } from './observe-response.ts';
import { scrub } from './scrub.ts';
import { type TransportFailure, transportFailure } from './transport-failures.ts';

/** Ours: the call's own deadline passed first. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Whatever the client threw, as a CloudFailure. The client's own message is never used: it carries the
 * request's address.
 * @param secrets  the credentials in use, which may not appear in the message
 */
export function toCloudFailure(
  thrown: unknown,
  observed: ResponseObservation,
  secrets: readonly string[] = [],
): CloudFailure {
  if (thrown instanceof CredentialRefreshError) return refreshFailure(thrown);
  if (observed.httpStatus === PROXY_AUTHENTICATION_REQUIRED) return proxyRefused();
  const refusal = refusalOf(thrown);
  if (refusal !== undefined) return refused(refusal, observed, secrets);
  const transport = thrown instanceof DeadlineError ? 'NoAnswer' : transportFailure(thrown);
  if (transport !== undefined) return lost(transport, observed);
  return unreadable('the answer could not be read', observed);
}

/** An answer that came and does not say what it must: a write may have been applied all the same. */
export function unreadable(
  message: string,
  observed: Pick<ResponseObservation, 'httpStatus' | 'requestId'> & { retryAfterMs?: number | undefined },
): CloudFailure {
  return {
    class: 'unknown-effect',
    code: 'Unreadable',
    message,
    httpStatus: observed.httpStatus,
    requestId: safeRequestId(observed.requestId),
    retryAfterMs: observed.retryAfterMs,
  };
}

/** No service answers with it: a proxy does, in place of a tunnel, so the request did not leave. */
export const PROXY_AUTHENTICATION_REQUIRED = 407;

const proxyRefused = (): CloudFailure => ({
  class: 'unsent',
  code: 'ProxyRefused',
  message: OWN_CODES.ProxyRefused,
  httpStatus: PROXY_AUTHENTICATION_REQUIRED,
  requestId: undefined,
  retryAfterMs: undefined,
});

interface Refusal {
  readonly code: string;
  readonly httpStatus: number | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An error that the service worded itself. The client writes the text "undefined" where a body has no code. */
function refusalOf(thrown: unknown): Refusal | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { code, data } = thrown as Error & { code?: unknown; data?: unknown };
  if (typeof data !== 'object' || data === null) return undefined;
  if (typeof code !== 'string' || code === 'undefined' || !/^[\w.-]{1,100}$/.test(code)) return undefined;
  const body = data as Readonly<Record<string, unknown>>;
  const status = body['statusCode'];
  return { code, httpStatus: typeof status === 'number' ? status : undefined, body };
}

function refused(
  { code, httpStatus, body }: Refusal,
  observed: ResponseObservation,
  secrets: readonly string[],
): CloudFailure {
  const status = httpStatus ?? observed.httpStatus;
  return {
    class: classifyErrorCode(code, status),
    code,
    message: refusalMessage(body, secrets),
    httpStatus: status,
    requestId: safeRequestId(body['RequestId'] ?? body['requestId']) ?? safeRequestId(observed.requestId),
    retryAfterMs: observed.retryAfterMs,
  };
}

function refusalMessage(body: Refusal['body'], secrets: readonly string[]): string {
  const worded = body['Message'] ?? body['message'];
  const message = typeof worded === 'string' && worded !== 'undefined' ? scrub(worded, secrets) : '';
  const missing = missingPermission(body['AccessDeniedDetail']);
  if (missing !== undefined) return `${message} (needs ${missing})`.trim();
  return message === '' ? 'the service gave no message' : message;
}

/** The RAM action that a 403 names, such as `config:UpdateAggregator`. */
function missingPermission(detail: unknown): string | undefined {
  if (typeof detail !== 'object' || detail === null) return undefined;
  const action = (detail as Readonly<Record<string, unknown>>)['AuthAction'];
  return typeof action === 'string' && /^[a-z0-9-]+:[A-Za-z]+$/.test(action) ? action : undefined;
}

const safeRequestId = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(value) ? value : undefined;

const LOST: Readonly<Record<TransportFailure, FailureClass>> = {
  NoAnswer: 'unknown-effect',
  ConnectionLost: 'unknown-effect',
  ConnectionRefused: 'unsent',
  NameNotFound: 'unsent',
  Unreachable: 'unsent',
  TlsRefused: 'unsent',
};

function lost(code: TransportFailure, observed: ResponseObservation): CloudFailure {
  const { httpStatus, retryAfterMs } = observed;
  const requestId = safeRequestId(observed.requestId);
  return { class: LOST[code], message: OWN_CODES[code], code, httpStatus, requestId, retryAfterMs };
}

/** The request was not even signed. A network that fails may come back; refused credentials do not. */
function refreshFailure({ transport }: CredentialRefreshError): CloudFailure {
  return {
    class: transport ? 'unsent' : 'credentials',
    code: 'CredentialsUnavailable',
    message: OWN_CODES.CredentialsUnavailable,
    httpStatus: undefined,
    requestId: undefined,
    retryAfterMs: undefined,
  };
}
