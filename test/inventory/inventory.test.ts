import { describe, expect, test } from 'vitest';
import { Inventory } from '../../src/inventory/inventory.ts';
import type { Folder } from '../../src/model/actual-state.ts';
import type { Needs } from '../../src/model/needs.ts';
import type { CallDescription, CloudReader, PacedCall } from '../../src/model/ports.ts';
import {
  account,
  accountId,
  aggregator,
  aggregatorId,
  callError,
  contact,
  contactId,
  DIRECTORY,
  folder,
  folderId,
} from '../support/world.ts';
import { pageOf, reader } from './fake-reader.ts';

const NOTHING: Needs = {
  contacts: false,
  aggregators: { ids: [], names: [], all: false },
  folders: [],
  tags: false,
};

/** An inventory whose calls go out at once, and the calls that it made. */
function inventory(methods: Partial<CloudReader>) {
  const calls: CallDescription[] = [];
  const call: PacedCall = (description, send) => {
    calls.push(description);
    return send();
  };
  return { inventory: new Inventory(reader(methods), call), calls };
}

const ACCOUNTS = Array.from({ length: 150 }, (_, index) => account(index + 1));
const listAccounts: CloudReader['listAccounts'] = (page) => Promise.resolve(pageOf(ACCOUNTS, page));

