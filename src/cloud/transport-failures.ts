/** Our names for the ways in which a call ends without an answer. */
export type TransportFailure =
  | 'NoAnswer'
  | 'ConnectionLost'
  | 'ConnectionRefused'
  | 'NameNotFound'
  | 'Unreachable'
  | 'TlsRefused';

/** Node's certificate errors: all of them end the handshake, before a request is written. */
const TLS_CODES: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_CHAIN_TOO_LONG',
  'CERT_SIGNATURE_FAILURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const LOST_CODES: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'EPROTO',
  'ETIMEDOUT',
]);

interface NodeError extends Error {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly errors?: unknown;
}

/** @returns undefined when the error is not one of the transport */
export function transportFailure(thrown: unknown): TransportFailure | undefined {
  if (!(thrown instanceof Error)) return undefined;
  // Under this one name come a response that is late and a "ConnectTimeout" that is an idle socket's:
  // the request may have been received in both.
  if (thrown.name === 'RequestTimeoutError') return 'NoAnswer';
  const { code } = thrown as NodeError;
  if (typeof code === 'string') return byCode(code, whileConnecting(thrown));
  return /socket hang up|aborted/i.test(thrown.message) ? 'ConnectionLost' : undefined;
}

function byCode(code: string, connecting: boolean): TransportFailure | undefined {
  if (code === 'ECONNREFUSED') return 'ConnectionRefused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'NameNotFound';
  // On a connection that stands, these break it off in the middle.
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return connecting ? 'Unreachable' : 'ConnectionLost';
  if (code === 'ETIMEDOUT' && connecting) return 'Unreachable';
  if (TLS_CODES.has(code)) return 'TlsRefused';
  // A protocol error can strike the handshake (a server that does not speak TLS) or an answer under way.
  return LOST_CODES.has(code) || code.startsWith('ERR_SSL_') ? 'ConnectionLost' : undefined;
}

/** Node tries every address of a name and then throws one error that holds the others. */
function whileConnecting(error: NodeError): boolean {
  const tried: readonly unknown[] = Array.isArray(error.errors) ? error.errors : [error];
  return tried.every((one) => one instanceof Error && (one as NodeError).syscall === 'connect');
}
