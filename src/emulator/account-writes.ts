import { DEFAULT_ACCOUNTS_PER_DIRECTORY } from '../wire/resource-directory.ts';
import { ApiError } from './api-error.ts';
import { accountType, requiredAccount, wireAccount } from './directory-reads.ts';
import { hasForm } from './id-forms.ts';
import { applied, type OperationCall, type OperationResult } from './operation.ts';
import { tagParameter } from './parameters.ts';
import { roomLeft } from './quota.ts';
import type { EmulatedAccount } from './state.ts';
import type { Store } from './store.ts';

const NAME_LENGTH = { least: 2, most: 50 } as const;
const NAME = /^[\p{L}\d_. -]+$/u;
const PREFIX_LENGTH = { least: 2, most: 37 } as const;
/** Letters and digits, with single `_`, `.` and `-` between them. */
const PREFIX = /^[A-Za-z\d]+([_.-][A-Za-z\d]+)*$/;
const PREFIX_LETTERS = 8;

export function createResourceAccount(call: OperationCall): OperationResult {
  const { parameters, store, now } = call;
  const name = checkedName(parameters['DisplayName'] ?? '', store);
  if (name === '') throw new ApiError('MissingParameter.Account.DisplayName');
  const folder = folderFor(call, 'ParentFolderId') ?? store.tree.directory.rootFolderId;
  const namePrefix = prefixFor(parameters['AccountNamePrefix'] ?? '', store);
  const { accounts } = store.state.quotas;
  if (roomLeft(accounts, DEFAULT_ACCOUNTS_PER_DIRECTORY, store.state.accounts, store.tree.accounts) <= 0) {
    throw new ApiError('LimitExceeded.Account');
  }
  if (parameters['DryRun'] === 'true') return applied({});
  const tags = Object.fromEntries(tagParameter(parameters).map(({ key, value }) => [key, value ?? '']));
  const id = store.freshIds.unused(store.freshIds.account, (taken) => store.tree.isGroupable(taken));
  const status = 'CreateSuccess';
  const account: EmulatedAccount = { id, name, folder, tags, status, namePrefix, created: now };
  store.putAccount(account);
  return applied({ Account: answered(account, call) });
}

/** One of the two new values, not both (documented). */
export function updateAccount(call: OperationCall): OperationResult {
  const { parameters, store } = call;
  const account = requiredAccount(call);
  const name = parameters['NewDisplayName'] ?? '';
  const type = parameters['NewAccountType'] ?? '';
  if ((name === '') === (type === '')) throw new ApiError('MissingDisplayNameOrAccountType');
  const changed =
    name === '' ? withType(account, type) : { ...account, name: checkedName(name, store, account.id) };
  store.changeAccount(changed);
  return applied({ Account: answered(changed, call) });
}

/** While a contact's unbinding from the folder goes on, its accounts stay (user guide; the code is inferred). */
export function moveAccount(call: OperationCall): OperationResult {
  const { store, now } = call;
  const account = requiredAccount(call);
  if (!call.parameters['DestinationFolderId']) throw new ApiError('MissingParameter.DestinationFolderId');
  const folder = folderFor(call, 'DestinationFolderId') ?? account.folder;
  if (now < (store.folderBusyUntil.get(account.folder) ?? 0))
    throw new ApiError('ConcurrentCallNotSupported');
  store.changeAccount({ ...account, folder });
  return applied({});
}

/** Only cloud accounts can be removed; resource accounts are deleted (documented). */
export function removeCloudAccount(call: OperationCall): OperationResult {
  const account = requiredAccount(call);
  if (accountType(account) !== 'CloudAccount') throw new ApiError('AccountTypeOrStatusMismatch');
  call.store.removeAccount(account.id, call.now);
  return applied({});
}

function withType(account: EmulatedAccount, type: string): EmulatedAccount {
  if (type !== 'ResourceAccount' && type !== 'CloudAccount')
    throw new ApiError('InvalidParameter.AccountType');
  if (accountType(account) === type) throw new ApiError('AccountTypeOrStatusMismatch');
  return { ...account, type };
}

/** @param self  the account that is renamed, whose own name is not taken */
function checkedName(name: string, store: Store, self?: string): string {
  if (name === '') return name;
  const { length } = [...name];
  if (length < NAME_LENGTH.least || length > NAME_LENGTH.most) {
    throw new ApiError('InvalidParameter.Account.DisplayName.Length');
  }
  if (!NAME.test(name)) throw new ApiError('InvalidParameter.Account.DisplayName');
  if (store.tree.accounts.some((other) => other.name === name && other.id !== self)) {
    throw new ApiError('InvalidParameter.Account.DisplayName.AlreadyUsed');
  }
  return name;
}

function prefixFor(prefix: string, store: Store): string {
  if (prefix === '') return store.freshIds.letters(PREFIX_LETTERS);
  if (prefix.length < PREFIX_LENGTH.least || prefix.length > PREFIX_LENGTH.most) {
    throw new ApiError('InvalidParameter.Account.AccountNamePrefix.Length');
  }
  if (!PREFIX.test(prefix)) throw new ApiError('InvalidParameter.Account.AccountNamePrefix');
  return prefix;
}

function folderFor(call: OperationCall, name: 'ParentFolderId' | 'DestinationFolderId'): string | undefined {
  const id = call.parameters[name] ?? '';
  if (id === '') return undefined;
  if (!hasForm('folder', id) && !hasForm('root', id)) throw new ApiError(`InvalidParameter.${name}`);
  if (!call.store.tree.isFolder(id)) throw new ApiError('EntityNotExists.Folder');
  return id;
}

function answered(account: EmulatedAccount, call: OperationCall): object {
  const { ResourceDirectoryPath: _, ...rest } = wireAccount(account, call);
  return rest;
}
