import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';

/**
 * What the wire showed of one call. The client hands out neither the headers of a refused call nor the status
 * of one whose body is not JSON; Node publishes both on its diagnostics channels, so nothing is patched.
 */
export interface ResponseObservation {
  /** True once Node began to write the request. False proves nothing: the channel may be silent. */
  requestSent: boolean;
  httpStatus: number | undefined;
  requestId: string | undefined;
  /** Milliseconds the server asked to wait. */
  retryAfterMs: number | undefined;
  /** The server's clock in milliseconds since 1970, to the second. */
  serverTimeMs: number | undefined;
}

/** Every call carries a nonce of its own in this signed header, which tells the calls apart. */
export const NONCE_HEADER = 'x-acs-signature-nonce';

const underWay = new Map<string, ResponseObservation>();
let subscribed = false;

/**
 * Runs a call and gathers what the wire shows of it until the call settles.
 * @param nonce  the value of the call's {@link NONCE_HEADER}, unique among calls under way
 */
export async function observeResponse<T>(
  nonce: string,
  call: (observed: ResponseObservation) => Promise<T>,
): Promise<T> {
  subscribeOnce();
  const observed = emptyObservation();
  underWay.set(nonce, observed);
  try {
    return await call(observed);
  } finally {
    underWay.delete(nonce);
  }
}

export const emptyObservation = (): ResponseObservation => ({
  requestSent: false,
  httpStatus: undefined,
  requestId: undefined,
  retryAfterMs: undefined,
  serverTimeMs: undefined,
});

function subscribeOnce(): void {
  if (subscribed) return;
  subscribed = true;
  subscribe('http.client.request.start', (message) => {
    const observed = observationOf(message);
    if (observed !== undefined) observed.requestSent = true;
  });
  // Published when the response's head has arrived, in spite of its name.
  subscribe('http.client.response.finish', (message) => {
    const observed = observationOf(message);
    if (observed !== undefined) Object.assign(observed, readHead((message as Exchange).response));
  });
}

interface Exchange {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
}

function observationOf(message: unknown): ResponseObservation | undefined {
  const nonce = (message as Exchange).request.getHeader(NONCE_HEADER);
  return typeof nonce === 'string' ? underWay.get(nonce) : undefined;
}

function readHead({ statusCode, headers }: IncomingMessage): Omit<ResponseObservation, 'requestSent'> {
  return {
    httpStatus: statusCode,
    requestId: text(headers['x-acs-request-id']),
    retryAfterMs: retryAfterMs(headers),
    serverTimeMs: milliseconds(headers.date),
  };
}

/**
 * The current gateway sends `x-acs-retry-after` in milliseconds; older ones a rate limit such as
 * `Limit:1,Remain:0,TimeLeft:2000,Reset:1234`. Source: aliyun/darabonba-openapi 8b916ca and cb1d2ae.
 */
export function retryAfterMs(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): number | undefined {
  return (
    positive(text(headers['x-acs-retry-after'])) ??
    positive(timeLeft(text(headers['x-ratelimit-user-api']))) ??
    positive(timeLeft(text(headers['x-ratelimit-user'])))
  );
}

const timeLeft = (limit: string | undefined): string | undefined =>
  /(?:^|,)\s*TimeLeft:\s*(\d+)/i.exec(limit ?? '')?.[1];

/** At most nine digits, some eleven days: more is no delay that anybody meant. */
const positive = (digits: string | undefined): number | undefined =>
  digits !== undefined && /^\d{1,9}$/.test(digits) && Number(digits) > 0 ? Number(digits) : undefined;

const text = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

function milliseconds(date: string | undefined): number | undefined {
  const parsed = Date.parse(date ?? '');
  return Number.isNaN(parsed) ? undefined : parsed;
}
