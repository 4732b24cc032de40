import { describe, expect, it } from 'vitest';
import { accountsText, harness } from './harness.ts';
import { BIG, BY_FOLDER, CUSTOM, LEDGER, MANAGEMENT, PAYMENTS, SANDBOX, WHOLE } from './world.ts';

const update = (AggregatorAccounts: string, more: Record<string, string> = {}) => ({
  AggregatorId: CUSTOM,
  AggregatorAccounts,
  ...more,
});

describe('ListAggregators', () => {
  it('nests items and token, counts accounts, and has no members', () => {
    const { body } = harness().answer('ListAggregators', { MaxResults: '1' });
    expect(body).toContain(
      `"AggregatorsResult":{"NextToken":"YWdncmVnYXRvcnM6MQ","Aggregators":[{"AggregatorId":"${CUSTOM}","AggregatorName":"production","Description":"","AggregatorType":"CUSTOM","AggregatorStatus":1,"AggregatorAccountCount":2,"AggregatorCreateTimestamp":1672531200000,"AccountId":${MANAGEMENT}}]}`,
    );
  });

  it('goes on with the token until it is empty', () => {
    const world = harness();
    const { AggregatorsResult } = world.body('ListAggregators', {
      MaxResults: '2',
      NextToken: Buffer.from('aggregators:1').toString('base64url'),
    });
    expect(AggregatorsResult).toMatchObject({
      NextToken: '',
      Aggregators: [
        { AggregatorId: WHOLE, AggregatorAccountCount: '5' },
        { AggregatorId: BY_FOLDER, AggregatorAccountCount: '2', FolderId: 'fd-Production' },
      ],
    });
  });

  it.each([
    [{}, '400 MissingParameter.MaxResults'],
    [{ MaxResults: '0' }, '400 InvalidParameter.MaxResults'],
    [{ MaxResults: '101' }, '400 InvalidParameter.MaxResults'],
    [
      { MaxResults: '1', NextToken: Buffer.from('accounts:1').toString('base64url') },
      '400 InvalidParameter.NextToken',
    ],
  ])('refuses %o', (parameters, expected) => {
    expect(harness().outcome('ListAggregators', parameters)).toBe(expected);
  });
});

describe('GetAggregator', () => {
  it('shows account ids as JSON numbers, digit for digit above 2^53', () => {
    const { body } = harness().answer('GetAggregator', { AggregatorId: CUSTOM });
    expect(body).toContain(
      `"AggregatorAccounts":[{"AccountId":${PAYMENTS},"AccountName":"payments-prod","AccountType":"ResourceDirectory","RecorderStatus":"REGISTERED"},{"AccountId":${BIG},"AccountName":"Tony",`,
    );
  });

  it.each([
    [WHOLE, [MANAGEMENT, PAYMENTS, LEDGER, SANDBOX, BIG]],
    [BY_FOLDER, [PAYMENTS, LEDGER]],
  ])('computes the accounts of %s from the directory', (AggregatorId, expected) => {
    const { Aggregator } = harness().body('GetAggregator', { AggregatorId }) as {
      Aggregator: { AggregatorAccounts: { AccountId: string }[] };
    };
    expect(Aggregator.AggregatorAccounts.map(({ AccountId }) => AccountId)).toEqual(expected);
  });

  it.each([[{}], [{ AggregatorId: 'ca-unknown' }]])('refuses %o without saying why', (parameters) => {
    expect(harness().outcome('GetAggregator', parameters)).toBe('400 Invalid.AggregatorId.Value');
  });
});

