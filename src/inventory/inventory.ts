import type {
  Account,
  ActualState,
  Aggregator,
  AggregatorSummary,
  Contact,
  Directory,
  Folder,
} from '../model/actual-state.ts';
import type { AggregatorId, ContactId, FolderId, RootFolderId } from '../model/ids.ts';
import type { Needs } from '../model/needs.ts';
import type { CloudReader, PacedCall, PageRequest, StateReader } from '../model/ports.ts';
import type { Action } from '../wire/error-codes.ts';
import { incomplete, READINGS, readNumberedPages, readTokenPages } from './read-pages.ts';

/** One method a listing, every call at its turn. Each throws rather than return less than there is. */
export class Inventory {
  readonly #reader: CloudReader;
  readonly #call: PacedCall;

  constructor(reader: CloudReader, call: PacedCall) {
    this.#reader = reader;
    this.#call = call;
  }

  /** What a manifest needs, listings side by side. */
  async read(directory: Directory, needs: Needs): Promise<ActualState> {
    const [accounts, folders, contacts, { list, details }] = await Promise.all([
      this.accounts(needs.tags),
      needs.folderNames ? this.folders(directory.rootFolderId) : undefined,
      needs.contacts ? this.contacts(directory) : undefined,
      this.aggregators(needs.aggregators),
    ]);
    const tree = folders ?? (await this.#treeIfFolderIsGone(directory, accounts, contacts ?? []));
    return {
      directory,
      accounts: byId(accounts),
      folders: tree && byId(tree),
      contacts: contacts && byId(contacts),
      aggregators: byId(details),
      aggregatorList: list,
    };
  }

  /**
   * That a bound folder is gone can be told from the whole tree only, so it is read where one that shows in no
   * account's path cannot be found.
   */
  async #treeIfFolderIsGone(
    directory: Directory,
    accounts: readonly Account[],
    contacts: readonly Contact[],
  ): Promise<Folder[] | undefined> {
    const seen = new Set(accounts.flatMap(({ folderPath }) => folderPath));
    const unseen = [...boundFolderIds(contacts)].filter((id) => !seen.has(id));
    const found = await Promise.all(unseen.map((id) => this.folder(id)));
    return found.includes(undefined) ? this.folders(directory.rootFolderId) : undefined;
  }

  /** The readings that applying a plan needs, of one directory. */
  stateOf(directory: Directory): StateReader {
    return {
      contacts: async () => byId(await this.contacts(directory)),
      contact: (id) => this.contact(id, directory),
      aggregator: (id) => this.aggregator(id),
    };
  }

  directory(): Promise<Directory> {
    return this.#read('GetResourceDirectory', undefined, () => this.#reader.getDirectory());
  }

  accounts(includeTags: boolean): Promise<Account[]> {
    const page = (request: PageRequest) =>
      this.#read('ListAccounts', undefined, () => this.#reader.listAccounts(request, { includeTags }));
    return readNumberedPages('the list of accounts', idOf, page);
  }

  contacts(directory: Directory): Promise<Contact[]> {
    const page = (request: PageRequest) =>
      this.#read('ListMessageContacts', undefined, () => this.#reader.listContacts(request, directory));
    return readNumberedPages('the list of contacts', idOf, page);
  }

  contact(id: ContactId, directory: Directory): Promise<Contact | undefined> {
    return this.#read('GetMessageContact', id, () => this.#reader.getContact(id, directory));
  }

  /** The whole tree: one listing for every folder, a level at a time. */
  async folders(parent: RootFolderId | FolderId): Promise<Folder[]> {
    const page = (request: PageRequest) =>
      this.#read('ListFoldersForParent', parent, () => this.#reader.listFolders(parent, request));
    const children = await readNumberedPages(`the list of folders in ${parent}`, idOf, page);
    const below = await Promise.all(children.map((folder) => this.folders(folder.id)));
    return [...children, ...below.flat()];
  }

  folder(id: FolderId): Promise<Folder | undefined> {
    return this.#read('GetFolder', id, () => this.#reader.getFolder(id));
  }

  async aggregators({ ids, names, all }: Needs['aggregators']): Promise<{
    list: AggregatorSummary[] | undefined;
    details: Aggregator[];
  }> {
    const list = names.length > 0 || all ? await this.#aggregatorList() : undefined;
    const named = list?.filter(({ name }) => names.includes(name)) ?? [];
    const wanted = new Set<AggregatorId>([...ids, ...named.map(({ id }) => id)]);
    const details = await Promise.all([...wanted].map((id) => this.aggregator(id)));
    return { list, details: details.filter((detail) => detail !== undefined) };
  }

  async aggregator(id: AggregatorId): Promise<Aggregator | undefined> {
    let found = '';
    for (let reading = 1; reading <= READINGS; reading += 1) {
      const aggregator = await this.#read('GetAggregator', id, () => this.#reader.getAggregator(id));
      if (aggregator === undefined || aggregator.accounts.size === aggregator.accountCount) return aggregator;
      found = `${aggregator.accounts.size} of ${aggregator.accountCount} accounts`;
    }
    throw incomplete(`aggregator ${id} could not be read completely: ${found}`);
  }

  #aggregatorList(): Promise<AggregatorSummary[]> {
    return readTokenPages('the list of aggregators', idOf, (token) =>
      this.#read('ListAggregators', undefined, () => this.#reader.listAggregators(token)),
    );
  }

  #read<T>(action: Action, subject: string | undefined, send: () => Promise<T>): Promise<T> {
    return this.#call({ lane: 'read', action, subject }, send);
  }
}

function boundFolderIds(contacts: readonly Contact[]): Set<FolderId> {
  const ids = new Set<FolderId>();
  for (const { bindings } of contacts) {
    for (const { target } of bindings.values()) if (target.type === 'folder') ids.add(target.id);
  }
  return ids;
}

const idOf = ({ id }: { id: string }): string => id;

function byId<Id extends string, T extends { readonly id: Id }>(items: readonly T[]): ReadonlyMap<Id, T> {
  return new Map(items.map((item) => [item.id, item]));
}
