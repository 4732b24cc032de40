import { describe, expect, it } from 'vitest';
import { createCloudReader } from '../../src/cloud/cloud-reader.ts';
import type { AggregatorId, ContactId, DirectoryId, FolderId, RootFolderId } from '../../src/model/ids.ts';
import type { CloudReader } from '../../src/model/ports.ts';
import { failureOf, refusingCall, scriptedCall } from './support/calls.ts';

const RD = { id: 'rd-3mNq8W' as DirectoryId, rootFolderId: 'r-aB12cD' as RootFolderId };
const FOLDER = 'fd-ZDNPiT1234' as FolderId;
const CONTACT = 'c-qL4HqKONzOM7a1b2' as ContactId;
const GROUP = 'ca-dacf86d8314e00eb1234' as AggregatorId;
const PAGE = { pageNumber: 2, pageSize: 100 };

const paged = { RequestId: 'R-1', TotalCount: 1, PageNumber: 2, PageSize: 50 };
const account = {
  AccountId: '9738084522671235',
  DisplayName: 'pay-prod',
  FolderId: FOLDER,
  ResourceDirectoryPath: `${RD.id}/${RD.rootFolderId}/fd-Outer12345/${FOLDER}/9738084522671235`,
  Tags: { Tag: [{ Key: 'env', Value: 'prod' }] },
};
const contact = {
  ContactId: CONTACT,
  Name: 'oncall',
  EmailAddress: 'oncall@example.com',
  PhoneNumber: '86-13800000000',
  MessageTypes: ['ServiceMessage', 'FaultMessage'],
  Members: ['9738084522671235', FOLDER, RD.rootFolderId],
  Status: 'Active',
};
const group = `"AggregatorId":"${GROUP}","AggregatorName":"prod","AggregatorType":"CUSTOM","AggregatorStatus":1,"AggregatorAccountCount":2,"AccountId":1711111111111111`;
const groupAccounts = `"AggregatorAccounts":[{"AccountId":9738084522671235,"AccountName":"Tony","AccountType":"ResourceDirectory"},{"AccountId":"1738084522671234","AccountType":"ResourceDirectory"}]`;

const expectedContact = {
  id: CONTACT,
  name: 'oncall',
  status: 'Active',
  messageTypes: ['ServiceMessage', 'FaultMessage'],
  bindings: new Map<string, unknown>([
    ['9738084522671235', { target: { type: 'account', id: '9738084522671235' }, wireId: '9738084522671235' }],
    [FOLDER, { target: { type: 'folder', id: FOLDER }, wireId: FOLDER }],
    [RD.id, { target: { type: 'directory', id: RD.id }, wireId: RD.rootFolderId }],
  ]),
};
const expectedGroup = { id: GROUP, name: 'prod', type: 'CUSTOM', status: 1, accountCount: 2 };

interface ReadCase {
  readonly name: string;
  readonly read: (reader: CloudReader) => Promise<unknown>;
  readonly answer: string | object;
  readonly request: object;
  readonly expected: unknown;
}

const directory = (action: string, query: object) => ({ service: 'directory', action, query });
const config = (action: string, query: object) => ({ service: 'config', action, query });
const page2 = { PageNumber: '2', PageSize: '100' };

