import { DEFAULT_FOLDERS_PER_DIRECTORY } from '../wire/resource-directory.ts';
import { ApiError } from './api-error.ts';
import { wireFolder } from './directory-reads.ts';
import { hasForm } from './id-forms.ts';
import { applied, type OperationCall, type OperationResult } from './operation.ts';
import { tagParameter } from './parameters.ts';
import { roomLeft } from './quota.ts';
import type { EmulatedFolder } from './state.ts';
import type { Store } from './store.ts';

const MAX_NAME_LENGTH = 24;
/** The English page names letters, digits and `_.-`, the Chinese one Chinese characters too. */
const NAME = /^[\p{L}\d_.-]+$/u;

export function createFolder(call: OperationCall): OperationResult {
  const { parameters, store, now } = call;
  const parent = newParent(call);
  const name = checkedName(parameters['FolderName'] ?? '', parent, store);
  const { quotas } = store.state;
  if (store.tree.ancestry(parent).length >= quotas.folderDepth) {
    throw new ApiError('LimitExceeded.Folder.Depth');
  }
  if (roomLeft(quotas.folders, DEFAULT_FOLDERS_PER_DIRECTORY, store.state.folders, store.tree.folders) <= 0) {
    throw new ApiError('QuotaExceeded.Folder.Count');
  }
  const id = store.freshIds.unused(store.freshIds.folder, (taken) => store.tree.folder(taken) !== undefined);
  const tags = Object.fromEntries(tagParameter(parameters).map(({ key, value }) => [key, value ?? '']));
  const folder: EmulatedFolder = { id, name, parent, tags, created: now };
  store.putFolder(folder);
  return applied({ Folder: answered(folder) });
}

export function updateFolder({ parameters, store }: OperationCall): OperationResult {
  const folder = requiredFolder(parameters['FolderId'] ?? '', store);
  const name = checkedName(parameters['NewFolderName'] ?? '', folder.parent, store, folder.id);
  store.putFolder({ ...folder, name });
  return applied({ Folder: answered({ ...folder, name }) });
}

/** What was bound to the folder stays bound to an id that is gone (inferred). */
export function deleteFolder({ parameters, store }: OperationCall): OperationResult {
  const { id } = requiredFolder(parameters['FolderId'] ?? '', store);
  if (store.tree.folders.some(({ parent }) => parent === id)) {
    throw new ApiError('DeleteConflict.Folder.SubFolder');
  }
  if (store.tree.accounts.some(({ folder }) => folder === id)) {
    throw new ApiError('DeleteConflict.Folder.Account');
  }
  store.removeFolder(id);
  return applied({});
}

/** Never the root folder, which can be neither renamed nor deleted (code inferred). */
function requiredFolder(id: string, store: Store): EmulatedFolder {
  if (id === '') throw new ApiError('MissingParameter.FolderId');
  if (!hasForm('folder', id)) throw new ApiError('InvalidParameter.FolderId');
  const folder = store.tree.folder(id);
  if (folder === undefined) throw new ApiError('EntityNotExists.Folder');
  return folder;
}

function newParent({ parameters, store }: OperationCall): string {
  const id = parameters['ParentFolderId'] ?? '';
  if (id === '') return store.tree.directory.rootFolderId;
  if (!hasForm('folder', id) && !hasForm('root', id)) throw new ApiError('InvalidParameter.ParentFolderId');
  if (!store.tree.isFolder(id)) throw new ApiError('EntityNotExists.Folder');
  return id;
}

/** @param self  the folder that is renamed, whose own name is not taken */
function checkedName(name: string, parent: string, store: Store, self?: string): string {
  if (name === '') throw new ApiError('MissingParameter.Folder.Name');
  if ([...name].length > MAX_NAME_LENGTH) throw new ApiError('InvalidParameter.Folder.Name.Length');
  if (!NAME.test(name)) throw new ApiError('InvalidParameter.Folder.Name');
  const isTaken = store.tree.folders.some(
    (other) => other.parent === parent && other.name === name && other.id !== self,
  );
  if (isTaken) throw new ApiError('InvalidParameter.Folder.Name.AlreadyUsed');
  return name;
}

const answered = (folder: EmulatedFolder): object => ({
  ...wireFolder(folder),
  ParentFolderId: folder.parent,
});
