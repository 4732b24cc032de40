import { parse } from 'lossless-json';
import { createRpcCall, type RpcCallOptions } from '../../../src/cloud/client.ts';
import type { CloudCredential } from '../../../src/cloud/credential.ts';
import type { RpcCall, RpcRequest } from '../../../src/cloud/rpc-call.ts';
import { CloudCallError, type CloudFailure } from '../../../src/model/cloud-failure.ts';
import { manualClock } from './clocks.ts';

export const CANARY = {
  accessKeyId: 'LTAI5tCanaryKeyIdA1b2C3d4',
  accessKeySecret: 'CanarySecretCanarySecretCanary',
  securityToken: 'CAISCanaryTokenCanaryTokenCanaryToken',
} as const;

export const canaryCredential: CloudCredential = {
  accessKey: async () => ({ ...CANARY, providerName: 'static_sts' }),
};

/** The real client against one server, with a deadline that never comes unless a clock is given. */
export function callTo(url: URL, options: Partial<RpcCallOptions> = {}): RpcCall {
  return createRpcCall({
    directoryEndpoint: url,
    configEndpoint: url,
    credential: canaryCredential,
    clock: manualClock(),
    ...options,
  });
}

export interface ScriptedCall {
  readonly call: RpcCall;
  readonly requests: readonly RpcRequest[];
}

/** An RpcCall that notes what it was asked and answers with that JSON text, parsed as the client does. */
export function scriptedCall(body: string | object): ScriptedCall {
  const requests: RpcRequest[] = [];
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const call: RpcCall = async (request) => {
    requests.push(request);
    return { body: parse(text), requestId: 'REQ-1' };
  };
  return { call, requests };
}

/** An RpcCall that is always refused with that code. */
export const refusingCall =
  (code: string): RpcCall =>
  async () => {
    const nothing = { httpStatus: 404, requestId: 'REQ-1', retryAfterMs: undefined };
    throw new CloudCallError({ class: 'owner-refused', code, message: 'refused', ...nothing });
  };

/** The failure of a promise that must fail with CloudCallError. */
export async function failureOf(promise: Promise<unknown>): Promise<CloudFailure> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof CloudCallError) return thrown.failure;
  throw new Error(`expected a CloudCallError, got ${String(thrown)}`);
}
