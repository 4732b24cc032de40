import type {
  Account,
  ActualBinding,
  ActualState,
  Aggregator,
  AggregatorMember,
  Contact,
  Directory,
  Folder,
} from '../../src/model/actual-state.ts';
import { CloudCallError, type CloudFailure, type FailureClass } from '../../src/model/cloud-failure.ts';
import type {
  DesiredAggregator,
  DesiredBinding,
  DesiredContact,
  DesiredMembership,
  DesiredState,
} from '../../src/model/desired-state.ts';
import {
  type AccountId,
  type AggregatorId,
  type ContactId,
  type FolderId,
  parseAccountId,
  parseAggregatorId,
  parseContactId,
  parseDirectoryId,
  parseFolderId,
  parseRootFolderId,
  type RootFolderId,
} from '../../src/model/ids.ts';
import type { Ownership, Source } from '../../src/model/manifest.ts';
import type { BindingChange, Change, MembershipChange } from '../../src/model/plan.ts';
import { parseTarget, type Target, type TargetId } from '../../src/model/target.ts';

/** An account by its number in the test world (1 is 1738084522670001) or by its 16 digits. */
export type AccountRef = number | string;
/** An account, a folder id, or the directory under either of its ids. */
export type TargetRef = number | string;

export const accountId = (ref: AccountRef): AccountId =>
  sure(parseAccountId(typeof ref === 'number' ? `173808452267${String(ref).padStart(4, '0')}` : ref), ref);
export const folderId = (id: string): FolderId => sure(parseFolderId(id), id);
export const contactId = (id: string): ContactId => sure(parseContactId(id), id);
export const aggregatorId = (id: string): AggregatorId => sure(parseAggregatorId(id), id);

export const MANAGEMENT: AccountId = accountId('1700000000000001');

export const DIRECTORY: Directory = {
  id: sure(parseDirectoryId('rd-3mNq8W'), 'rd-3mNq8W'),
  rootFolderId: sure(parseRootFolderId('r-9xKp2d'), 'r-9xKp2d'),
  managementAccountId: MANAGEMENT,
  managementAccountName: 'management',
};

/** Some place in a manifest; a different line for a different number. */
export const source = (line = 1): Source => ({ file: 'manifest.yaml', line, column: 9 });

export function target(ref: TargetRef): Target {
  return sure(parseTarget(wire(ref), DIRECTORY), ref);
}

/** @param folderPath  the ids of the folders above it, outermost first */
export function account(
  ref: AccountRef,
  folderPath: readonly string[] = [],
  { name, tags }: { name?: string; tags?: Readonly<Record<string, string>> } = {},
): Account {
  const path = folderPath.map(folderId);
  return {
    id: accountId(ref),
    displayName: name ?? `account-${ref}`,
    folderId: path.at(-1) ?? DIRECTORY.rootFolderId,
    folderPath: path,
    tags: tags && new Map(Object.entries(tags)),
  };
}

export function folder(id: string, parent?: string, name = id): Folder {
  const parentId: FolderId | RootFolderId = parent === undefined ? DIRECTORY.rootFolderId : folderId(parent);
  return { id: folderId(id), name, parentId };
}

/** @param bound  what it is bound to, each spelled as the service spells it */
export function contact(
  id: string,
  bound: readonly TargetRef[] = [],
  parts: Partial<Pick<Contact, 'name' | 'status' | 'messageTypes'>> = {},
): Contact {
  const bindings = bound.map((ref): ActualBinding => ({ target: target(ref), wireId: wire(ref) }));
  return {
    id: contactId(id),
    name: `name of ${id}`,
    status: 'Active',
    messageTypes: ['ServiceMessage'],
    ...parts,
    bindings: new Map(bindings.map((binding) => [binding.target.id, binding])),
  };
}

/** @param accounts  its members; the management account is `MANAGEMENT` */
export function aggregator(
  id: string,
  accounts: readonly AccountRef[] = [],
  parts: Partial<Pick<Aggregator, 'name' | 'type' | 'status' | 'accountCount'>> = {},
): Aggregator {
  const members = accounts.map((ref): AggregatorMember => ({ id: accountId(ref), name: `account-${ref}` }));
  return {
    id: aggregatorId(id),
    name: `name of ${id}`,
    type: 'CUSTOM',
    status: 1,
    accountCount: members.length,
    ...parts,
    accounts: new Map(members.map((member) => [member.id, member])),
  };
}

export interface ActualParts {
  /** Numbers become accounts directly in Root; `null`: not read. Left out: none. */
  readonly accounts?: readonly (Account | AccountRef)[] | null;
  /** Left out: not read. */
  readonly folders?: readonly Folder[];
  /** `null`: not read. Left out: none. */
  readonly contacts?: readonly Contact[] | null;
  readonly aggregators?: readonly Aggregator[];
}

export function actual({
  accounts = [],
  folders,
  contacts = [],
  aggregators = [],
}: ActualParts = {}): ActualState {
  return {
    directory: DIRECTORY,
    accounts: accounts === null ? undefined : byId(accounts.map(asAccount)),
    folders: folders && byId(folders),
    contacts: contacts === null ? undefined : byId(contacts),
    aggregators: byId(aggregators),
    aggregatorList: undefined,
  };
}

interface Wish<Ref> {
  readonly present?: readonly Ref[];
  readonly absent?: readonly Ref[];
  /** Left out: whether anything is present. */
  readonly statesMembers?: boolean;
  readonly allowEmpty?: boolean;
}

