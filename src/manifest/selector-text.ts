import type { FolderId, RootFolderId } from '../model/ids.ts';
import type { FolderPath, Selector } from '../model/manifest.ts';

/** The one spelling of a selector: what a file would say for it. Equal selectors have equal spellings. */
export function selectorText(selector: Selector): string {
  switch (selector.type) {
    case 'account':
    case 'folder':
      return selector.id;
    case 'account-name':
      return `account:${selector.name}`;
    case 'folder-path':
      return `folder:${pathText(selector.path)}`;
    case 'directory':
      return selector.id ?? 'directory';
    case 'accounts-in':
      return accountsInText(selector.folder, selector.depth);
    case 'tag':
      return `tag:${selector.key}=${selector.value}`;
    default:
      return selector.type;
  }
}

/** `/` for Root. */
export const pathText = ({ names }: FolderPath): string => `/${names.join('/')}`;

function accountsInText(folder: FolderId | RootFolderId | FolderPath, depth: 'direct' | 'subtree'): string {
  const name = typeof folder === 'string' ? folder : pathText(folder);
  if (depth === 'direct') return `accounts-in:${name}`;
  return name === '/' ? 'accounts-in:/**' : `accounts-in:${name}/**`;
}
