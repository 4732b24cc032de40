import { compareText } from '../../model/compare.ts';
import { groupBy } from '../../model/group-by.ts';
import type { ReportMap } from '../report-schema.ts';

export interface FolderNode {
  readonly id: string;
  /** Its id where names were not read. */
  readonly name: string;
  /** Folder names from Root down, its own included; empty for Root. */
  readonly path: string;
  readonly accounts: readonly ReportMap['accounts'][number][];
  readonly folders: readonly FolderNode[];
  /** Accounts in it and below it. */
  readonly total: number;
  readonly unreached: number;
}

/** The tree under Root. Folders that hold no account anywhere are left out; a circle of folders hangs nowhere. */
export function folderTree({ folders, accounts }: ReportMap): FolderNode {
  const known = new Set(folders.map(({ id }) => id));
  const parentOf = (id: string | null): string => (id !== null && known.has(id) ? id : '');
  const children = groupBy(folders, ({ parentId }) => parentOf(parentId));
  const members = groupBy(accounts, ({ folderId }) => parentOf(folderId));
  const build = (id: string, name: string, path: string): FolderNode => {
    const below = (children.get(id) ?? [])
      .map((folder) => build(folder.id, folder.name ?? folder.id, `${path}/${folder.name ?? folder.id}`))
      .filter(({ total }) => total > 0)
      .sort((a, b) => compareText(a.name, b.name));
    const own = (members.get(id) ?? []).toSorted((a, b) => compareText(a.name, b.name));
    const sum = (of: (node: FolderNode) => number): number => below.reduce((all, node) => all + of(node), 0);
    return {
      id,
      name,
      path,
      accounts: own,
      folders: below,
      total: own.length + sum(({ total }) => total),
      unreached:
        own.filter(({ contacts }) => contacts.length === 0).length + sum(({ unreached }) => unreached),
    };
  };
  return build('', 'Root', '');
}