export function wantedContact(
  id: string,
  { present = [], absent = [], statesMembers = present.length > 0, allowEmpty = false }: Wish<TargetRef>,
): DesiredContact {
  const bindings = (refs: readonly TargetRef[]): Map<TargetId, DesiredBinding> =>
    new Map(refs.map((ref, index) => [target(ref).id, { target: target(ref), source: source(index + 1) }]));
  return {
    id: contactId(id),
    statesMembers,
    allowEmpty,
    present: bindings(present),
    absent: bindings(absent),
  };
}

export function wantedAggregator(
  id: string,
  { present = [], absent = [], statesMembers = present.length > 0 }: Omit<Wish<AccountRef>, 'allowEmpty'>,
): DesiredAggregator {
  const members = (refs: readonly AccountRef[]): Map<AccountId, DesiredMembership> =>
    new Map(
      refs.map((ref, index) => [
        accountId(ref),
        { accountId: accountId(ref), accountName: undefined, source: source(index + 1) },
      ]),
    );
  return { id: aggregatorId(id), statesMembers, present: members(present), absent: members(absent) };
}

export interface DesiredParts {
  readonly ownership?: Ownership;
  readonly contacts?: readonly DesiredContact[];
  readonly aggregators?: readonly DesiredAggregator[];
  readonly protected?: readonly TargetRef[];
}

export function desired({
  ownership = 'listed',
  contacts = [],
  aggregators = [],
  protected: untouchable = [],
}: DesiredParts = {}): DesiredState {
  return {
    ownership,
    contacts: byId(contacts),
    aggregators: byId(aggregators),
    protected: new Set(untouchable.map((ref) => target(ref).id)),
  };
}

export const bind = (contactRef: string, ref: TargetRef, at?: Source): BindingChange =>
  binding('bind', contactRef, ref, at);
export const unbind = (contactRef: string, ref: TargetRef, at?: Source): BindingChange =>
  binding('unbind', contactRef, ref, at);
export const addAccount = (aggregatorRef: string, ref: AccountRef, at?: Source): MembershipChange =>
  membership('add-account', aggregatorRef, ref, at);
export const removeAccount = (aggregatorRef: string, ref: AccountRef, at?: Source): MembershipChange =>
  membership('remove-account', aggregatorRef, ref, at);

/** The cloud after the changes were made. */
export function changed(state: ActualState, changes: readonly Change[]): ActualState {
  const contacts = new Map(
    [...(state.contacts ?? [])].map(([id, one]) => [id, changedContact(one, changes)]),
  );
  const aggregators = new Map(
    [...state.aggregators].map(([id, one]) => [id, changedAggregator(one, changes)]),
  );
  return { ...state, contacts: state.contacts && contacts, aggregators };
}

/** A failed call as the ports report it. */
export function failure(
  failureClass: FailureClass,
  code: string,
  parts: Partial<CloudFailure> = {},
): CloudFailure {
  return {
    class: failureClass,
    code,
    message: `message of ${code}`,
    httpStatus: 400,
    requestId: '7F2C0A11-0000-4000-8000-000000000001',
    retryAfterMs: undefined,
    ...parts,
  };
}

export const callError = (
  failureClass: FailureClass,
  code: string,
  parts: Partial<CloudFailure> = {},
): CloudCallError => new CloudCallError(failure(failureClass, code, parts));

function changedContact(one: Contact, changes: readonly Change[]): Contact {
  const bindings = new Map(one.bindings);
  for (const change of changes) {
    if (change.kind !== 'contact' || change.contactId !== one.id) continue;
    const { action, target: changedTarget, wireId } = change;
    if (action === 'bind') bindings.set(changedTarget.id, { target: changedTarget, wireId });
    else bindings.delete(changedTarget.id);
  }
  return { ...one, bindings };
}

function changedAggregator(one: Aggregator, changes: readonly Change[]): Aggregator {
  const accounts = new Map(one.accounts);
  for (const change of changes) {
    if (change.kind !== 'aggregator' || change.aggregatorId !== one.id) continue;
    const { action, accountId: id, accountName } = change;
    if (action === 'add-account') accounts.set(id, { id, name: accountName ?? '' });
    else accounts.delete(id);
  }
  return { ...one, accounts, accountCount: accounts.size };
}

function binding(
  action: BindingChange['action'],
  contactRef: string,
  ref: TargetRef,
  at: Source | undefined,
): BindingChange {
  const changedTarget = target(ref);
  const id = `${action}:${contactRef}:${changedTarget.id}`;
  const wireId = wire(ref);
  return {
    id,
    kind: 'contact',
    action,
    contactId: contactId(contactRef),
    target: changedTarget,
    wireId,
    source: at,
  };
}

function membership(
  action: MembershipChange['action'],
  aggregatorRef: string,
  ref: AccountRef,
  at: Source | undefined,
): MembershipChange {
  return {
    id: `${action}:${aggregatorRef}:${accountId(ref)}`,
    kind: 'aggregator',
    action,
    aggregatorId: aggregatorId(aggregatorRef),
    accountId: accountId(ref),
    accountName: undefined,
    source: at,
  };
}

const wire = (ref: TargetRef): string => (typeof ref === 'number' ? accountId(ref) : ref);

const asAccount = (one: Account | AccountRef): Account => (typeof one === 'object' ? one : account(one));

function byId<Id extends string, T extends { readonly id: Id }>(items: readonly T[]): Map<Id, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function sure<T>(value: T | undefined, written: unknown): T {
  if (value === undefined) throw new Error(`a test names an id of no known shape: ${String(written)}`);
  return value;
}