const CASES: readonly ReadCase[] = [
  {
    name: 'getDirectory',
    read: (reader) => reader.getDirectory(),
    answer: {
      RequestId: 'R-1',
      ResourceDirectory: {
        ResourceDirectoryId: RD.id,
        RootFolderId: RD.rootFolderId,
        MasterAccountId: '1711111111111111',
        MasterAccountName: 'management',
      },
    },
    request: directory('GetResourceDirectory', {}),
    expected: { ...RD, managementAccountId: '1711111111111111', managementAccountName: 'management' },
  },
  {
    name: 'listAccounts with tags',
    read: (reader) => reader.listAccounts(PAGE, { includeTags: true }),
    answer: { ...paged, Accounts: { Account: [account] } },
    request: directory('ListAccounts', { ...page2, IncludeTags: 'true' }),
    expected: {
      totalCount: 1,
      pageSize: 50,
      items: [
        {
          id: '9738084522671235',
          displayName: 'pay-prod',
          folderId: FOLDER,
          folderPath: ['fd-Outer12345', FOLDER],
          tags: new Map([['env', 'prod']]),
        },
      ],
    },
  },
  {
    name: 'listAccounts without tags, of an account directly in Root',
    read: (reader) => reader.listAccounts(PAGE, { includeTags: false }),
    answer: {
      ...paged,
      Accounts: {
        Account: [
          {
            ...account,
            FolderId: RD.rootFolderId,
            ResourceDirectoryPath: `${RD.id}/${RD.rootFolderId}/9738084522671235`,
          },
        ],
      },
    },
    request: directory('ListAccounts', { ...page2, IncludeTags: 'false' }),
    expected: {
      totalCount: 1,
      pageSize: 50,
      items: [
        {
          id: '9738084522671235',
          displayName: 'pay-prod',
          folderId: RD.rootFolderId,
          folderPath: [],
          tags: undefined,
        },
      ],
    },
  },
  {
    name: 'listFolders of Root',
    read: (reader) => reader.listFolders(RD.rootFolderId, PAGE),
    answer: {
      ...paged,
      Folders: { Folder: [{ FolderId: FOLDER, FolderName: 'Payments', CreateTime: 'x' }] },
    },
    request: directory('ListFoldersForParent', page2),
    expected: {
      totalCount: 1,
      pageSize: 50,
      items: [{ id: FOLDER, name: 'Payments', parentId: RD.rootFolderId }],
    },
  },
  {
    name: 'listFolders of a folder',
    read: (reader) => reader.listFolders('fd-Outer12345' as FolderId, PAGE),
    answer: { ...paged, Folders: { Folder: [] } },
    request: directory('ListFoldersForParent', { ParentFolderId: 'fd-Outer12345', ...page2 }),
    expected: { totalCount: 1, pageSize: 50, items: [] },
  },
  {
    name: 'getFolder',
    read: (reader) => reader.getFolder(FOLDER),
    answer: {
      RequestId: 'R-1',
      Folder: { FolderId: FOLDER, FolderName: 'Payments', ParentFolderId: RD.rootFolderId },
    },
    request: directory('GetFolder', { FolderId: FOLDER }),
    expected: { id: FOLDER, name: 'Payments', parentId: RD.rootFolderId },
  },
  {
    name: 'listContacts',
    read: (reader) => reader.listContacts(PAGE, RD),
    answer: { ...paged, Contacts: [contact] },
    request: directory('ListMessageContacts', page2),
    expected: { totalCount: 1, pageSize: 50, items: [expectedContact] },
  },
  {
    name: 'getContact',
    read: (reader) => reader.getContact(CONTACT, RD),
    answer: { RequestId: 'R-1', Contact: contact },
    request: directory('GetMessageContact', { ContactId: CONTACT }),
    expected: expectedContact,
  },
  {
    name: 'listAggregators from the start',
    read: (reader) => reader.listAggregators(undefined),
    answer: `{"RequestId":"R-1","AggregatorsResult":{"NextToken":"T-2","Aggregators":[{${group}}]}}`,
    request: config('ListAggregators', { MaxResults: '100' }),
    expected: { nextToken: 'T-2', items: [expectedGroup] },
  },
  {
    name: 'listAggregators, last page',
    read: (reader) => reader.listAggregators('T-2'),
    answer: '{"RequestId":"R-1","AggregatorsResult":{"NextToken":"","Aggregators":[]}}',
    request: config('ListAggregators', { MaxResults: '100', NextToken: 'T-2' }),
    expected: { nextToken: undefined, items: [] },
  },
  {
    name: 'getAggregator',
    read: (reader) => reader.getAggregator(GROUP),
    answer: `{"RequestId":"R-1","Aggregator":{${group},${groupAccounts}}}`,
    request: config('GetAggregator', { AggregatorId: GROUP }),
    expected: {
      ...expectedGroup,
      accounts: new Map([
        ['9738084522671235', { id: '9738084522671235', name: 'Tony' }],
        ['1738084522671234', { id: '1738084522671234', name: '' }],
      ]),
    },
  },
];

