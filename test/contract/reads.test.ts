import { describe, expect, it } from 'vitest';
import { contract } from './contract.ts';

/** Shapes as the reference pages give them. These tests call nothing that writes. */

const { call, outcome } = await contract();

const text = expect.any(String) as string;
const number = expect.any(Number) as number;
const uuid = expect.stringMatching(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i) as string;
const account = expect.stringMatching(/^\d{16}$/) as string;
const folder = expect.stringMatching(/^(fd-|r-)\w+$/) as string;
const contactDate = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) as string;
const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/) as string;
const totals = { RequestId: uuid, TotalCount: number, PageNumber: 1 };

type Rows = readonly Record<string, unknown>[];

/** Holds each row against the shape; further keys are the service's business. */
function expectRows(rows: unknown, shape: Record<string, unknown>): void {
  for (const row of rows as Rows) expect(row).toMatchObject(shape);
}

describe('the resource directory', () => {
  it('GetResourceDirectory names the directory, its root folder and its management account', async () => {
    expect(await call('GetResourceDirectory')).toEqual({
      RequestId: uuid,
      ResourceDirectory: expect.objectContaining({
        ResourceDirectoryId: expect.stringMatching(/^rd-\w+$/) as string,
        RootFolderId: expect.stringMatching(/^r-\w+$/) as string,
        MasterAccountId: account,
        MasterAccountName: text,
        CreateTime: isoTime,
      }) as object,
    });
  });

  it('ListAccounts wraps its rows and has account ids as text', async () => {
    const { Accounts, ...rest } = await call('ListAccounts', { PageSize: '100', IncludeTags: 'true' });
    expect(rest).toMatchObject({ ...totals, PageSize: 100 });
    expectRows((Accounts as { Account: Rows }).Account, {
      AccountId: account,
      DisplayName: text,
      FolderId: folder,
      ResourceDirectoryId: text,
      JoinMethod: expect.stringMatching(/^(invited|created)$/) as string,
      JoinTime: isoTime,
      Status: text,
      Type: expect.stringMatching(/^(CloudAccount|ResourceAccount)$/) as string,
    });
  });

  it('ListAccounts with MaxResults pages by token, and the token of the last page is empty or missing', async () => {
    const seen: unknown[] = [];
    let NextToken = '';
    do {
      const answer = await call('ListAccounts', {
        MaxResults: '2',
        ...(NextToken === '' ? {} : { NextToken }),
      });
      seen.push(...(answer['Accounts'] as { Account: Rows }).Account.map((row) => row['AccountId']));
      NextToken = (answer['NextToken'] as string | undefined) ?? '';
    } while (NextToken !== '' && seen.length < 10);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('ListAccountsForParent, GetAccount, GetPayerForAccount and ListAncestors tell of an account in the root', async () => {
    const { Accounts } = await call('ListAccountsForParent', {});
    const [row] = (Accounts as { Account: Rows }).Account;
    if (row === undefined) return;
    const AccountId = String(row['AccountId']);
    const { Account } = await call('GetAccount', { AccountId, IncludeTags: 'true' });
    expect(Account).toMatchObject({ AccountId, FolderId: folder, Status: text });
    expect(Array.isArray((Account as { Tags?: unknown }).Tags ?? [])).toBe(true);
    expect(await call('GetPayerForAccount', { AccountId })).toMatchObject({ RequestId: uuid });
    const { Folders } = await call('ListAncestors', { ChildId: AccountId });
    expectRows((Folders as { Folder: Rows }).Folder, {
      FolderId: folder,
      FolderName: text,
      CreateTime: isoTime,
    });
  });

  it('ListFoldersForParent lists the first level, and GetFolder each with its path', async () => {
    const { Folders, ...rest } = await call('ListFoldersForParent', { PageSize: '100' });
    expect(rest).toMatchObject({ ...totals, PageSize: 100 });
    const rows = (Folders as { Folder: Rows }).Folder;
    expectRows(rows, { FolderId: folder, FolderName: text, CreateTime: isoTime });
    for (const row of rows.slice(0, 3)) {
      expect(await call('GetFolder', { FolderId: String(row['FolderId']) })).toMatchObject({
        Folder: {
          ParentFolderId: folder,
          ResourceDirectoryPath: expect.stringMatching(/^rd-\w+\/r-\w+\/fd-/) as string,
        },
      });
    }
  });

  it('ListTagResources lists a row for each tag', async () => {
    const { TagResources } = await call('ListTagResources', { ResourceType: 'Account', MaxResults: '20' });
    const rows = Array.isArray(TagResources)
      ? TagResources
      : (TagResources as { TagResource: Rows }).TagResource;
    expectRows(rows, { ResourceId: account, TagKey: text, TagValue: text });
  });

  it.each([
    ['GetAccount', {}, 'MissingParameter.AccountId'],
    ['GetAccount', { AccountId: '1' }, 'InvalidParameter.AccountId'],
    ['GetAccount', { AccountId: '1000000000000009' }, 'EntityNotExists.Account'],
    ['GetFolder', {}, 'MissingParameter.FolderId'],
    ['GetFolder', { FolderId: 'x' }, 'InvalidParameter.FolderId'],
    ['GetFolder', { FolderId: 'fd-0000000000' }, 'EntityNotExists.Folder'],
    ['ListFoldersForParent', { ParentFolderId: 'x' }, 'InvalidParameter.ParentFolderId'],
    ['ListFoldersForParent', { ParentFolderId: 'fd-0000000000' }, 'EntityNotExists.Folder'],
  ])('%s with %o is refused with %s', async (action, parameters, code) => {
    expect(await outcome(action, parameters)).toBe(code);
  });
});

describe('contacts', () => {
  it('ListMessageContacts has flat lists, and GetMessageContact the same contact without AssociatedDate', async () => {
    const { Contacts, ...rest } = await call('ListMessageContacts', { PageSize: '100' });
    expect(rest).toMatchObject(totals);
    expectRows(Contacts, {
      ContactId: expect.stringMatching(/^c-\w+$/) as string,
      Name: text,
      MessageTypes: expect.any(Array) as unknown[],
      Members: expect.any(Array) as unknown[],
      Status: expect.stringMatching(/^(Verifying|Active|Deleting)$/) as string,
      CreateDate: contactDate,
    });
    for (const row of (Contacts as Rows).slice(0, 2)) {
      const { AssociatedDate: _, ...same } = row;
      expect(await call('GetMessageContact', { ContactId: String(row['ContactId']) })).toMatchObject({
        Contact: same,
      });
    }
  });

  it('ListMessageContactVerifications lists the addresses that wait', async () => {
    const { ContactVerifications, ...rest } = await call('ListMessageContactVerifications');
    expect(rest).toMatchObject(totals);
    expectRows(ContactVerifications, { ContactId: text, Target: text });
  });

  it.each([
    ['GetMessageContact', {}, 'MissingParameter.ContactId'],
    ['GetMessageContact', { ContactId: 'x' }, 'InvalidParameter.ContactId'],
    ['GetMessageContact', { ContactId: 'c-0000000000000000' }, 'EntityNotExists.Contact'],
    ['GetMessageContactDeletionStatus', {}, 'MissingParameter.ContactId'],
    ['GetMessageContactDeletionStatus', { ContactId: 'c-0000000000000000' }, 'EntityNotExists.Contact'],
    ['ListMessageContacts', { Member: 'x' }, 'InvalidParameter.Member'],
  ])('%s with %o is refused with %s', async (action, parameters, code) => {
    expect(await outcome(action, parameters)).toBe(code);
  });
});

describe('account groups', () => {
  it('ListAggregators nests its rows, and GetAggregator has the accounts with numbers for ids', async () => {
    const { AggregatorsResult } = await call('ListAggregators', { MaxResults: '100' });
    const rows = (AggregatorsResult as { Aggregators: Rows }).Aggregators;
    expectRows(rows, {
      AggregatorId: expect.stringMatching(/^ca-\w+$/) as string,
      AggregatorName: text,
      AggregatorType: expect.stringMatching(/^(CUSTOM|RD|FOLDER)$/) as string,
      AggregatorStatus: number,
      AggregatorAccountCount: number,
      AccountId: number,
    });
    for (const row of rows.slice(0, 3)) {
      const { Aggregator } = await call('GetAggregator', { AggregatorId: String(row['AggregatorId']) });
      expect(Aggregator).toMatchObject({ AggregatorName: row['AggregatorName'], AggregatorStatus: number });
      expectRows((Aggregator as { AggregatorAccounts: Rows }).AggregatorAccounts, {
        AccountId: number,
        AccountType: 'ResourceDirectory',
        RecorderStatus: expect.stringMatching(/^(REGISTRABLE|BUILDING|REGISTERED|REBUILDING)$/) as string,
      });
    }
  });

  it('GetAggregator refuses an id that is none', async () => {
    expect(await outcome('GetAggregator', { AggregatorId: 'ca-00000000000000000000' })).toBe(
      'Invalid.AggregatorId.Value',
    );
  });
});

describe('the caller', () => {
  it('GetCallerIdentity names account, kind and resource name', async () => {
    expect(await call('GetCallerIdentity')).toMatchObject({
      RequestId: uuid,
      AccountId: account,
      IdentityType: expect.stringMatching(/^(Account|RAMUser|AssumedRoleUser)$/) as string,
      Arn: expect.stringMatching(/^acs:ram::\d{16}:/) as string,
    });
  });

  it.each([
    [{ RoleArn: 'x', RoleSessionName: 'reader' }, 'InvalidParameter.RoleArn'],
    [
      { RoleArn: 'acs:ram::1000000000000001:role/Reader', RoleSessionName: 'a b' },
      'InvalidParameter.RoleSessionName',
    ],
    [{ RoleArn: 'acs:ram::1000000000000009:role/Nobody', RoleSessionName: 'reader' }, 'NoPermission'],
  ])('AssumeRole with %o is refused with %s', async (parameters, code) => {
    expect(await outcome('AssumeRole', parameters)).toBe(code);
  });
});
