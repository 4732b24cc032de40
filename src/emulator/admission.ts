import { ApiError } from './api-error.ts';
import type { EmulatedRequest } from './emulated-request.ts';
import { findAction, type KnownAction, knownActionNames } from './operations.ts';
import type { EmulatedCredential } from './state.ts';

/** The action that the call may run, or why the gateway turns it away. */
export function admit(
  request: EmulatedRequest,
  credentials: readonly EmulatedCredential[],
): KnownAction | ApiError {
  const action = findAction(request.action);
  if (action === undefined) return unknownAction(request.action);
  const { version, product, deniedCode } = action.service;
  if (request.version !== version) {
    return new ApiError('InvalidVersion', `Expected ${version} (${product}), found "${request.version}".`);
  }
  const caller = credentials.find(({ accessKeyId }) => accessKeyId === request.accessKeyId);
  return caller?.deny.includes(request.action) ? new ApiError(deniedCode) : action;
}

const unknownAction = (name: string): ApiError =>
  new ApiError(
    'InvalidAction.NotFound',
    `The emulator has no action "${name}". It has: ${knownActionNames().join(', ')}.`,
  );
