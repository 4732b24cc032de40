import type { WireAccount } from '../wire/resource-directory.ts';
import { ApiError } from './api-error.ts';
import { hasForm } from './id-forms.ts';
import { found, type OperationCall, type OperationResult, type Parameters } from './operation.ts';
import { numberedPage, tokenPage } from './paging.ts';
import { tagParameter } from './parameters.ts';
import type { EmulatedAccount, EmulatedFolder } from './state.ts';
import type { Store } from './store.ts';

/** Of what a state does not date. */
const CREATED = Date.UTC(2023, 0, 1);

export function getResourceDirectory({ store }: OperationCall): OperationResult {
  const { id, rootFolderId, managementAccount } = store.tree.directory;
  return found({
    ResourceDirectory: {
      ResourceDirectoryId: id,
      RootFolderId: rootFolderId,
      MasterAccountId: managementAccount.id,
      MasterAccountName: managementAccount.name,
      CreateTime: isoSeconds(CREATED),
      ControlPolicyStatus: 'Disabled',
      MemberDeletionStatus: store.state.behaviour.memberDeletion,
      IdentityInformation: managementAccount.name,
    },
  });
}

/** MaxResults, when given, takes precedence over page numbers. The management account is not listed (inferred). */
export function listAccounts(call: OperationCall): OperationResult {
  const { parameters, store } = call;
  const cap = store.state.behaviour.maxPageSize;
  const accounts = matchingAccounts(store.tree.accounts, parameters);
  const wire = (account: EmulatedAccount): object => wireAccount(account, call);
  if (!parameters['MaxResults']) {
    const page = numberedPage(accounts, parameters, cap, 'refuse');
    return found({ ...page.totals, NextToken: '', Accounts: { Account: page.items.map(wire) } });
  }
  const page = tokenPage(accounts, parameters, cap, 'accounts');
  const totals = { TotalCount: accounts.length, PageNumber: 1, PageSize: Number(parameters['MaxResults']) };
  return found({ ...totals, NextToken: page.nextToken, Accounts: { Account: page.items.map(wire) } });
}

/** Direct children only (inferred). */
export function listAccountsForParent(call: OperationCall): OperationResult {
  const { parameters, store } = call;
  const parent = parentFolder(call);
  const inFolder = store.tree.accounts.filter((account) => account.folder === parent);
  const accounts = matchingAccounts(inFolder, parameters);
  const page = numberedPage(accounts, parameters, store.state.behaviour.maxPageSize, 'refuse');
  const items = page.items.map((account) => {
    const { ResourceDirectoryPath: _, ...rest } = wireAccount(account, call);
    return rest;
  });
  return found({ ...page.totals, Accounts: { Account: items } });
}

export function listFoldersForParent(call: OperationCall): OperationResult {
  const { parameters, store } = call;
  const parent = parentFolder(call);
  const keyword = parameters['QueryKeyword'] ?? '';
  const folders = store.tree.folders.filter(
    (folder) => folder.parent === parent && `${folder.id} ${folder.name}`.includes(keyword),
  );
  const page = numberedPage(folders, parameters, store.state.behaviour.maxPageSize, 'refuse');
  return found({ ...page.totals, Folders: { Folder: page.items.map(wireFolder) } });
}

export function getFolder({ parameters, store }: OperationCall): OperationResult {
  const id = parameters['FolderId'] ?? '';
  if (id === '') throw new ApiError('MissingParameter.FolderId');
  if (!hasForm('folder', id) && !hasForm('root', id)) throw new ApiError('InvalidParameter.FolderId');
  const folder = store.tree.isRoot(id) ? rootFolder(store) : store.tree.folder(id);
  if (folder === undefined) throw new ApiError('EntityNotExists.Folder');
  const ResourceDirectoryPath = store.tree.path(id);
  return found({ Folder: { ...wireFolder(folder), ParentFolderId: folder.parent, ResourceDirectoryPath } });
}

/** Tags are a flat list here, unlike in the listings. */
export function getAccount(call: OperationCall): OperationResult {
  const { Tags, ...rest } = wireAccount(requiredAccount(call), call);
  return found({ Account: Tags === undefined ? rest : { ...rest, Tags: Tags.Tag } });
}