describe('UpdateAggregator', () => {
  it.each([
    ['numbers', accountsText([BIG, LEDGER])],
    [
      'text',
      `[{"AccountId":"${BIG}","AccountType":"ResourceDirectory"},{"AccountId":"${LEDGER}","AccountType":"ResourceDirectory"}]`,
    ],
    [
      'lower camel case',
      `[{"accountId":${BIG},"accountType":"ResourceDirectory"},{"accountId":"${LEDGER}","accountType":"ResourceDirectory"}]`,
    ],
  ])('replaces the whole list, given as %s', (_, list) => {
    const world = harness();
    expect(world.body('UpdateAggregator', update(list))).toMatchObject({ AggregatorId: CUSTOM });
    expect(world.accountsOf(CUSTOM)).toEqual([BIG, LEDGER]);
    expect(world.cloud.calls()[0]).toMatchObject({ owner: CUSTOM, members: [BIG, LEDGER], applied: true });
  });

  it('takes the management account, and names from the call or else from the directory', () => {
    const world = harness();
    const list = `[{"AccountId":${MANAGEMENT},"AccountType":"ResourceDirectory"},{"AccountId":${LEDGER},"AccountName":"Books","AccountType":"ResourceDirectory"}]`;
    world.answer('UpdateAggregator', update(list));
    expect(world.cloud.snapshot().aggregators[0]?.accounts).toEqual([
      { id: MANAGEMENT, name: 'Example Holding' },
      { id: LEDGER, name: 'Books' },
    ]);
  });

  it.each([[{ AggregatorId: CUSTOM }], [update('')]])(
    'leaves the list as it is when %o has none',
    (parameters) => {
      const world = harness();
      const named = { ...parameters, AggregatorName: 'renamed', Description: 'new' };
      expect(world.outcome('UpdateAggregator', named)).toBe('200');
      expect(world.accountsOf(CUSTOM)).toEqual([PAYMENTS, BIG]);
      expect(world.cloud.snapshot().aggregators[0]).toMatchObject({ name: 'renamed', description: 'new' });
    },
  );

  it('moves a FOLDER group to other folders', () => {
    const world = harness();
    world.answer('UpdateAggregator', { AggregatorId: BY_FOLDER, FolderId: 'fd-Sandbox,fd-Payments' });
    expect(world.body('GetAggregator', { AggregatorId: BY_FOLDER })['Aggregator']).toMatchObject({
      FolderId: 'fd-Sandbox,fd-Payments',
      AggregatorAccounts: [{ AccountId: PAYMENTS }, { AccountId: SANDBOX }],
    });
  });

  it.each([
    ['no group', { AggregatorAccounts: accountsText([LEDGER]) }, '400 Invalid.AggregatorId.Value'],
    ['no JSON', update('[{'), '400 Invalid.AggregatorAccounts.Value'],
    ['no list', update('{}'), '400 Invalid.AggregatorAccounts.Value'],
    ['an empty list', update('[]'), '400 Invalid.AggregatorAccounts.Empty'],
    ['an item that is no object', update('[1]'), '400 Invalid.AggregatorAccounts.Value'],
    ['a shortened id', update(accountsText(['1.73808E+15'])), '400 Invalid.AggregatorAccounts.Value'],
    ['no type', update(`[{"AccountId":${LEDGER}}]`), '400 Invalid.AccountType.Value'],
    [
      'another type',
      update(`[{"AccountId":${LEDGER},"AccountType":"Other"}]`),
      '400 Invalid.AccountType.Value',
    ],
    ['an account twice', update(accountsText([LEDGER, LEDGER])), '400 AggregatorAccountListItemDuplicated'],
    [
      'an account elsewhere',
      update(accountsText([LEDGER, '1999999999999999'])),
      '400 Invalid.AggregatorAccounts.Value',
    ],
    [
      'too many accounts',
      update(accountsText([LEDGER, BIG, SANDBOX])),
      '400 AggregatorAccountExceedMaxCount',
    ],
    [
      'a list for a group of type RD',
      { AggregatorId: WHOLE, AggregatorAccounts: accountsText([LEDGER]) },
      '400 Invalid.AggregatorAccounts.Value',
    ],
    [
      'the name of another group',
      { AggregatorId: CUSTOM, AggregatorName: 'everything' },
      '400 AggregatorNameDuplicated',
    ],
    [
      'a token that is too long',
      update(accountsText([LEDGER]), { ClientToken: 'x'.repeat(65) }),
      '400 Invalid.ClientToken.Value',
    ],
    [
      'a token that is not ASCII',
      update(accountsText([LEDGER]), { ClientToken: 'tökén' }),
      '400 Invalid.ClientToken.Value',
    ],
    [
      'a folder elsewhere',
      { AggregatorId: BY_FOLDER, FolderId: 'fd-Elsewhere' },
      '404 EntityNotExists.Folder',
    ],
  ])('refuses %s and changes nothing', (_, parameters, expected) => {
    const world = harness({ quotas: { accountsPerAggregator: 2 } });
    const before = world.cloud.snapshot();
    expect(world.outcome('UpdateAggregator', parameters)).toBe(expected);
    expect(world.cloud.snapshot()).toEqual(before);
  });
});

