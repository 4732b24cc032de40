import { DeadlineError, toCloudFailure } from '../../src/cloud/failures.ts';
import { emptyObservation } from '../../src/cloud/observe-response.ts';
import type { RpcCall, RpcRequest, RpcResponse } from '../../src/cloud/rpc-call.ts';
import type { EmulatedCloud } from '../../src/emulator/emulated-cloud.ts';
import type { Delivery } from '../../src/emulator/emulated-request.ts';
import { CloudCallError } from '../../src/model/cloud-failure.ts';
import type { Clock } from '../../src/model/ports.ts';
import { CLOUD_CONFIG } from '../../src/wire/cloud-config.ts';
import { RESOURCE_DIRECTORY } from '../../src/wire/resource-directory.ts';

export interface CallWatcher {
  /** Just before the service receives a call. */
  leaving(request: RpcRequest): void;
  /** Just after it did, and took it or not. */
  received(request: RpcRequest): void;
  /** Just after the client was answered, or gave up. */
  answered(request: RpcRequest): void;
}

/**
 * The emulator's core as an RpcCall without a socket: whatever it delivers reaches the adapter in the shape in
 * which the official client would hand it on, so that everything above the client is the real code.
 * @param parse  lossless-json's where ids may exceed 2^53, as in the real client; JSON.parse is faster
 */
export function emulatedCall(
  cloud: EmulatedCloud,
  clock: Clock,
  callMs: number,
  watcher: CallWatcher,
  parse: (text: string) => unknown = JSON.parse,
): RpcCall {
  return async (request) => {
    watcher.leaving(request);
    const delivery = cloud.receive({
      action: request.action,
      version: (request.service === 'directory' ? RESOURCE_DIRECTORY : CLOUD_CONFIG).version,
      parameters: { ...request.query, ...request.form },
    });
    watcher.received(request);
    const late = delivery.kind === 'silence' || delivery.afterMs > callMs;
    await clock.sleep(late ? callMs : delivery.afterMs);
    watcher.answered(request);
    try {
      if (late) throw new DeadlineError();
      return received(delivery, parse);
    } catch (error) {
      throw new CloudCallError(toCloudFailure(error, observed(delivery)));
    }
  };
}

function received(
  delivery: Exclude<Delivery, { kind: 'silence' }>,
  parse: (text: string) => unknown,
): RpcResponse {
  if (delivery.kind === 'reset') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  const body = parse(delivery.body) as Record<string, unknown>;
  if (delivery.status === 200) return { body, requestId: String(body['RequestId']) };
  throw Object.assign(new Error(String(body['Message'])), {
    code: String(body['Code']),
    data: { ...body, statusCode: delivery.status },
  });
}

function observed(delivery: Delivery) {
  if (delivery.kind !== 'answer') return emptyObservation();
  const retryAfter = Number(delivery.headers['x-acs-retry-after'] ?? Number.NaN);
  return {
    ...emptyObservation(),
    httpStatus: delivery.status,
    retryAfterMs: retryAfter > 0 ? retryAfter : undefined,
  };
}
