import type { ActualBinding, ActualState, AggregatorMember, Folder } from '../model/actual-state.ts';
import { compareText } from '../model/compare.ts';
import type { FolderId, RootFolderId } from '../model/ids.ts';
import type { Target } from '../model/target.ts';
import { DirectoryView } from './directory-view.ts';
import { label, pathLabel } from './label.ts';

/** One member as a manifest writes it. */
export interface LiveMember {
  /** An account id, a folder id, `directory` or `management-account`. */
  readonly written: string;
  /** Every id by which somebody may ask for it. */
  readonly ids: readonly string[];
  /** For people; it may be empty. */
  readonly label: string;
  /** The display name that the account group has for it: it may hold anything, or be empty. */
  readonly accountName: string;
}

export interface SortedMembers {
  readonly members: readonly LiveMember[];
  /** Ids that are held and are no longer in the directory. */
  readonly gone: readonly string[];
}

const ORDER = { directory: 0, folder: 1, account: 2 } as const;

/** Tells what can be written from what has left the directory. */
export class LiveMembers {
  readonly #actual: ActualState;
  readonly #view: DirectoryView;

  constructor(actual: ActualState) {
    this.#actual = actual;
    this.#view = new DirectoryView(actual, new Set());
  }

  ofContact(bindings: readonly ActualBinding[]): SortedMembers & { readonly holdsManagement: boolean } {
    const sorted = this.#sort(
      bindings.map(({ target, wireId }) => ({ target, ids: [target.id, wireId], accountName: '' })),
    );
    const { managementAccountId } = this.#actual.directory;
    return { ...sorted, holdsManagement: bindings.some(({ target }) => target.id === managementAccountId) };
  }

  ofAggregator(accounts: readonly AggregatorMember[]): SortedMembers {
    return this.#sort(
      accounts.map(({ id, name }) => ({ target: { type: 'account', id }, ids: [id], accountName: name })),
    );
  }

  #sort(held: readonly Held[]): SortedMembers {
    const inOrder = [...held].sort((a, b) => compareText(sortKey(a.target), sortKey(b.target)));
    return {
      members: inOrder.filter(({ target }) => !this.#view.isGone(target)).map((one) => this.#member(one)),
      gone: inOrder.filter(({ target }) => this.#view.isGone(target)).map(({ target }) => target.id),
    };
  }

  #member({ target, ids, accountName }: Held): LiveMember {
    const { accounts, directory } = this.#actual;
    if (target.type === 'directory') {
      return { written: 'directory', ids: ['directory', ...ids], label: target.id, accountName };
    }
    if (target.type === 'folder') {
      return { written: target.id, ids, label: pathLabel(this.#path(target.id)), accountName };
    }
    if (target.id === directory.managementAccountId) {
      const name = `${target.id} ${label(directory.managementAccountName)}`.trim();
      return { written: 'management-account', ids: ['management-account', ...ids], label: name, accountName };
    }
    const name = accounts?.get(target.id)?.displayName || accountName;
    return { written: target.id, ids, label: label(name), accountName };
  }

  /** Names from Root down. A folder that only shows in the paths of accounts has no name to give. */
  #path(id: FolderId | RootFolderId): readonly string[] {
    const above: Folder[] = [];
    for (let at = this.#folder(id); at !== undefined && !above.includes(at); at = this.#folder(at.parentId))
      above.unshift(at);
    return above.map(({ name }) => name);
  }

  #folder(id: FolderId | RootFolderId): Folder | undefined {
    return this.#actual.folders?.get(id as FolderId);
  }
}

interface Held {
  readonly target: Target;
  readonly ids: readonly string[];
  readonly accountName: string;
}

const sortKey = ({ type, id }: Target): string => `${ORDER[type]}${id}`;
