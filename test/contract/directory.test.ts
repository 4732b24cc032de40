import { describe, expect, it } from 'vitest';
import { contract } from './contract.ts';

const { call, outcome, settled, target } = await contract();

async function createdFolder(FolderName: string, ParentFolderId?: string): Promise<string> {
  const parent = ParentFolderId === undefined ? {} : { ParentFolderId };
  const { Folder } = await call('CreateFolder', { FolderName, ...parent });
  return (Folder as { FolderId: string }).FolderId;
}

describe.runIf(target.mayWrite)('a folder', () => {
  it('is created, renamed, listed with its ancestors, and deleted when nothing is in it', async () => {
    const outer = await createdFolder('contract-outer');
    const inner = await createdFolder('contract-inner', outer);
    expect(inner).toMatch(/^fd-\w{10}$/);
    expect(await call('UpdateFolder', { FolderId: inner, NewFolderName: 'contract-2' })).toMatchObject({
      Folder: { FolderId: inner, FolderName: 'contract-2', ParentFolderId: outer },
    });
    const { Folders } = await call('ListAncestors', { ChildId: inner });
    expect((Folders as { Folder: { FolderId: string }[] }).Folder.map(({ FolderId }) => FolderId)).toContain(
      outer,
    );
    expect(await outcome('DeleteFolder', { FolderId: outer })).toBe('DeleteConflict.Folder.SubFolder');
    expect(await settled('DeleteFolder', { FolderId: inner })).toBe('200');
    expect(await settled('DeleteFolder', { FolderId: outer })).toBe('200');
    expect(await outcome('GetFolder', { FolderId: outer })).toBe('EntityNotExists.Folder');
  });

  it.each([
    [{}, 'MissingParameter.Folder.Name'],
    [{ FolderName: 'a b' }, 'InvalidParameter.Folder.Name'],
    [{ FolderName: 'x'.repeat(25) }, 'InvalidParameter.Folder.Name.Length'],
    [{ FolderName: 'x', ParentFolderId: 'y' }, 'InvalidParameter.ParentFolderId'],
    [{ FolderName: 'x', ParentFolderId: 'fd-0000000000' }, 'EntityNotExists.Folder'],
  ])('is not created with %o: %s', async (parameters, code) => {
    expect(await outcome('CreateFolder', parameters as Record<string, string>)).toBe(code);
  });

  it('has a name of its own beside its siblings, and at most five levels', async () => {
    const chain: string[] = [];
    for (const level of [1, 2, 3, 4, 5]) chain.push(await createdFolder(`level-${level}`, chain.at(-1)));
    expect(await outcome('CreateFolder', { FolderName: 'level-1' })).toBe(
      'InvalidParameter.Folder.Name.AlreadyUsed',
    );
    expect(await outcome('CreateFolder', { FolderName: 'six', ParentFolderId: chain[4] ?? '' })).toBe(
      'LimitExceeded.Folder.Depth',
    );
    for (const FolderId of chain.toReversed())
      expect(await settled('DeleteFolder', { FolderId })).toBe('200');
  });
});

describe.runIf(target.mayWrite && !target.isReal)('an account (created in the emulator only)', () => {
  it('is created, renamed, tagged, moved, and deleted after the check', async () => {
    const folder = await createdFolder('contract-home');
    const { Account } = await call('CreateResourceAccount', {
      DisplayName: 'Contract Dev',
      AccountNamePrefix: 'contract.dev',
      'Tag.1.Key': 'env',
      'Tag.1.Value': 'dev',
    });
    expect(Account).toMatchObject({
      DisplayName: 'Contract Dev',
      AccountName: expect.stringMatching(/^contract\.dev@rd-\w+\.aliyunid\.com$/) as string,
      JoinMethod: 'created',
      Status: 'CreateSuccess',
      Type: 'ResourceAccount',
    });
    const { AccountId } = Account as { AccountId: string };
    expect(await call('UpdateAccount', { AccountId, NewDisplayName: 'Dev' })).toMatchObject({
      Account: { AccountId, DisplayName: 'Dev' },
    });
    expect(await settled('MoveAccount', { AccountId, DestinationFolderId: folder })).toBe('200');
    expect(await call('GetAccount', { AccountId, IncludeTags: 'true' })).toMatchObject({
      Account: { FolderId: folder, Tags: [{ Key: 'env', Value: 'dev' }] },
    });
    expect(await outcome('DeleteFolder', { FolderId: folder })).toBe('DeleteConflict.Folder.Account');
    const resource = { ResourceType: 'Account', 'ResourceId.1': AccountId };
    await call('TagResources', { ...resource, 'Tag.1.Key': 'team', 'Tag.1.Value': 'pay' });
    await call('UntagResources', { ...resource, 'TagKey.1': 'env' });
    expect(await call('ListTagResources', resource)).toMatchObject({
      TagResources: [{ ResourceId: AccountId, TagKey: 'team', TagValue: 'pay' }],
    });
    expect(await outcome('RemoveCloudAccount', { AccountId })).toBe('AccountTypeOrStatusMismatch');
    await call('CheckAccountDelete', { AccountId });
    expect(await call('GetAccountDeletionCheckResult', { AccountId })).toMatchObject({
      AccountDeletionCheckResultInfo: { AllowDelete: 'true' },
    });
    expect(await call('DeleteAccount', { AccountId })).toMatchObject({ DeletionType: '0' });
    expect(await outcome('GetAccount', { AccountId })).toBe('EntityNotExists.Account');
    expect(await settled('DeleteFolder', { FolderId: folder })).toBe('200');
  });

  it.each([
    [{}, 'MissingParameter.Account.DisplayName'],
    [{ DisplayName: 'x' }, 'InvalidParameter.Account.DisplayName.Length'],
    [{ DisplayName: 'a/b' }, 'InvalidParameter.Account.DisplayName'],
    [{ DisplayName: 'payments-prod' }, 'InvalidParameter.Account.DisplayName.AlreadyUsed'],
    [{ DisplayName: 'fine', AccountNamePrefix: 'a..b' }, 'InvalidParameter.Account.AccountNamePrefix'],
    [{ DisplayName: 'fine', AccountNamePrefix: 'a' }, 'InvalidParameter.Account.AccountNamePrefix.Length'],
    [{ DisplayName: 'fine', ParentFolderId: 'fd-0000000000' }, 'EntityNotExists.Folder'],
  ])('is not created with %o: %s', async (parameters, code) => {
    expect(await outcome('CreateResourceAccount', parameters as Record<string, string>)).toBe(code);
  });
});