describe('a group that was just updated', () => {
  const pending = () => harness({ behaviour: { pendingMs: 2000 } });

  it('refuses updates until the pending time is over, and shows who joined as BUILDING', () => {
    const world = pending();
    world.answer('UpdateAggregator', update(accountsText([PAYMENTS, LEDGER])));
    const statuses = () => {
      const { Aggregator } = world.body('GetAggregator', { AggregatorId: CUSTOM }) as {
        Aggregator: { AggregatorAccounts: { RecorderStatus: string }[] };
      };
      return Aggregator.AggregatorAccounts.map(({ RecorderStatus }) => RecorderStatus);
    };
    world.now += 1999;
    expect(world.outcome('UpdateAggregator', update(accountsText([BIG])))).toBe(
      '400 AggregatorAlreadyPending',
    );
    expect(statuses()).toEqual(['REGISTERED', 'BUILDING']);
    world.now += 1;
    expect(statuses()).toEqual(['REGISTERED', 'REGISTERED']);
    expect(world.outcome('UpdateAggregator', update(accountsText([BIG])))).toBe('200');
  });

  it('is not pending after an update that was refused', () => {
    const world = pending();
    world.answer('UpdateAggregator', update('[]'));
    expect(world.outcome('UpdateAggregator', update(accountsText([BIG])))).toBe('200');
  });

  it('answers a repeated token from memory: no second write, not even A-B-A', () => {
    const world = pending();
    const first = update(accountsText([LEDGER]), { ClientToken: 'token-1' });
    world.answer('UpdateAggregator', first);
    expect(world.outcome('UpdateAggregator', first)).toBe('200');
    world.now += 5000;
    world.answer('UpdateAggregator', update(accountsText([BIG]), { ClientToken: 'token-2' }));
    expect(world.outcome('UpdateAggregator', first)).toBe('200');
    expect(world.accountsOf(CUSTOM)).toEqual([BIG]);
    expect(world.cloud.calls().map(({ applied }) => applied)).toEqual([true, false, true, false]);
  });

  it('refuses a token with another payload', () => {
    const world = pending();
    world.answer('UpdateAggregator', update(accountsText([LEDGER]), { ClientToken: 'token-1' }));
    expect(world.outcome('UpdateAggregator', update(accountsText([BIG]), { ClientToken: 'token-1' }))).toBe(
      '400 IdempotentParameterMismatch',
    );
  });

  it('does not remember the token of a refused update', () => {
    const world = pending();
    world.answer('UpdateAggregator', update(accountsText([LEDGER])));
    const retried = update(accountsText([BIG]), { ClientToken: 'token-1' });
    expect(world.outcome('UpdateAggregator', retried)).toBe('400 AggregatorAlreadyPending');
    world.now += 2000;
    expect(world.outcome('UpdateAggregator', retried)).toBe('200');
    expect(world.accountsOf(CUSTOM)).toEqual([BIG]);
  });
});
