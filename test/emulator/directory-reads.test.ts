import { describe, expect, it } from 'vitest';
import { harness } from './harness.ts';
import { BIG, LEDGER, MANAGEMENT, PAYMENTS, SANDBOX } from './world.ts';

interface Accounts {
  readonly NextToken?: string;
  readonly Accounts: { readonly Account: readonly { readonly AccountId: string; readonly Tags?: unknown }[] };
}

const idsIn = (body: unknown): string[] =>
  (body as Accounts).Accounts.Account.map(({ AccountId }) => AccountId);

describe('GetResourceDirectory and GetCallerIdentity', () => {
  it('name the directory, its root and its management account', () => {
    const world = harness();
    expect(world.body('GetResourceDirectory')['ResourceDirectory']).toMatchObject({
      ResourceDirectoryId: 'rd-3mNq8W',
      RootFolderId: 'r-Zo0kQ1',
      MasterAccountId: MANAGEMENT,
      MasterAccountName: 'Example Holding',
    });
    expect(world.body('GetCallerIdentity')).toMatchObject({ AccountId: MANAGEMENT, IdentityType: 'RAMUser' });
  });
});

describe('ListAccounts', () => {
  it('lists members only, wrapped, ids as text digit for digit, with the path', () => {
    const world = harness();
    const { body } = world.answer('ListAccounts');
    expect(body).toContain(`"AccountId":"${BIG}"`);
    expect(idsIn(JSON.parse(body))).toEqual([PAYMENTS, LEDGER, SANDBOX, BIG]);
    expect((JSON.parse(body) as Accounts).Accounts.Account[0]).toEqual({
      AccountId: PAYMENTS,
      AccountName: 'payments-prod@rd-3mNq8W.aliyunid.com',
      DisplayName: 'payments-prod',
      FolderId: 'fd-Payments',
      ResourceDirectoryId: 'rd-3mNq8W',
      ResourceDirectoryPath: `rd-3mNq8W/r-Zo0kQ1/fd-Production/fd-Payments/${PAYMENTS}`,
      JoinMethod: 'created',
      JoinTime: '2023-01-01T00:00:00Z',
      ModifyTime: '2023-01-01T00:00:00Z',
      Status: 'CreateSuccess',
      Type: 'ResourceAccount',
    });
  });

  it('pages by number and counts all', () => {
    const body = harness().body('ListAccounts', { PageSize: '3', PageNumber: '2' });
    expect(body).toMatchObject({ TotalCount: '4', PageNumber: '2', PageSize: '3' });
    expect(idsIn(body)).toEqual([BIG]);
  });

  it('pages by token when MaxResults is given, whatever the page number, until the token is empty', () => {
    const world = harness();
    const first = world.body('ListAccounts', { MaxResults: '2', PageNumber: '9' });
    expect(idsIn(first)).toEqual([PAYMENTS, LEDGER]);
    const second = world.body('ListAccounts', { MaxResults: '2', NextToken: String(first['NextToken']) });
    expect(idsIn(second)).toEqual([SANDBOX, BIG]);
    expect(second['NextToken']).toBe('');
  });

  it('shows tags only when asked', () => {
    const world = harness();
    const [plain] = (world.body('ListAccounts') as unknown as Accounts).Accounts.Account;
    expect(plain).not.toHaveProperty('Tags');
    const { Account } = (world.body('ListAccounts', { IncludeTags: 'true' }) as unknown as Accounts).Accounts;
    expect(Account.map(({ Tags }) => Tags)).toEqual([
      {
        Tag: [
          { Key: 'env', Value: 'prod' },
          { Key: 'team', Value: 'pay' },
        ],
      },
      { Tag: [{ Key: 'env', Value: 'prod' }] },
      { Tag: [] },
      { Tag: [] },
    ]);
  });

  it.each([
    [{ 'Tag.1.Key': 'env', 'Tag.1.Value': 'prod' }, [PAYMENTS, LEDGER]],
    [{ 'Tag.1.Key': 'team' }, [PAYMENTS]],
    [{ 'Tag.1.Key': 'env', 'Tag.1.Value': 'prod', 'Tag.2.Key': 'team', 'Tag.2.Value': 'pay' }, [PAYMENTS]],
    [{ 'Tag.1.Key': 'env', 'Tag.1.Value': 'test' }, []],
    [{ QueryKeyword: 'sandbox' }, [SANDBOX]],
    [{ QueryKeyword: '917380' }, [BIG]],
  ])('filters by %o', (parameters, expected) => {
    expect(idsIn(harness().body('ListAccounts', parameters))).toEqual(expected);
  });

  it.each([
    [{ PageSize: '101' }, '400 InvalidParameter.PageSize'],
    [{ MaxResults: '101' }, '400 InvalidParameter.MaxResults'],
    [{ MaxResults: '10', NextToken: 'nonsense' }, '400 InvalidParameter.NextToken'],
  ])('refuses %o', (parameters, expected) => {
    expect(harness().outcome('ListAccounts', parameters)).toBe(expected);
  });
});

