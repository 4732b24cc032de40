import { DirectoryTree } from './directory-tree.ts';
import type {
  AggregatorMember,
  EmulatedAccount,
  EmulatedAggregator,
  EmulatedContact,
  EmulatorState,
} from './state.ts';
import { Versioned } from './versioned.ts';

/** A contact; `targets` spells a binding to the whole directory as the rd- id. */
export interface StoredContact {
  readonly about: EmulatedContact;
  /** Its place in listings, from 0. */
  readonly position: number;
  readonly targets: Versioned<readonly string[]>;
}

export interface GroupContent {
  readonly name: string;
  readonly description: string;
  readonly accounts: readonly AggregatorMember[];
  readonly folders: readonly string[];
  /** Ids that came with the last update. */
  readonly joined: ReadonlySet<string>;
}

export interface StoredAggregator {
  readonly about: EmulatedAggregator;
  readonly position: number;
  readonly content: Versioned<GroupContent>;
  /** Further updates are refused before this instant. */
  pendingUntil: number;
}

/** The present state of both services. Nothing here checks what the services would refuse. */
export class Store {
  readonly state: EmulatorState;
  readonly contacts: ReadonlyMap<string, StoredContact>;
  readonly aggregators: ReadonlyMap<string, StoredAggregator>;
  /** What was asked with each client token, so that a repeated call is answered and not applied again. */
  readonly clientTokens = new Map<string, string>();
  #tree: DirectoryTree;

  constructor(state: EmulatorState) {
    this.state = state;
    this.#tree = new DirectoryTree(state.directory, state.folders, state.accounts);
    const delayMs = state.behaviour.visibilityDelayMs;
    this.contacts = new Map(
      state.contacts.map((about, position) => [
        about.id,
        { about, position, targets: new Versioned(this.canonical(about.members), delayMs) },
      ]),
    );
    this.aggregators = new Map(
      state.aggregators.map((about, position) => [
        about.id,
        { about, position, content: new Versioned(initialContent(about), delayMs), pendingUntil: 0 },
      ]),
    );
  }

  get tree(): DirectoryTree {
    return this.#tree;
  }

  /** Distinct ids in their order, the whole directory as its rd- id. */
  canonical(ids: readonly string[]): readonly string[] {
    const whole = this.#tree.directory.id;
    return [...new Set(ids.map((id) => (this.#tree.isWhole(id) ? whole : id)))];
  }

  /** The reads' spelling of stored targets. */
  spelled(targets: readonly string[]): readonly string[] {
    if (this.state.behaviour.directorySpelling === 'rd') return targets;
    return targets.map((id) => (this.#tree.isWhole(id) ? this.#tree.directory.rootFolderId : id));
  }

  setTargets(contact: StoredContact, ids: readonly string[], at: number): void {
    contact.targets.set(this.canonical(ids), at);
  }

  setContent(aggregator: StoredAggregator, content: Omit<GroupContent, 'joined'>, at: number): void {
    const before = new Set(aggregator.content.present.accounts.map(({ id }) => id));
    const joined = new Set(content.accounts.map(({ id }) => id).filter((id) => !before.has(id)));
    aggregator.content.set({ ...content, joined }, at);
  }

  /** The accounts of a group as a read at that instant shows them. */
  accountsOf(aggregator: StoredAggregator, now: number): readonly AggregatorMember[] {
    const content = aggregator.content.visibleAt(now);
    if (aggregator.about.type === 'CUSTOM') return content.accounts;
    if (aggregator.about.type === 'RD')
      return [this.#tree.directory.managementAccount, ...this.#tree.accounts];
    const folders = new Set(content.folders);
    return this.#tree.accounts.filter((account) => this.#tree.isBelow(account.folder, folders));
  }

  /** An account joins the directory, or moves to another folder. */
  putAccount(account: EmulatedAccount): void {
    const others = this.#tree.accounts.filter(({ id }) => id !== account.id);
    this.#tree = new DirectoryTree(this.state.directory, this.state.folders, [...others, account]);
  }

  /** An account leaves: CUSTOM groups lose it, contacts keep its id (documented for both). */
  removeAccount(accountId: string, at: number): void {
    const others = this.#tree.accounts.filter(({ id }) => id !== accountId);
    this.#tree = new DirectoryTree(this.state.directory, this.state.folders, others);
    for (const aggregator of this.aggregators.values()) {
      const { present } = aggregator.content;
      const accounts = present.accounts.filter(({ id }) => id !== accountId);
      if (accounts.length < present.accounts.length) aggregator.content.set({ ...present, accounts }, at);
    }
  }
}

const initialContent = (about: EmulatedAggregator): GroupContent => ({
  name: about.name,
  description: about.description,
  accounts: about.accounts,
  folders: about.folders,
  joined: new Set(),
});
