import { CloudCallError } from '../model/cloud-failure.ts';
import { unreadable } from './failures.ts';
import { asFields, type Fields, textIn, UnreadableField } from './fields.ts';
import type { RpcCall, RpcRequest, RpcResponse } from './rpc-call.ts';

/**
 * Sends a request and reads its answer.
 * @throws CloudCallError Unreadable when the answer lacks a field that `read` needs, or its RequestId: whether
 *   a write was applied is then not known
 */
export async function ask<T>(
  call: RpcCall,
  request: RpcRequest,
  read: (body: Fields, requestId: string) => T,
): Promise<T> {
  const response = await call(request);
  try {
    const body = asFields(response.body, '');
    const requestId = textIn(body, 'RequestId');
    if (requestId === '') throw new UnreadableField('RequestId');
    return read(body, requestId);
  } catch (thrown) {
    if (!(thrown instanceof UnreadableField)) throw thrown;
    throw new CloudCallError(unreadableAnswer(request, response, thrown.message));
  }
}

function unreadableAnswer({ action }: RpcRequest, { requestId }: RpcResponse, path: string) {
  const part = path === '' ? 'object' : path;
  return unreadable(`the answer to ${action} has no ${part} as documented`, { httpStatus: 200, requestId });
}

/** Undefined in place of the refusals by which a service says that there is no such thing. */
export async function unlessRefused<T>(answer: Promise<T>, code: string): Promise<T | undefined> {
  try {
    return await answer;
  } catch (thrown) {
    if (thrown instanceof CloudCallError && thrown.failure.code === code) return undefined;
    throw thrown;
  }
}
