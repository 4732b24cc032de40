import { findErrorCode } from '../wire/error-codes.ts';
import { RETRY_AFTER_HEADER } from './api-error.ts';
import type { Delivery } from './emulated-request.ts';
import type { Fault, FaultKind } from './fault.ts';
import { empty, failure, html, type Reply } from './reply.ts';

/** How far a call gets that meets a fault. */
export type Reach = 'not-applied' | 'applied' | 'applied-later' | 'half-applied';

const REACH: Readonly<Record<FaultKind, Reach>> = {
  throttling: 'not-applied',
  conflict: 'not-applied',
  pending: 'not-applied',
  unavailable: 'not-applied',
  'unavailable-empty': 'not-applied',
  'unavailable-html': 'not-applied',
  'bad-gateway-html': 'not-applied',
  'internal-error': 'not-applied',
  error: 'not-applied',
  silent: 'not-applied',
  'reset-before': 'not-applied',
  slow: 'applied',
  'silent-after': 'applied',
  'reset-after': 'applied',
  'unavailable-after': 'applied',
  truncated: 'applied',
  'empty-ok': 'applied',
  'html-ok': 'applied',
  late: 'applied-later',
  partial: 'half-applied',
};

export const reachOf = (fault: Fault): Reach => REACH[fault.kind];

/**
 * The answer in place of the service's own, or undefined when the service's own answer stands
 * or no answer is sent at all.
 */
export function replyInstead(fault: Fault, requestId: string): Reply | undefined {
  switch (fault.kind) {
    case 'throttling':
      return jsonFault(fault, 'Throttling.User', requestId);
    case 'conflict':
      return jsonFault(fault, 'ConcurrentCallNotSupported', requestId);
    case 'pending':
      return jsonFault(fault, 'AggregatorAlreadyPending', requestId);
    case 'unavailable':
    case 'unavailable-after':
      return jsonFault(fault, 'ServiceUnavailable', requestId);
    case 'error':
    case 'internal-error':
    case 'partial':
      return jsonFault(fault, 'InternalError', requestId);
    case 'unavailable-empty':
      return empty(503, requestId);
    case 'unavailable-html':
      return html(503, '503 Service Temporarily Unavailable', requestId);
    case 'bad-gateway-html':
      return html(502, '502 Bad Gateway', requestId);
    case 'empty-ok':
      return empty(200, requestId);
    case 'html-ok':
      return html(200, 'Welcome', requestId);
    default:
      return undefined;
  }
}

/** What reaches the client of the answer that is ready, and when. */
export function deliver(fault: Fault | undefined, reply: Reply, latencyMs: number): Delivery {
  const { status, headers, body } = reply;
  switch (fault?.kind) {
    case 'silent':
    case 'silent-after':
    case 'late':
      return { kind: 'silence' };
    case 'reset-before':
    case 'reset-after':
      return { kind: 'reset', afterMs: latencyMs };
    case 'truncated':
      return { kind: 'answer', afterMs: latencyMs, status, headers, body: body.slice(0, body.length / 2) };
    default:
      return { kind: 'answer', afterMs: fault?.delayMs ?? latencyMs, status, headers, body };
  }
}

/** A code of the table keeps the table's status and message unless the fault says otherwise. */
function jsonFault(fault: Fault, usualCode: string, requestId: string): Reply {
  const code = fault.code ?? usualCode;
  const known = findErrorCode(code);
  const headers: Record<string, string> =
    fault.retryAfterMs === undefined ? {} : { [RETRY_AFTER_HEADER]: String(fault.retryAfterMs) };
  return failure(
    code,
    fault.status ?? known?.httpStatus ?? 400,
    fault.message ?? known?.message ?? 'A fault of the emulator.',
    requestId,
    headers,
  );
}
