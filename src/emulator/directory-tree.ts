import type { EmulatedAccount, EmulatedDirectory, EmulatedFolder } from './state.ts';

/** Folders and member accounts, indexed. It does not change; the store makes a new one when an account comes or goes. */
export class DirectoryTree {
  readonly directory: EmulatedDirectory;
  readonly folders: readonly EmulatedFolder[];
  readonly accounts: readonly EmulatedAccount[];
  readonly #foldersById: ReadonlyMap<string, EmulatedFolder>;
  #everyone: readonly (EmulatedAccount | EmulatedDirectory['managementAccount'])[] | undefined;
  readonly #paths = new Map<string, string>();
  readonly #accountsIn = new Map<string, readonly EmulatedAccount[]>();
  readonly #accountsById: ReadonlyMap<string, EmulatedAccount>;

  constructor(
    directory: EmulatedDirectory,
    folders: readonly EmulatedFolder[],
    accounts: readonly EmulatedAccount[],
  ) {
    this.directory = directory;
    this.folders = folders;
    this.accounts = accounts;
    this.#foldersById = new Map(folders.map((folder) => [folder.id, folder]));
    this.#accountsById = new Map(accounts.map((account) => [account.id, account]));
  }

  folder(id: string): EmulatedFolder | undefined {
    return this.#foldersById.get(id);
  }

  account(id: string): EmulatedAccount | undefined {
    return this.#accountsById.get(id);
  }

  isRoot(id: string): boolean {
    return id === this.directory.rootFolderId;
  }

  /** Whether accounts and folders can stand in it: the root folder is one too. */
  isFolder(id: string): boolean {
    return this.#foldersById.has(id) || this.isRoot(id);
  }

  isWhole(id: string): boolean {
    return id === this.directory.id || this.isRoot(id);
  }

  /** Whether a contact can be bound to it: the directory, a folder, or a member, but not the management account. */
  isTarget(id: string): boolean {
    return this.#accountsById.has(id) || this.#foldersById.has(id) || this.isWhole(id);
  }

  /** Whether an account group can hold it: a member or the management account. */
  isGroupable(id: string): boolean {
    return this.#accountsById.has(id) || id === this.directory.managementAccount.id;
  }

  nameOf(accountId: string): string {
    const { managementAccount } = this.directory;
    return (
      this.account(accountId)?.name ?? (accountId === managementAccount.id ? managementAccount.name : '')
    );
  }

  /** `rd-.../r-.../fd-...` down to that folder. */
  path(folderId: string): string {
    const known = this.#paths.get(folderId);
    if (known !== undefined) return known;
    const folder = this.folder(folderId);
    if (folder === undefined) return `${this.directory.id}/${this.directory.rootFolderId}`;
    const path = `${this.path(folder.parent)}/${folder.id}`;
    this.#paths.set(folderId, path);
    return path;
  }

  /** From the root folder's child down to the folder itself; none for the root. */
  ancestry(folderId: string): readonly EmulatedFolder[] {
    const folder = this.folder(folderId);
    return folder === undefined ? [] : [...this.ancestry(folder.parent), folder];
  }

  /** The management account and the members; put together when somebody asks, and once. */
  get everyone(): readonly (EmulatedAccount | EmulatedDirectory['managementAccount'])[] {
    this.#everyone ??= [this.directory.managementAccount, ...this.accounts];
    return this.#everyone;
  }

  /** The accounts in those folders; looked for once, since account groups that follow folders ask at every read. */
  accountsIn(folders: readonly string[], nested: boolean): readonly EmulatedAccount[] {
    const key = `${nested} ${folders.join()}`;
    const known = this.#accountsIn.get(key) ?? this.#findAccountsIn(folders, nested);
    this.#accountsIn.set(key, known);
    return known;
  }

  #findAccountsIn(folders: readonly string[], nested: boolean): readonly EmulatedAccount[] {
    const inside = new Map(folders.map((id) => [id, true]));
    const isInside = (id: string): boolean => {
      const known = inside.get(id);
      if (known !== undefined || !nested) return known ?? false;
      const parent = this.folder(id)?.parent;
      const answer = parent !== undefined && isInside(parent);
      inside.set(id, answer);
      return answer;
    };
    return this.accounts.filter(({ folder }) => isInside(folder));
  }
}