describe.each(CASES)('$name', ({ read, answer, request, expected }) => {
  it('asks once, as documented, and gives what was answered', async () => {
    const { call, requests } = scriptedCall(answer);
    expect(await read(createCloudReader(call))).toEqual(expected);
    expect(requests).toEqual([request]);
  });

  it('does not believe an answer without a request id', async () => {
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    for (const broken of [text.replace('"RequestId":"R-1",', ''), text.replace('"R-1"', '""')]) {
      const failure = await failureOf(read(createCloudReader(scriptedCall(broken).call)));
      expect(failure).toMatchObject({ class: 'unknown-effect', code: 'Unreadable', httpStatus: 200 });
      expect(failure.message).toContain('has no RequestId as documented');
    }
  });
});

type Patch = readonly [name: string, read: ReadCase['read'], answer: string | object, missing: string];
const accounts = (changed: object) => ({ ...paged, Accounts: { Account: [{ ...account, ...changed }] } });
const contacts = (changed: object) => ({ ...paged, Contacts: [{ ...contact, ...changed }] });
const readAccounts: ReadCase['read'] = (reader) => reader.listAccounts(PAGE, { includeTags: true });
const readContacts: ReadCase['read'] = (reader) => reader.listContacts(PAGE, RD);

const BROKEN: readonly Patch[] = [
  ['no object at all', readContacts, '[]', 'object'],
  ['no list', readAccounts, { ...paged, Accounts: {} }, 'Accounts.Account'],
  ['a flat list', readAccounts, { ...paged, Accounts: [account] }, 'Accounts'],
  ['no total', readAccounts, { ...accounts({}), TotalCount: undefined }, 'TotalCount'],
  ['a page size of nothing', readAccounts, { ...accounts({}), PageSize: 0 }, 'PageSize'],
  ['a total as text', readContacts, { ...contacts({}), TotalCount: '1' }, 'TotalCount'],
  [
    'an account id of 15 digits',
    readAccounts,
    accounts({ AccountId: '973808452267123' }),
    'Accounts.Account[0].AccountId',
  ],
  ['no display name', readAccounts, accounts({ DisplayName: undefined }), 'Accounts.Account[0].DisplayName'],
  ['an unknown folder id', readAccounts, accounts({ FolderId: 'x-1' }), 'Accounts.Account[0].FolderId'],
  [
    'a path of another account',
    readAccounts,
    accounts({ ResourceDirectoryPath: `${RD.id}/${RD.rootFolderId}/1738084522671234` }),
    'Accounts.Account[0].ResourceDirectoryPath',
  ],
  [
    'a path without Root',
    readAccounts,
    accounts({ ResourceDirectoryPath: `${RD.id}/9738084522671235` }),
    'Accounts.Account[0].ResourceDirectoryPath',
  ],
  [
    'a path with an odd folder',
    readAccounts,
    accounts({ ResourceDirectoryPath: `${RD.id}/${RD.rootFolderId}/odd/9738084522671235` }),
    'Accounts.Account[0].ResourceDirectoryPath',
  ],
  [
    'flat tags',
    readAccounts,
    accounts({ Tags: [{ Key: 'env', Value: 'prod' }] }),
    'Accounts.Account[0].Tags',
  ],
  [
    'a tag without a value',
    readAccounts,
    accounts({ Tags: { Tag: [{ Key: 'env' }] } }),
    'Accounts.Account[0].Tags.Tag[0].Value',
  ],
  ['wrapped contacts', readContacts, { ...paged, Contacts: { Contact: [contact] } }, 'Contacts'],
  ['a contact without members', readContacts, contacts({ Members: undefined }), 'Contacts[0].Members'],
  [
    'members as objects',
    readContacts,
    contacts({ Members: [{ MemberId: FOLDER }] }),
    'Contacts[0].Members[0]',
  ],
  [
    'a member of unknown shape',
    readContacts,
    contacts({ Members: [FOLDER, 'ou-1234'] }),
    'Contacts[0].Members[1]',
  ],
  [
    'another directory’s Root as member',
    readContacts,
    contacts({ Members: ['r-other'] }),
    'Contacts[0].Members[0]',
  ],
  ['no message types', readContacts, contacts({ MessageTypes: undefined }), 'Contacts[0].MessageTypes'],
  ['no status', readContacts, contacts({ Status: 1 }), 'Contacts[0].Status'],
  [
    'another contact than asked',
    (reader) => reader.getContact(CONTACT, RD),
    { RequestId: 'R-1', Contact: { ...contact, ContactId: 'c-other' } },
    'ContactId',
  ],
  [
    'another folder than asked',
    (reader) => reader.getFolder('fd-Other' as FolderId),
    CASES[5]?.answer ?? '',
    'Folder.FolderId',
  ],
  [
    'another group than asked',
    (reader) => reader.getAggregator('ca-0' as AggregatorId),
    CASES[10]?.answer ?? '',
    'Aggregator.AggregatorId',
  ],
  [
    'a group without its members',
    (reader) => reader.getAggregator(GROUP),
    `{"RequestId":"R-1","Aggregator":{${group}}}`,
    'Aggregator.AggregatorAccounts',
  ],
  [
    'a token at the top',
    (reader) => reader.listAggregators(undefined),
    { RequestId: 'R-1', NextToken: 'T', Aggregators: [] },
    'AggregatorsResult',
  ],
];

