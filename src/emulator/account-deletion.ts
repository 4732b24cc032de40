import { ApiError } from './api-error.ts';
import { accountType, requiredAccount } from './directory-reads.ts';
import { applied, found, type OperationCall, type OperationResult } from './operation.ts';
import type { EmulatedAccount } from './state.ts';

/** Every account passes the check; the real one looks at what the account still uses. */
export function checkAccountDelete(call: OperationCall): OperationResult {
  deletable(call);
  return applied({});
}

export function getAccountDeletionCheckResult(call: OperationCall): OperationResult {
  deletable(call);
  return found({
    AccountDeletionCheckResultInfo: {
      AllowDelete: 'true',
      AbandonableChecks: [],
      NotAllowReason: [],
    },
  });
}

/** At once. The service may keep an account for a silence period of 45 days (DeletionType 1). */
export function deleteAccount(call: OperationCall): OperationResult {
  call.store.removeAccount(deletable(call).id, call.now);
  return applied({ DeletionType: '0' });
}

function deletable(call: OperationCall): EmulatedAccount {
  const account = requiredAccount(call);
  if (accountType(account) !== 'ResourceAccount') throw new ApiError('AccountTypeOrStatusMismatch');
  if (call.store.state.behaviour.memberDeletion === 'Disabled') {
    throw new ApiError('NoLicense.ResourceDirectory');
  }
  return account;
}
