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
import { byId } from './by-id.ts';
import { readNamedFolders, readTreeIfFolderIsGone } from './named-folders.ts';
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
    const [named, accounts, contacts, { list, details }] = await Promise.all([
      // First, since each listing along a path waits for the one before.
      readNamedFolders(directory, needs.folders, this),
      this.accounts(needs.tags),
      needs.contacts ? this.contacts(directory) : undefined,
      this.aggregators(needs.aggregators),
    ]);
    const seen = { accounts, contacts: contacts ?? [] };
    const folders = await readTreeIfFolderIsGone(directory, seen, named, this);
    return {
      directory,
      accounts: byId(accounts),
      ...folders,
      contacts: contacts && byId(contacts),
      aggregators: byId(details),
      aggregatorList: list,
    };
  }

  /** The readings that applying a plan needs, of one directory. */
  stateOf(directory: Directory): StateReader {
    return {
      accounts: async () => byId(await this.accounts(false)),
      contacts: async () => byId(await this.contacts(directory)),
      contact: (id) => this.contact(id, directory),
      aggregator: (id, call) => this.aggregator(id, call),
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
    const children = await this.foldersIn(parent);
    const below = await Promise.all(children.map((folder) => this.folders(folder.id)));
    return [...children, ...below.flat()];
  }

  /** Those directly in a folder. */
  foldersIn(parent: RootFolderId | FolderId): Promise<Folder[]> {
    const page = (request: PageRequest) =>
      this.#read('ListFoldersForParent', parent, () => this.#reader.listFolders(parent, request));
    return readNumberedPages(`the list of folders in ${parent}`, idOf, page);
  }

  folder(id: FolderId): Promise<Folder | undefined> {
    return this.#read('GetFolder', id, () => this.#reader.getFolder(id));
  }

  async aggregators({ ids, names, all }: Needs['aggregators']): Promise<{
    list: AggregatorSummary[] | undefined;
    details: Aggregator[];
  }> {
    const written = new Set(ids);
    const listing = names.length > 0 || all ? this.#aggregatorList() : Promise.resolve(undefined);
    const named = listing.then((list = []) =>
      list.filter(({ id, name }) => names.includes(name) && !written.has(id)).map(({ id }) => id),
    );
    const [list, ...details] = await Promise.all([
      listing,
      this.#eachAggregator(written),
      named.then((found) => this.#eachAggregator(found)),
    ]);
    return { list, details: details.flat().filter((detail) => detail !== undefined) };
  }

  async aggregator(id: AggregatorId, call: PacedCall = this.#call): Promise<Aggregator | undefined> {
    let found = '';
    for (let reading = 1; reading <= READINGS; reading += 1) {
      const description = { lane: 'read', action: 'GetAggregator', subject: id } as const;
      const aggregator = await call(description, () => this.#reader.getAggregator(id));
      if (aggregator === undefined || aggregator.accounts.size === aggregator.accountCount) return aggregator;
      found = `${aggregator.accounts.size} of ${aggregator.accountCount} accounts`;
    }
    throw incomplete(`aggregator ${id} could not be read completely: ${found}`);
  }

  #eachAggregator(ids: Iterable<AggregatorId>): Promise<(Aggregator | undefined)[]> {
    return Promise.all([...ids].map((id) => this.aggregator(id)));
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

const idOf = ({ id }: { id: string }): string => id;
