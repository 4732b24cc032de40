import { describe, expect, it } from 'vitest';
import { accountsText, contract } from './contract.ts';

const { call, outcome, settled, until, target } = await contract();

type Group = {
  readonly AggregatorStatus: number;
  readonly AggregatorAccounts: readonly { readonly AccountId: number; readonly RecorderStatus: string }[];
};

const groupIn = (answer: Record<string, unknown>): Group => answer['Aggregator'] as Group;
const idsIn = (answer: Record<string, unknown>): string[] =>
  groupIn(answer).AggregatorAccounts.map(({ AccountId }) => String(AccountId));
const isBuilt = (answer: Record<string, unknown>): boolean =>
  groupIn(answer).AggregatorAccounts.every(({ RecorderStatus }) => RecorderStatus === 'REGISTERED');

async function accountIds(): Promise<string[]> {
  const { Accounts } = await call('ListAccounts', { PageSize: '3' });
  return (Accounts as { Account: { AccountId: string }[] }).Account.map(({ AccountId }) => AccountId);
}

describe.runIf(target.mayWrite)('an account group', () => {
  it('is created, filled, replaced as a whole, and deleted', async () => {
    const [first = '', second = '', third = ''] = await accountIds();
    const { AggregatorId: id } = await call('CreateAggregator', {
      AggregatorName: 'contract-test',
      Description: 'made by a contract test',
      AggregatorAccounts: accountsText([first]),
      ClientToken: `contract-${Date.now()}`,
    });
    const AggregatorId = String(id);
    expect(AggregatorId).toMatch(/^ca-[0-9a-f]{20}$/);
    const created = await until(
      'GetAggregator',
      { AggregatorId },
      (answer) => groupIn(answer).AggregatorStatus === 1,
    );
    expect(idsIn(created)).toEqual([first]);
    const update = { AggregatorId, AggregatorAccounts: accountsText([second, third]) };
    expect(await settled('UpdateAggregator', update)).toBe('200');
    expect(idsIn(await call('GetAggregator', { AggregatorId }))).toEqual([second, third]);
    await until('GetAggregator', { AggregatorId }, isBuilt);
    expect(
      await call('DeleteAggregators', { AggregatorIds: `${AggregatorId},ca-00000000000000000000` }),
    ).toMatchObject({
      OperateAggregatorsResult: {
        OperateAggregators: [
          { AggregatorId, Success: true },
          {
            AggregatorId: 'ca-00000000000000000000',
            Success: false,
            ErrorCode: expect.any(String) as string,
          },
        ],
      },
    });
    expect(await outcome('GetAggregator', { AggregatorId })).toBe('Invalid.AggregatorId.Value');
  });

  it.each([
    [{ AggregatorAccounts: '[]' }, 'Invalid.AggregatorAccounts.Empty'],
    [{ AggregatorAccounts: 'x' }, 'Invalid.AggregatorAccounts.Value'],
    [
      { AggregatorAccounts: '[{"AccountId":1,"AccountType":"ResourceDirectory"}]' },
      'Invalid.AggregatorAccounts.Value',
    ],
  ])('is not created with %o: %s', async (parameters, code) => {
    expect(await outcome('CreateAggregator', { AggregatorName: 'contract-no', ...parameters })).toBe(code);
  });

  it('counts an account once', async () => {
    const [first = ''] = await accountIds();
    const parameters = { AggregatorName: 'contract-no', AggregatorAccounts: accountsText([first, first]) };
    expect(await outcome('CreateAggregator', parameters)).toBe('AggregatorAccountListItemDuplicated');
  });
});

describe.runIf(target.role !== undefined)('a role', () => {
  it('gives a temporary key that signs calls and names the session as its caller', async () => {
    const RoleArn = target.role ?? '';
    const { Credentials, AssumedRoleUser } = await call('AssumeRole', {
      RoleArn,
      RoleSessionName: 'contract',
    });
    expect(AssumedRoleUser).toMatchObject({ Arn: `${RoleArn}/contract` });
    const { AccessKeyId, AccessKeySecret, SecurityToken, Expiration } = Credentials as Record<string, string>;
    expect(AccessKeyId).toMatch(/^STS\./);
    expect(Date.parse(Expiration ?? '')).toBeGreaterThan(Date.now());
    const key = {
      accessKeyId: AccessKeyId ?? '',
      accessKeySecret: AccessKeySecret ?? '',
      securityToken: SecurityToken ?? '',
    };
    expect(await call('GetCallerIdentity', {}, key)).toMatchObject({
      IdentityType: 'AssumedRoleUser',
      Arn: expect.stringMatching(/:assumed-role\/\w+\/contract$/) as string,
    });
    expect(await call('GetResourceDirectory', {}, key)).toMatchObject({ ResourceDirectory: {} });
  });
});
