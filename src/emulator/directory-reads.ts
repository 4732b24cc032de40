import type { WireAccount } from '../wire/resource-directory.ts';
import { ApiError } from './api-error.ts';
import { hasForm } from './id-forms.ts';
import { found, type OperationCall, type OperationResult, type Parameters } from './operation.ts';
import { numberedPage, tokenPage } from './paging.ts';
import { tagFilters } from './parameters.ts';
import type { EmulatedAccount, EmulatedFolder } from './state.ts';

const CREATED = '2023-01-01T00:00:00Z';

export function getResourceDirectory({ store }: OperationCall): OperationResult {
  const { id, rootFolderId, managementAccount } = store.tree.directory;
  return found({
    ResourceDirectory: {
      ResourceDirectoryId: id,
      RootFolderId: rootFolderId,
      MasterAccountId: managementAccount.id,
      MasterAccountName: managementAccount.name,
      CreateTime: CREATED,
      ControlPolicyStatus: 'Disabled',
      MemberDeletionStatus: 'Disabled',
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
  const root = { id, name: 'Root', parent: '' };
  const folder = store.tree.isRoot(id) ? root : store.tree.folder(id);
  if (folder === undefined) throw new ApiError('EntityNotExists.Folder');
  const ResourceDirectoryPath = store.tree.path(id);
  return found({ Folder: { ...wireFolder(folder), ParentFolderId: folder.parent, ResourceDirectoryPath } });
}

/** Tags are a flat list here, unlike in the listings. */
export function getAccount(call: OperationCall): OperationResult {
  const id = call.parameters['AccountId'] ?? '';
  if (id === '') throw new ApiError('MissingParameter.AccountId');
  if (!hasForm('account', id)) throw new ApiError('InvalidParameter.AccountId');
  const account = call.store.tree.account(id);
  if (account === undefined) throw new ApiError('EntityNotExists.Account');
  const { Tags, ...rest } = wireAccount(account, call);
  return found({ Account: Tags === undefined ? rest : { ...rest, Tags: Tags.Tag } });
}

function parentFolder({ parameters, store }: OperationCall): string {
  const id = parameters['ParentFolderId'] ?? '';
  if (id === '') return store.tree.directory.rootFolderId;
  if (!hasForm('folder', id) && !hasForm('root', id)) throw new ApiError('InvalidParameter.ParentFolderId');
  if (!store.tree.isRoot(id) && store.tree.folder(id) === undefined) {
    throw new ApiError('EntityNotExists.Folder');
  }
  return id;
}

function matchingAccounts(
  all: readonly EmulatedAccount[],
  parameters: Parameters,
): readonly EmulatedAccount[] {
  const keyword = parameters['QueryKeyword'] ?? '';
  const tags = tagFilters(parameters);
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

function wireAccount(account: EmulatedAccount, { parameters, store }: OperationCall): WireAccount {
  const tags = Object.entries(account.tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    AccountId: account.id,
    AccountName: `${account.name}@${store.tree.directory.id}.aliyunid.com`,
    DisplayName: account.name,
    FolderId: account.folder,
    ResourceDirectoryId: store.tree.directory.id,
    ResourceDirectoryPath: `${store.tree.path(account.folder)}/${account.id}`,
    JoinMethod: account.status === 'InviteSuccess' ? 'invited' : 'created',
    JoinTime: CREATED,
    ModifyTime: CREATED,
    Status: account.status,
    Type: 'ResourceAccount',
    ...(parameters['IncludeTags'] === 'true' ? { Tags: { Tag: tags } } : {}),
  };
}

const wireFolder = (folder: EmulatedFolder) => ({
  FolderId: folder.id,
  FolderName: folder.name,
  CreateTime: CREATED,
});