it.each(BROKEN)('takes %s for no answer, and says which part', async (_, read, answer, missing) => {
  const failure = await failureOf(read(createCloudReader(scriptedCall(answer).call)));
  expect(failure).toMatchObject({ class: 'unknown-effect', code: 'Unreadable', requestId: 'REQ-1' });
  expect(failure.message).toMatch(/^the answer to \w+ has no \S+ as documented$/);
  expect(failure.message).toContain(` has no ${missing === 'ContactId' ? 'Contact.ContactId' : missing} as`);
});

it('takes an account without the tags field for one without tags', async () => {
  const reader = createCloudReader(scriptedCall(accounts({ Tags: undefined })).call);
  expect((await reader.listAccounts(PAGE, { includeTags: true })).items[0]?.tags).toEqual(new Map());
});

it('never takes up an e-mail address or a phone number', async () => {
  const reader = createCloudReader(scriptedCall(contacts({})).call);
  expect(JSON.stringify(await reader.listContacts(PAGE, RD))).not.toMatch(/example\.com|13800000000/);
});

describe('what does not exist', () => {
  it.each([
    ['EntityNotExists.Contact', (reader: CloudReader) => reader.getContact(CONTACT, RD)],
    ['EntityNotExists.Folder', (reader: CloudReader) => reader.getFolder(FOLDER)],
    ['Invalid.AggregatorId.Value', (reader: CloudReader) => reader.getAggregator(GROUP)],
  ])('is undefined after %s, and any other refusal is thrown', async (code, read) => {
    expect(await read(createCloudReader(refusingCall(code)))).toBeUndefined();
    const other = await failureOf(read(createCloudReader(refusingCall('EntityNotExists.ResourceDirectory'))));
    expect(other.code).toBe('EntityNotExists.ResourceDirectory');
  });

  it('is a failure in a listing', async () => {
    const reader = createCloudReader(refusingCall('EntityNotExists.Folder'));
    expect((await failureOf(reader.listFolders(FOLDER, PAGE))).code).toBe('EntityNotExists.Folder');
  });
});