describe('what is read for a manifest', () => {
  test('without any needs is the accounts alone, without their tags', async () => {
    const tagsAsked: boolean[] = [];
    const { inventory: some, calls } = inventory({
      listAccounts: (page, { includeTags }) => {
        tagsAsked.push(includeTags);
        return listAccounts(page, { includeTags });
      },
    });
    expect(await some.read(DIRECTORY, NOTHING)).toEqual({
      directory: DIRECTORY,
      accounts: new Map(ACCOUNTS.map((one) => [one.id, one])),
      folders: undefined,
      contacts: undefined,
      aggregators: new Map(),
      aggregatorList: undefined,
    });
    expect(calls.map(({ action }) => action)).toEqual(['ListAccounts', 'ListAccounts']);
    expect(tagsAsked).toEqual([false, false]);
  });

  test('has tags where they are needed', async () => {
    const tagsAsked: boolean[] = [];
    const { inventory: some } = inventory({
      listAccounts: (page, { includeTags }) => {
        tagsAsked.push(includeTags);
        return listAccounts(page, { includeTags });
      },
    });
    await some.read(DIRECTORY, { ...NOTHING, tags: true });
    expect(tagsAsked).toEqual([true, true]);
  });

  test('starts every listing at once', async () => {
    const started: string[] = [];
    const never = (name: string) => () => {
      started.push(name);
      return new Promise<never>(() => undefined);
    };
    const { inventory: some } = inventory({
      listAccounts: never('accounts'),
      listFolders: never('folders'),
      listContacts: never('contacts'),
      listAggregators: never('aggregators'),
    });
    void some.read(DIRECTORY, {
      contacts: true,
      aggregators: { ids: [], names: [], all: true },
      folders: 'all',
      tags: false,
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(started.sort()).toEqual(['accounts', 'aggregators', 'contacts', 'folders']);
  });

  test('is nothing at all when one listing fails', async () => {
    const { inventory: some } = inventory({
      listAccounts,
      listContacts: () => Promise.reject(callError('permission', 'Forbidden.RAM')),
    });
    await expect(some.read(DIRECTORY, { ...NOTHING, contacts: true })).rejects.toThrow('Forbidden.RAM');
  });

  test('travels in the lane of the reads, each call under its action and subject', async () => {
    const { inventory: some, calls } = inventory({
      getDirectory: () => Promise.resolve(DIRECTORY),
      getContact: () => Promise.resolve(contact('c-1')),
      getFolder: () => Promise.resolve(undefined),
      getAggregator: () => Promise.resolve(aggregator('ca-1', [1])),
    });
    expect(await some.directory()).toEqual(DIRECTORY);
    expect(await some.contact(contactId('c-1'), DIRECTORY)).toEqual(contact('c-1'));
    expect(await some.folder(folderId('fd-a'))).toBeUndefined();
    expect(await some.aggregator(aggregatorId('ca-1'))).toEqual(aggregator('ca-1', [1]));
    expect(calls).toEqual([
      { lane: 'read', action: 'GetResourceDirectory', subject: undefined },
      { lane: 'read', action: 'GetMessageContact', subject: 'c-1' },
      { lane: 'read', action: 'GetFolder', subject: 'fd-a' },
      { lane: 'read', action: 'GetAggregator', subject: 'ca-1' },
    ]);
  });
});

describe('the folders', () => {
  const tree: readonly Folder[] = [
    folder('fd-1'),
    folder('fd-2'),
    folder('fd-11', 'fd-1'),
    folder('fd-111', 'fd-11'),
    folder('fd-1111', 'fd-111'),
    folder('fd-11111', 'fd-1111'),
  ];
  const listFolders: CloudReader['listFolders'] = (parent, page) =>
    Promise.resolve(
      pageOf(
        tree.filter(({ parentId }) => parentId === parent),
        page,
      ),
    );

  test('are read to the fifth level, one listing for each folder and one for Root', async () => {
    const { inventory: some, calls } = inventory({ listFolders });
    const folders = await some.folders(DIRECTORY.rootFolderId);
    expect(new Set(folders)).toEqual(new Set(tree));
    expect(folders.length).toBe(tree.length);
    expect(calls.map(({ subject }) => subject).sort()).toEqual([
      'fd-1',
      'fd-11',
      'fd-111',
      'fd-1111',
      'fd-11111',
      'fd-2',
      'r-9xKp2d',
    ]);
  });

  test('are an error that names the folder when one listing does not add up', async () => {
    const { inventory: some } = inventory({
      listFolders: async (parent, page) => {
        const whole = await listFolders(parent, page);
        return parent === 'fd-11' ? { ...whole, totalCount: 2 } : whole;
      },
    });
    await expect(some.folders(DIRECTORY.rootFolderId)).rejects.toThrow(
      'Incomplete: the list of folders in fd-11 could not be read completely: 1 of 2 after 3 readings',
    );
  });
});

describe('the aggregators', () => {
  const GROUPS = [aggregator('ca-1', [1, 2], { name: 'prod' }), aggregator('ca-2', [3], { name: 'test' })];
  const summaries = GROUPS.map(({ accounts: _, ...summary }) => summary);
  const listAggregators: CloudReader['listAggregators'] = (token) =>
    Promise.resolve(
      token === undefined
        ? { items: summaries.slice(0, 1), nextToken: 'more' }
        : { items: summaries.slice(1), nextToken: undefined },
    );
  const getAggregator: CloudReader['getAggregator'] = (id) =>
    Promise.resolve(GROUPS.find((group) => group.id === id));

  test.each<[string, Needs['aggregators'], readonly string[], readonly string[]]>([
    [
      'by id: no list',
      { ids: [aggregatorId('ca-2')], names: [], all: false },
      ['GetAggregator ca-2'],
      ['ca-2'],
    ],
    [
      'by name: the list, then the one',
      { ids: [], names: ['prod'], all: false },
      ['ListAggregators', 'ListAggregators', 'GetAggregator ca-1'],
      ['ca-1'],
    ],
    [
      'by id and by name: the same one is read once, beside the list',
      { ids: [aggregatorId('ca-1')], names: ['prod'], all: false },
      ['ListAggregators', 'GetAggregator ca-1', 'ListAggregators'],
      ['ca-1'],
    ],
    [
      'all: the list, and none of the others in full',
      { ids: [], names: [], all: true },
      ['ListAggregators', 'ListAggregators'],
      [],
    ],
    [
      'a name that nobody has',
      { ids: [], names: ['none'], all: false },
      ['ListAggregators', 'ListAggregators'],
      [],
    ],
    [
      'an id that nobody has',
      { ids: [aggregatorId('ca-9')], names: [], all: false },
      ['GetAggregator ca-9'],
      [],
    ],
  ])('%s', async (_, needs, expectedCalls, expectedIds) => {
    const { inventory: some, calls } = inventory({ listAggregators, getAggregator });
    const { list, details } = await some.aggregators(needs);
    expect(calls.map(({ action, subject }) => [action, subject].join(' ').trim())).toEqual(expectedCalls);
    expect(details.map(({ id }) => id)).toEqual(expectedIds);
    expect(list).toEqual(expectedCalls.includes('ListAggregators') ? summaries : undefined);
  });

  test.each([
    [1, 'aggregator ca-1 could not be read completely: 2 of 1 accounts'],
    [3, 'aggregator ca-1 could not be read completely: 2 of 3 accounts'],
  ])('with a count of %i and two members is an error, not a smaller state', async (accountCount, message) => {
    const { inventory: some } = inventory({
      getAggregator: () => Promise.resolve(aggregator('ca-1', [1, 2], { accountCount })),
    });
    await expect(some.aggregator(aggregatorId('ca-1'))).rejects.toMatchObject({
      failure: { code: 'Incomplete', message },
    });
  });
});

test('the readings that applying needs go by id, and are complete', async () => {
  const { inventory: some } = inventory({
    listContacts: (page) => Promise.resolve(pageOf([contact('c-1', [1]), contact('c-2')], page)),
    getContact: () => Promise.resolve(undefined),
    getAggregator: () => Promise.resolve(aggregator('ca-1', [1])),
  });
  const state = some.stateOf(DIRECTORY);
  expect([...(await state.contacts()).keys()]).toEqual(['c-1', 'c-2']);
  expect(await state.contact(contactId('c-9'))).toBeUndefined();
  expect([...((await state.aggregator(aggregatorId('ca-1')))?.accounts.keys() ?? [])]).toEqual([
    accountId(1),
  ]);
});

describe('a bound folder that shows in no path of an account', () => {
  const empty = folder('fd-empty');
  const world = (found: readonly Folder[]) =>
    inventory({
      listAccounts: (page) => Promise.resolve(pageOf([account(1, ['fd-home'])], page)),
      listContacts: (page) =>
        Promise.resolve(
          pageOf([contact('c-1', ['fd-home', 'fd-empty']), contact('c-2', ['fd-empty'])], page),
        ),
      getFolder: (id) => Promise.resolve(found.find((one) => one.id === id)),
      listFolders: (parent, page) =>
        Promise.resolve(pageOf(parent === DIRECTORY.rootFolderId ? [folder('fd-home')] : [], page)),
    });
  const contactsOnly = { ...NOTHING, contacts: true };

  test('is asked for once, and the tree stays unread when it is there', async () => {
    const { inventory: some, calls } = world([empty]);
    expect((await some.read(DIRECTORY, contactsOnly)).folders).toBeUndefined();
    expect(calls.map(({ action }) => action)).toEqual(['ListAccounts', 'ListMessageContacts', 'GetFolder']);
  });

  test('makes the tree be read when it is gone, since only that can tell', async () => {
    const { inventory: some } = world([]);
    const { folders } = await some.read(DIRECTORY, contactsOnly);
    expect([...(folders?.keys() ?? [])]).toEqual(['fd-home']);
  });

  test('is not asked for by itself where the tree is read anyway', async () => {
    const { inventory: some, calls } = world([]);
    await some.read(DIRECTORY, { ...contactsOnly, folders: 'all' });
    expect(calls.filter(({ action }) => action === 'GetFolder')).toEqual([]);
  });
});
