import type {
  Account,
  ActualBinding,
  Contact,
  Directory,
  Folder,
  PersonalData,
} from '../model/actual-state.ts';
import {
  type FolderId,
  parseAccountId,
  parseContactId,
  parseDirectoryId,
  parseFolderId,
  parseRootFolderId,
  type RootFolderId,
} from '../model/ids.ts';
import type { NumberedPage, PageRequest } from '../model/ports.ts';
import { type DirectoryNames, parseTarget, type TargetId } from '../model/target.ts';
import {
  asFields,
  asId,
  countIn,
  type Fields,
  idIn,
  listIn,
  objectIn,
  textIn,
  UnreadableField,
} from './fields.ts';

/** Answers of Resource Directory as model values. Every function throws UnreadableField on a shape not documented. */

export const pageQuery = ({ pageNumber, pageSize }: PageRequest): Record<string, string> => ({
  PageNumber: String(pageNumber),
  PageSize: String(pageSize),
});

export function readPage<T>(body: Fields, items: readonly T[]): NumberedPage<T> {
  const pageSize = countIn(body, 'PageSize');
  if (pageSize === 0) throw new UnreadableField('PageSize');
  return { items, totalCount: countIn(body, 'TotalCount'), pageSize };
}

export function readDirectory(body: Fields): Directory {
  const directory = objectIn(body, 'ResourceDirectory');
  return {
    id: idIn(directory, 'ResourceDirectoryId', parseDirectoryId),
    rootFolderId: idIn(directory, 'RootFolderId', parseRootFolderId),
    managementAccountId: idIn(directory, 'MasterAccountId', parseAccountId),
    managementAccountName: textIn(directory, 'MasterAccountName'),
  };
}

export const readAccounts = (body: Fields, includeTags: boolean): readonly Account[] =>
  listIn(objectIn(body, 'Accounts'), 'Account', (item, path) =>
    readAccount(asFields(item, path), includeTags),
  );

function readAccount(account: Fields, includeTags: boolean): Account {
  const id = idIn(account, 'AccountId', parseAccountId);
  return {
    id,
    displayName: textIn(account, 'DisplayName'),
    folderId: idIn(account, 'FolderId', parseParentId),
    folderPath: idIn(account, 'ResourceDirectoryPath', (path) => parseAccountPath(path, id)),
    tags: includeTags ? readTags(account) : undefined,
  };
}

/** @param path  `rd-.../r-.../fd-.../fd-.../<accountId>` */
function parseAccountPath(path: string, accountId: string): readonly FolderId[] | undefined {
  const [directory = '', root = '', ...below] = path.split('/');
  if (parseDirectoryId(directory) === undefined || parseRootFolderId(root) === undefined) return undefined;
  if (below.pop() !== accountId) return undefined;
  const folders = below.map(parseFolderId).filter((id) => id !== undefined);
  return folders.length === below.length ? folders : undefined;
}

/** An account without tags may come without the field. */
function readTags(account: Fields): ReadonlyMap<string, string> {
  if (account.values['Tags'] === undefined || account.values['Tags'] === null) return new Map();
  const pairs = listIn(objectIn(account, 'Tags'), 'Tag', (item, path) => {
    const tag = asFields(item, path);
    return [textIn(tag, 'Key'), textIn(tag, 'Value')] as const;
  });
  return new Map(pairs);
}

const parseParentId = (text: string): FolderId | RootFolderId | undefined =>
  parseFolderId(text) ?? parseRootFolderId(text);

/** Folders in a listing do not say where they stand: the listing does. */
export const readFolders = (body: Fields, parentId: FolderId | RootFolderId): readonly Folder[] =>
  listIn(objectIn(body, 'Folders'), 'Folder', (item, path) => {
    const folder = asFields(item, path);
    return { id: idIn(folder, 'FolderId', parseFolderId), name: textIn(folder, 'FolderName'), parentId };
  });

export function readFolder(body: Fields, asked: FolderId): Folder {
  const folder = objectIn(body, 'Folder');
  return {
    id: idIn(folder, 'FolderId', sameAs(asked)),
    name: textIn(folder, 'FolderName'),
    parentId: idIn(folder, 'ParentFolderId', parseParentId),
  };
}

/** Addresses and phone numbers are read only for a person who asked to see them. */
export interface ContactParts {
  readonly personalData: boolean;
}

export function readContacts(
  body: Fields,
  directory: DirectoryNames,
  parts: ContactParts,
): readonly Contact[] {
  const toBinding = bindingReader(directory);
  return listIn(body, 'Contacts', (item, path) => contactFrom(asFields(item, path), toBinding, parts));
}

export const readContact = (contact: Fields, directory: DirectoryNames, parts: ContactParts): Contact =>
  contactFrom(contact, bindingReader(directory), parts);

function contactFrom(contact: Fields, toBinding: ReadBinding, { personalData }: ContactParts): Contact {
  return {
    id: idIn(contact, 'ContactId', parseContactId),
    name: textIn(contact, 'Name'),
    status: textIn(contact, 'Status'),
    messageTypes: listIn(contact, 'MessageTypes', (item, path) => asId(item, path, (text) => text)),
    bindings: readBindings(contact, toBinding),
    ...(personalData ? { personalData: readPersonalData(contact) } : {}),
  };
}

const readPersonalData = (contact: Fields): PersonalData => ({
  emailAddress: optionalTextIn(contact, 'EmailAddress'),
  phoneNumber: optionalTextIn(contact, 'PhoneNumber'),
});

/** Either can be missing; no run ends for that. */
const optionalTextIn = ({ values }: Fields, key: string): string => {
  const value = values[key];
  return typeof value === 'string' ? value : '';
};

type ReadBinding = (wireId: string) => ActualBinding | undefined;

/** Many contacts are bound to the same account: it is read once, and held once. */
function bindingReader(directory: DirectoryNames): ReadBinding {
  const known = new Map<string, ActualBinding>();
  return (wireId) => {
    const before = known.get(wireId);
    if (before !== undefined) return before;
    const target = parseTarget(wireId, directory);
    if (target === undefined) return undefined;
    const binding = { target, wireId };
    known.set(wireId, binding);
    return binding;
  };
}

function readBindings(contact: Fields, toBinding: ReadBinding): ReadonlyMap<TargetId, ActualBinding> {
  const bindings = listIn(contact, 'Members', (item, path) => asId(item, path, toBinding));
  return new Map(bindings.map((binding) => [binding.target.id, binding]));
}

/** The ids that a write says it bound or unbound. */
export const readMemberIds = (body: Fields): readonly string[] =>
  listIn(body, 'Members', (item, path) => idIn(asFields(item, path), 'MemberId', (text) => text));

/** A parser that takes one id only: the answer must be about what was asked. */
export const sameAs =
  <Id extends string>(asked: Id) =>
  (text: string): Id | undefined =>
    text === asked ? asked : undefined;
