import { DirectoryTree } from './directory-tree.ts';
import { FreshIds } from './fresh-ids.ts';
import type {
  AggregatorMember,
  EmulatedAccount,
  EmulatedAggregator,
  EmulatedContact,
  EmulatedFolder,
  EmulatorState,
} from './state.ts';
import { Versioned } from './versioned.ts';

/** 2023-03-27 17:19:21, the date of the reference pages; contacts of a state follow each other by a second. */
const FIRST_CONTACT_CREATED = Date.UTC(2023, 2, 27, 17, 19, 21);
const FIRST_AGGREGATOR_CREATED = Date.UTC(2023, 0, 1);

/** A contact; `targets` spells a binding to the whole directory as the rd- id. */
export interface StoredContact {
  about: EmulatedContact;
  /** Milliseconds since 1970, as below. */
  readonly createdAt: number;
  readonly targets: Versioned<readonly string[]>;
  /** While it is Deleting: when it is gone. */
  goneAt?: number;
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
  readonly createdAt: number;
  readonly content: Versioned<GroupContent>;
  /** Its status is "creating" before this instant. */
  readonly readyAt: number;
  /** Further updates are refused before this instant. */
  pendingUntil: number;
}

/** What was asked with a client token, and what was answered. */
export interface TokenUse {
  readonly payload: string;
  readonly answer: object;
}

/** The present state of both services. Nothing here checks what the services would refuse. */
export class Store {
  readonly state: EmulatorState;
  readonly contacts = new Map<string, StoredContact>();
  readonly aggregators = new Map<string, StoredAggregator>();
  /** So that a repeated call is answered and not applied again. */
  readonly clientTokens = new Map<string, TokenUse>();
  readonly freshIds: FreshIds;
  /** When verification messages were sent, the oldest first. */
  readonly verificationsSent: number[] = [];
  /** Until when the unbinding of a folder goes on. */
  readonly folderBusyUntil = new Map<string, number>();
  #tree: DirectoryTree;
  /** How many contacts are Deleting, so that calls need not look while none is. */
  #leaving = 0;

  constructor(state: EmulatorState) {
    this.state = state;
    this.freshIds = new FreshIds(state.seed);
    this.#tree = new DirectoryTree(state.directory, state.folders, state.accounts);
    for (const [position, about] of state.contacts.entries()) {
      this.addContact(about, about.created ?? FIRST_CONTACT_CREATED + position * 1000);
    }
    for (const [position, about] of state.aggregators.entries()) {
      this.addAggregator(about, about.created ?? FIRST_AGGREGATOR_CREATED + position * 1000, 0);
    }
  }

  get tree(): DirectoryTree {
    return this.#tree;
  }

  /** Lets go of what is due to be gone by now. */
  catchUp(now: number): void {
    if (this.#leaving === 0) return;
    for (const [id, { goneAt }] of this.contacts) {
      if (goneAt === undefined || goneAt > now) continue;
      this.contacts.delete(id);
      this.#leaving -= 1;
    }
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

  addContact(about: EmulatedContact, createdAt: number): void {
    const targets = new Versioned(this.canonical(about.members), this.state.behaviour.visibilityDelayMs);
    this.contacts.set(about.id, { about, createdAt, targets });
  }

  /** @param goneAt  when it disappears; until then it is Deleting */
  deleteContact(contact: StoredContact, goneAt: number): void {
    contact.about = { ...contact.about, status: 'Deleting' };
    contact.goneAt = goneAt;
    this.#leaving += 1;
  }

  setTargets(contact: StoredContact, ids: readonly string[], at: number): void {
    contact.targets.set(this.canonical(ids), at);
  }

  /** @param readyAt  when it is no longer "creating", and can be updated */
  addAggregator(about: EmulatedAggregator, createdAt: number, readyAt: number): void {
    const content = new Versioned(initialContent(about, readyAt > 0), this.state.behaviour.visibilityDelayMs);
    this.aggregators.set(about.id, { about, createdAt, content, readyAt, pendingUntil: readyAt });
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
    if (aggregator.about.type === 'RD') return this.#wholeDirectory();
    return this.#tree.accountsIn(content.folders, this.state.behaviour.nestedFolders);
  }

  putFolder(folder: EmulatedFolder): void {
    const isNew = this.#tree.folder(folder.id) === undefined;
    const { folders } = this.#tree;
    this.#replaceTree({
      folders: isNew ? [...folders, folder] : folders.map((old) => (old.id === folder.id ? folder : old)),
    });
  }

  removeFolder(folderId: string): void {
    this.#replaceTree({ folders: this.#tree.folders.filter(({ id }) => id !== folderId) });
  }

  /** Changes an account where it stands. */
  changeAccount(account: EmulatedAccount): void {
    this.#replaceTree({
      accounts: this.#tree.accounts.map((old) => (old.id === account.id ? account : old)),
    });
  }

  /** An account joins the directory, or moves to another folder. */
  putAccount(account: EmulatedAccount): void {
    const others = this.#tree.accounts.filter(({ id }) => id !== account.id);
    this.#replaceTree({ accounts: [...others, account] });
  }

  /** An account leaves: CUSTOM groups lose it (documented), contacts keep its id (inferred). */
  removeAccount(accountId: string, at: number): void {
    this.#replaceTree({ accounts: this.#tree.accounts.filter(({ id }) => id !== accountId) });
    const { leaversLeaveGroups, leaversStayBound } = this.state.behaviour;
    if (leaversLeaveGroups) this.#leaveGroups(accountId, at);
    if (!leaversStayBound) this.#leaveContacts(accountId, at);
  }

  #leaveGroups(accountId: string, at: number): void {
    for (const aggregator of this.aggregators.values()) {
      const { present } = aggregator.content;
      const accounts = present.accounts.filter(({ id }) => id !== accountId);
      if (accounts.length < present.accounts.length) aggregator.content.set({ ...present, accounts }, at);
    }
  }

  #leaveContacts(accountId: string, at: number): void {
    for (const contact of this.contacts.values()) {
      const { present } = contact.targets;
      if (present.includes(accountId)) {
        this.setTargets(
          contact,
          present.filter((id) => id !== accountId),
          at,
        );
      }
    }
  }

  #wholeDirectory(): readonly AggregatorMember[] {
    return this.state.behaviour.managementInGroups ? this.#tree.everyone : this.#tree.accounts;
  }

  #replaceTree(change: { folders?: readonly EmulatedFolder[]; accounts?: readonly EmulatedAccount[] }): void {
    const { directory, folders, accounts } = this.#tree;
    this.#tree = new DirectoryTree(directory, change.folders ?? folders, change.accounts ?? accounts);
  }
}

const initialContent = (about: EmulatedAggregator, isNew: boolean): GroupContent => ({
  name: about.name,
  description: about.description,
  accounts: about.accounts,
  folders: about.folders,
  joined: new Set(isNew ? about.accounts.map(({ id }) => id) : []),
});