/** Whoever pays is not emulated: the management account does. */
export function getPayerForAccount(call: OperationCall): OperationResult {
  requiredAccount(call);
  const { id, name } = call.store.tree.directory.managementAccount;
  return found({ PayerAccountId: id, PayerAccountName: name });
}

/** The folders above an account or a folder, from the root folder down (order inferred). */
export function listAncestors({ parameters, store }: OperationCall): OperationResult {
  const id = parameters['ChildId'] ?? '';
  if (id === '') throw new ApiError('MissingParameter.ChildId');
  if (!hasForm('account', id) && !hasForm('folder', id)) throw new ApiError('InvalidParameter.ChildId');
  const { tree } = store;
  const parent = tree.account(id)?.folder ?? tree.folder(id)?.parent;
  if (parent === undefined) {
    throw new ApiError(hasForm('account', id) ? 'EntityNotExists.Account' : 'EntityNotExists.Folder');
  }
  const above = [rootFolder(store), ...tree.ancestry(parent)];
  return found({ Folders: { Folder: above.map(wireFolder) } });
}

/** @throws ApiError  when the AccountId is missing, malformed or unknown; the management account is no member */
export function requiredAccount({ parameters, store }: OperationCall): EmulatedAccount {
  const id = parameters['AccountId'] ?? '';
  if (id === '') throw new ApiError('MissingParameter.AccountId');
  if (!hasForm('account', id)) throw new ApiError('InvalidParameter.AccountId');
  const account = store.tree.account(id);
  if (account === undefined) throw new ApiError('EntityNotExists.Account');
  return account;
}

function parentFolder({ parameters, store }: OperationCall): string {
  const id = parameters['ParentFolderId'] ?? '';
  if (id === '') return store.tree.directory.rootFolderId;
  if (!hasForm('folder', id) && !hasForm('root', id)) throw new ApiError('InvalidParameter.ParentFolderId');
  if (!store.tree.isFolder(id)) throw new ApiError('EntityNotExists.Folder');
  return id;
}

function matchingAccounts(
  all: readonly EmulatedAccount[],
  parameters: Parameters,
): readonly EmulatedAccount[] {
  const keyword = parameters['QueryKeyword'] ?? '';
  const tags = tagParameter(parameters);
  if (keyword === '' && tags.length === 0) return all;
  return all.filter(
    (account) =>
      `${account.id} ${account.name}`.includes(keyword) &&
      tags.every(
        ({ key, value }) =>
          account.tags[key] !== undefined && (value ?? account.tags[key]) === account.tags[key],
      ),
  );
}

/** Accounts that were invited are cloud accounts (documented). */
export const accountType = ({ type, status }: EmulatedAccount): string =>
  type ?? (status === 'InviteSuccess' ? 'CloudAccount' : 'ResourceAccount');

export function wireAccount(account: EmulatedAccount, { parameters, store }: OperationCall): WireAccount {
  const created = isoSeconds(account.created);
  return {
    AccountId: account.id,
    AccountName: `${account.namePrefix ?? account.name}@${store.tree.directory.id}.aliyunid.com`,
    DisplayName: account.name,
    FolderId: account.folder,
    ResourceDirectoryId: store.tree.directory.id,
    ResourceDirectoryPath: `${store.tree.path(account.folder)}/${account.id}`,
    JoinMethod: account.status === 'InviteSuccess' ? 'invited' : 'created',
    JoinTime: created,
    ModifyTime: created,
    Status: account.status,
    Type: accountType(account),
    ...(parameters['IncludeTags'] === 'true' ? { Tags: { Tag: tagsOf(account) } } : {}),
  };
}

const tagsOf = ({ tags }: EmulatedAccount) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const wireFolder = (folder: EmulatedFolder) => ({
  FolderId: folder.id,
  FolderName: folder.name,
  CreateTime: isoSeconds(folder.created),
  ...(folder.tags === undefined || Object.keys(folder.tags).length === 0
    ? {}
    : { Tags: { Tag: Object.entries(folder.tags).map(([Key, Value]) => ({ Key, Value })) } }),
});

const rootFolder = ({ tree }: Store): EmulatedFolder => ({
  id: tree.directory.rootFolderId,
  name: 'Root',
  parent: '',
});

const isoSeconds = (at = CREATED): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
