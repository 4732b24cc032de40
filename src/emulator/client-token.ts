import { MAX_CLIENT_TOKEN_LENGTH } from '../wire/cloud-config.ts';
import { ApiError } from './api-error.ts';
import { applied, found, type OperationCall, type OperationResult, type Parameters } from './operation.ts';

/**
 * Runs a write once per client token: the same token with the same parameters is answered from memory and changes
 * nothing (documented as idempotence; how long a token is remembered is not, here it is for good).
 * @throws ApiError  when the token was used for other parameters, or is not of the documented form
 */
export function oncePerToken(call: OperationCall, action: string, write: () => object): OperationResult {
  const { parameters, store } = call;
  const token = parameters['ClientToken'] ?? '';
  if (token === '') return applied(write());
  if (token.length > MAX_CLIENT_TOKEN_LENGTH || !/^[\x20-\x7e]+$/.test(token)) {
    throw new ApiError('Invalid.ClientToken.Value');
  }
  const payload = payloadOf(action, parameters);
  const earlier = store.clientTokens.get(token);
  if (earlier !== undefined) {
    if (earlier.payload !== payload) throw new ApiError('IdempotentParameterMismatch');
    return found(earlier.answer);
  }
  const answer = write();
  store.clientTokens.set(token, { payload, answer });
  return applied(answer);
}

const payloadOf = (action: string, parameters: Parameters): string =>
  JSON.stringify([action, ...Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))]);
