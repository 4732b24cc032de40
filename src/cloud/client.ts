import { randomUUID } from 'node:crypto';
import { CloudCallError } from '../model/cloud-failure.ts';
import type { Clock } from '../model/ports.ts';
import { CLOUD_CONFIG } from '../wire/cloud-config.ts';
import { RESOURCE_DIRECTORY } from '../wire/resource-directory.ts';
import { STS } from '../wire/sts.ts';
import type { CloudCredential } from './credential.ts';
import { withDeadline } from './deadline.ts';
import { checkEndpoint } from './endpoint.ts';
import { DeadlineError, toCloudFailure, unreadable } from './failures.ts';
import { NONCE_HEADER, observeResponse, type ResponseObservation } from './observe-response.ts';
import {
  Config,
  Credential,
  OpenApiClient,
  OpenApiRequest,
  Params,
  RuntimeOptions,
} from './official-client.ts';
import { parseExactly } from './parse-exactly.ts';
import type { RpcCall, RpcRequest, RpcResponse } from './rpc-call.ts';
import { createSigningKey, type SigningKey } from './signing-key.ts';

/** The client keeps about 6 kB a call until its read timeout has run out, so longer is no better. */
export const DEFAULT_CALL_TIMEOUT_MS = 15_000;

export interface RpcCallOptions {
  readonly directoryEndpoint: URL;
  readonly configEndpoint: URL;
  /** Left out: where the directory's calls go, as with an emulator. */
  readonly stsEndpoint?: URL;
  readonly credential: CloudCredential;
  /** For a whole call, from renewing the key to the last byte of the answer. */
  readonly timeouts?: { readonly callMs: number };
  readonly clock: Clock;
}

/**
 * The one way to the cloud: real signed requests through the official client, each sent once, each with a
 * deadline of its own. The call it returns throws CloudCallError, and nothing else.
 * @throws EndpointError when an endpoint is neither a loopback host nor one of aliyuncs.com over https
 */
export function createRpcCall(options: RpcCallOptions): RpcCall {
  const key = createSigningKey(options.credential);
  const clients = {
    directory: createClient(options.directoryEndpoint, key),
    config: createClient(options.configEndpoint, key),
    sts: createClient(options.stsEndpoint ?? options.directoryEndpoint, key),
  };
  const callMs = options.timeouts?.callMs ?? DEFAULT_CALL_TIMEOUT_MS;

  async function callOnce(request: RpcRequest, observed: ResponseObservation, nonce: string) {
    const answer = await withDeadline(callMs, options.clock, async (givenUp) => {
      await key.renew();
      // A write that was given up for lost must not leave afterwards.
      if (givenUp.aborted) throw new DeadlineError();
      return send(clients[request.service], request, nonce, callMs);
    });
    return readAnswer(answer, observed);
  }

  return (request) => {
    const nonce = randomUUID();
    return observeResponse(nonce, (observed) =>
      callOnce(request, observed, nonce).catch((thrown: unknown) => {
        if (thrown instanceof CloudCallError) throw thrown;
        throw new CloudCallError(toCloudFailure(thrown, observed, key.secrets()), observed.serverTimeMs);
      }),
    );
  };
}

function createClient(endpoint: URL, key: SigningKey): OpenApiClient {
  const url = checkEndpoint(endpoint);
  return new OpenApiClient(
    new Config({
      endpoint: url.host,
      protocol: url.protocol === 'http:' ? 'HTTP' : 'HTTPS',
      credential: new Credential(null, key.provider),
      userAgent: 'rd-reconcile',
    }),
  );
}

interface RawAnswer {
  readonly body?: unknown;
  readonly statusCode?: number;
}

async function send(
  client: OpenApiClient,
  request: RpcRequest,
  nonce: string,
  callMs: number,
): Promise<RawAnswer> {
  return client.callApi(
    params(request),
    new OpenApiRequest({
      headers: { [NONCE_HEADER]: nonce },
      query: request.query ?? {},
      ...(request.form === undefined ? {} : { body: request.form }),
    }),
    // Both, to the same value: the client passes connectTimeout on as the socket's idle timeout, so the
    // smaller one decides. Its retries never happen; they are switched off so that nobody counts on them.
    new RuntimeOptions({ connectTimeout: callMs, readTimeout: callMs, autoretry: false }),
  );
}

const VERSIONS: Readonly<Record<RpcRequest['service'], string>> = {
  directory: RESOURCE_DIRECTORY.version,
  config: CLOUD_CONFIG.version,
  sts: STS.version,
};

function params({ service, action }: RpcRequest): Params {
  return new Params({
    action,
    version: VERSIONS[service],
    protocol: 'HTTPS',
    pathname: '/',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    // Text, because the client's own JSON parser rounds ids above 2^53.
    bodyType: 'string',
  });
}

function readAnswer({ body, statusCode }: RawAnswer, observed: ResponseObservation): RpcResponse {
  const httpStatus = statusCode ?? observed.httpStatus;
  if (typeof body !== 'string' || httpStatus !== 200) {
    throw new CloudCallError(unreadable('the answer is not one of the service', { ...observed, httpStatus }));
  }
  const parsed = parseExactly(body);
  return {
    body: parsed,
    requestId: requestIdOf(parsed) ?? observed.requestId,
    serverTimeMs: observed.serverTimeMs,
  };
}

function requestIdOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const id = (body as Readonly<Record<string, unknown>>)['RequestId'];
  return typeof id === 'string' ? id : undefined;
}
