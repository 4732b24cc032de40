import type { Account } from './actual-state.ts';
import type { AccountId } from './ids.ts';
import type { Target, TargetId } from './target.ts';

/**
 * Which accounts a target covers. A folder covers the accounts in it and in the folders below it: documented
 * for "all members in the folder", inferred for nested folders. The management account is covered by nothing.
 */
export class Territory {
  readonly accounts: readonly AccountId[];
  readonly #byFolder = new Map<TargetId, AccountId[]>();
  readonly #known: ReadonlySet<AccountId>;

  constructor(accounts: Iterable<Account>) {
    const ids: AccountId[] = [];
    for (const { id, folderPath } of accounts) {
      ids.push(id);
      for (const folderId of folderPath) this.#place(folderId, id);
    }
    this.accounts = ids;
    this.#known = new Set(ids);
  }

  /** Accounts that have left the directory are covered by nothing. */
  under(target: Target): readonly AccountId[] {
    switch (target.type) {
      case 'account':
        return this.#known.has(target.id) ? [target.id] : [];
      case 'folder':
        return this.#byFolder.get(target.id) ?? [];
      case 'directory':
        return this.accounts;
    }
  }

  /** An account that is not in the directory, as far as its accounts were read; nothing is missing where none were. */
  lacks(target: Target): boolean {
    return target.type === 'account' && this.accounts.length > 0 && !this.#known.has(target.id);
  }

  has(accountId: AccountId): boolean {
    return this.#known.has(accountId);
  }

  #place(folderId: TargetId, accountId: AccountId): void {
    const inside = this.#byFolder.get(folderId);
    if (inside === undefined) this.#byFolder.set(folderId, [accountId]);
    else inside.push(accountId);
  }
}