describe('ListAccountsForParent', () => {
  it.each([
    [{}, [BIG]],
    [{ ParentFolderId: 'r-Zo0kQ1' }, [BIG]],
    [{ ParentFolderId: 'fd-Production' }, [LEDGER]],
    [{ ParentFolderId: 'fd-Production', QueryKeyword: 'payments' }, []],
  ])('with %o lists direct children only', (parameters, expected) => {
    const body = harness().body('ListAccountsForParent', parameters);
    expect(idsIn(body)).toEqual(expected);
    expect(JSON.stringify(body)).not.toContain('ResourceDirectoryPath');
  });

  it.each([
    [{ ParentFolderId: 'Production' }, '400 InvalidParameter.ParentFolderId'],
    [{ ParentFolderId: 'fd-Elsewhere' }, '404 EntityNotExists.Folder'],
    [{ ParentFolderId: 'r-Elsewhere' }, '404 EntityNotExists.Folder'],
  ])('refuses %o, as ListFoldersForParent does', (parameters, expected) => {
    expect(harness().outcome('ListAccountsForParent', parameters)).toBe(expected);
    expect(harness().outcome('ListFoldersForParent', parameters)).toBe(expected);
  });
});

describe('ListFoldersForParent and GetFolder', () => {
  it.each([
    [{}, ['fd-Production', 'fd-Sandbox']],
    [{ ParentFolderId: 'fd-Production' }, ['fd-Payments']],
    [{ ParentFolderId: 'fd-Sandbox' }, []],
    [{ QueryKeyword: 'Sand' }, ['fd-Sandbox']],
    [{ PageSize: '1', PageNumber: '2' }, ['fd-Sandbox']],
  ])('with %o lists the first level only', (parameters, expected) => {
    const { Folders } = harness().body('ListFoldersForParent', parameters) as {
      Folders: { Folder: { FolderId: string }[] };
    };
    expect(Folders.Folder.map(({ FolderId }) => FolderId)).toEqual(expected);
  });

  it('show parent and path', () => {
    expect(harness().body('GetFolder', { FolderId: 'fd-Payments' })['Folder']).toEqual({
      FolderId: 'fd-Payments',
      FolderName: 'Payments',
      ParentFolderId: 'fd-Production',
      CreateTime: '2023-01-01T00:00:00Z',
      ResourceDirectoryPath: 'rd-3mNq8W/r-Zo0kQ1/fd-Production/fd-Payments',
    });
  });

  it('know the root folder', () => {
    expect(harness().body('GetFolder', { FolderId: 'r-Zo0kQ1' })['Folder']).toMatchObject({
      FolderName: 'Root',
      ParentFolderId: '',
      ResourceDirectoryPath: 'rd-3mNq8W/r-Zo0kQ1',
    });
  });

  it.each([
    [{}, '400 MissingParameter.FolderId'],
    [{ FolderId: 'Payments' }, '400 InvalidParameter.FolderId'],
    [{ FolderId: 'fd-Elsewhere' }, '404 EntityNotExists.Folder'],
  ])('refuse %o', (parameters, expected) => {
    expect(harness().outcome('GetFolder', parameters)).toBe(expected);
  });
});

describe('GetAccount', () => {
  it('has its tags flat', () => {
    expect(harness().body('GetAccount', { AccountId: LEDGER, IncludeTags: 'true' })['Account']).toMatchObject(
      {
        AccountId: LEDGER,
        Tags: [{ Key: 'env', Value: 'prod' }],
      },
    );
    expect(harness().body('GetAccount', { AccountId: SANDBOX })['Account']).toMatchObject({
      JoinMethod: 'invited',
      Status: 'InviteSuccess',
    });
  });

  it.each([
    [{}, '400 MissingParameter.AccountId'],
    [{ AccountId: '12' }, '400 InvalidParameter.AccountId'],
    [{ AccountId: '1999999999999999' }, '404 EntityNotExists.Account'],
  ])('refuses %o', (parameters, expected) => {
    expect(harness().outcome('GetAccount', parameters)).toBe(expected);
  });
});
