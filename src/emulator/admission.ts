import { ApiError } from './api-error.ts';
import type { EmulatedRequest } from './emulated-request.ts';
import type { KeyRing } from './key-ring.ts';
import { findAction, type KnownAction, knownActionNames } from './operations.ts';

/** The action that the call may run, or why the gateway turns it away. */
export function admit(request: EmulatedRequest, keys: KeyRing): KnownAction | ApiError {
  const action = findAction(request.action);
  if (action === undefined) return unknownAction(request.action);
  const { version, alsoVersions, product, deniedCode } = action.service;
  if (request.version !== version && !alsoVersions.includes(request.version)) {
    return new ApiError('InvalidVersion', `Expected ${version} (${product}), found "${request.version}".`);
  }
  const caller = keys.find(request.accessKeyId ?? '')?.credential;
  return caller?.deny.includes(request.action) ? new ApiError(deniedCode) : action;
}

const unknownAction = (name: string): ApiError =>
  new ApiError(
    'InvalidAction.NotFound',
    `The emulator has no action "${name}". It has: ${knownActionNames().join(', ')}.`,
  );
