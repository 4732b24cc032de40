import { describe, expect, it } from 'vitest';
import { EmulatedCloud } from '../../src/emulator/emulated-cloud.ts';
import { KeyRing } from '../../src/emulator/key-ring.ts';
import { accountsText, Harness, harness, membersParameters } from './harness.ts';
import {
  BIG,
  BY_FOLDER,
  CUSTOM,
  FINANCE,
  LEDGER,
  MANAGEMENT,
  PAYMENTS,
  SANDBOX,
  START,
  worldState,
} from './world.ts';

const CONTACT = {
  Name: 'Tester',
  EmailAddress: 'a@example.com',
  Title: 'Other',
  'MessageTypes.1': 'FaultMessage',
};

describe('writes of Resource Directory', () => {
  it.each<[string, Record<string, string>]>([
    ['AddMessageContact', CONTACT],
    ['UpdateMessageContact', { ContactId: FINANCE, Title: 'CEO' }],
    ['DeleteMessageContact', { ContactId: FINANCE }],
    ['CreateFolder', { FolderName: 'new' }],
    ['UpdateFolder', { FolderId: 'fd-Sandbox', NewFolderName: 'new' }],
    ['CreateResourceAccount', { DisplayName: 'new account' }],
    ['UpdateAccount', { AccountId: LEDGER, NewDisplayName: 'renamed' }],
    ['MoveAccount', { AccountId: LEDGER, DestinationFolderId: 'fd-Sandbox' }],
    ['RemoveCloudAccount', { AccountId: SANDBOX }],
    ['TagResources', { ResourceType: 'Account', 'ResourceId.1': LEDGER, 'Tag.1.Key': 'a' }],
  ])('%s waits for the lock, and takes it', (action, parameters) => {
    const world = new Harness(worldState({ behaviour: { lockMs: 100 } }));
    world.answer('AssociateMembers', membersParameters(FINANCE, [LEDGER]));
    expect(world.outcome(action, parameters)).toBe('429 ConcurrentCallNotSupported');
    world.now += 100;
    expect(world.outcome(action, parameters)).toBe('200');
    expect(world.outcome('CreateFolder', { FolderName: 'other' })).toBe('429 ConcurrentCallNotSupported');
  });

  it('give the same ids for the same calls', () => {
    const ids = () => {
      const world = harness();
      return ['a', 'b'].map((FolderName) => world.body('CreateFolder', { FolderName })['Folder']);
    };
    expect(ids()).toEqual(ids());
    expect(ids()[0]).not.toEqual(ids()[1]);
  });
});

describe('quotas', () => {
  it.each<[string, Record<string, number>, string, Record<string, string>, string]>([
    ['contacts', { contacts: 3 }, 'AddMessageContact', CONTACT, '409 LimitExceeded.Contact'],
    ['folders', { folders: 3 }, 'CreateFolder', { FolderName: 'x' }, '409 QuotaExceeded.Folder.Count'],
    [
      'accounts',
      { accounts: 4 },
      'CreateResourceAccount',
      { DisplayName: 'xy' },
      '409 LimitExceeded.Account',
    ],
    [
      'groups',
      { aggregators: 3 },
      'CreateAggregator',
      { AggregatorName: 'x', AggregatorAccounts: accountsText([BIG]) },
      '400 AggregatorExceedMaxCount',
    ],
  ])('of %s are kept to', (_, quotas, action, parameters, code) => {
    const world = harness({ quotas });
    expect(world.outcome(action, parameters)).toBe(code);
    expect(harness().outcome(action, parameters)).toBe('200');
  });

  it('of accounts are those that can be raised: none where the state begins with more than 20', () => {
    const many = Array.from({ length: 21 }, (_, n) => ({
      id: String(1738084522670000 + n),
      name: `account ${n}`,
    }));
    const world = harness({ accounts: many, contacts: [], aggregators: [] });
    expect(world.outcome('CreateResourceAccount', { DisplayName: 'one more' })).toBe('200');
  });
});

describe('moves', () => {
  it('take an account out of one folder group and into another', () => {
    const world = harness();
    const count = () =>
      (world.body('GetAggregator', { AggregatorId: BY_FOLDER })['Aggregator'] as Record<string, unknown>)[
        'AggregatorAccountCount'
      ];
    expect(count()).toBe('2');
    world.answer('MoveAccount', { AccountId: PAYMENTS, DestinationFolderId: 'fd-Sandbox' });
    expect(count()).toBe('1');
    world.answer('MoveAccount', { AccountId: SANDBOX, DestinationFolderId: 'fd-Payments' });
    expect(count()).toBe('2');
  });

  it('keep the order of the listing', () => {
    const world = harness();
    const before = world.cloud.snapshot().accounts.map(({ id }) => id);
    world.answer('MoveAccount', { AccountId: before[0] ?? '', DestinationFolderId: 'fd-Sandbox' });
    expect(world.cloud.snapshot().accounts.map(({ id }) => id)).toEqual(before);
  });
});

describe('a new group', () => {
  const create = {
    AggregatorName: 'new',
    AggregatorAccounts: accountsText([LEDGER, BIG]),
    ClientToken: 'once',
  };
  const read = (world: Harness, AggregatorId: string) =>
    world.body('GetAggregator', { AggregatorId })['Aggregator'] as Record<string, unknown>;

  it('is creating and its accounts are being built, until it can be updated', () => {
    const world = harness({ behaviour: { lockScope: 'none', pendingMs: 500 } });
    const AggregatorId = String(world.body('CreateAggregator', create)['AggregatorId']);
    const statuses = () => {
      const { AggregatorStatus, AggregatorAccounts } = read(world, AggregatorId);
      const built = (AggregatorAccounts as { RecorderStatus: string }[]).map(
        ({ RecorderStatus }) => RecorderStatus,
      );
      return [AggregatorStatus, ...built];
    };
    const rename = { AggregatorId, AggregatorName: 'renamed' };
    expect(statuses()).toEqual(['0', 'BUILDING', 'BUILDING']);
    expect(world.outcome('UpdateAggregator', rename)).toBe('400 AggregatorAlreadyPending');
    world.now += 500;
    expect(statuses()).toEqual(['1', 'REGISTERED', 'REGISTERED']);
    expect(world.outcome('UpdateAggregator', rename)).toBe('200');
  });

  it('is made once for one client token, and the same id is answered', () => {
    const world = harness();
    const ids = [1, 2].map(() => world.body('CreateAggregator', create)['AggregatorId']);
    expect(ids[0]).toBe(ids[1]);
    expect(world.outcome('CreateAggregator', { ...create, AggregatorName: 'other' })).toBe(
      '400 IdempotentParameterMismatch',
    );
    expect(world.cloud.snapshot().aggregators).toHaveLength(4);
  });

  it.each<[Record<string, string>, string]>([
    [{ AggregatorName: 'x', AggregatorType: 'RD' }, '400 AggregatorExceedMaxCount'],
    [{ AggregatorName: 'x', AggregatorType: 'FOLDER', FolderId: 'fd-Sandbox,fd-Payments' }, '200'],
    [{ AggregatorName: 'x', AggregatorType: 'FOLDER' }, '400 Invalid.FolderId.Empty'],
    [{ AggregatorName: 'x', AggregatorType: 'FOLDER', FolderId: 'fd-Nowhere' }, '400 Invalid.FolderId.Value'],
    [{ AggregatorName: 'x', AggregatorType: 'OTHER' }, '400 Invalid.AggregatorType.Value'],
    [
      { AggregatorName: 'production', AggregatorAccounts: accountsText([LEDGER]) },
      '400 AggregatorNameDuplicated',
    ],
    [{ AggregatorAccounts: accountsText([LEDGER]) }, '400 Invalid.AggregatorName.Empty'],
  ])('with %o: %s', (parameters, code) => {
    expect(harness().outcome('CreateAggregator', parameters)).toBe(code);
  });

  it('that came with the service cannot be deleted, and the others of the call are', () => {
    const world = harness({
      aggregators: [
        { id: CUSTOM, name: 'built in', accounts: [LEDGER], builtIn: true },
        { id: 'ca-other', name: 'other', accounts: [LEDGER] },
      ],
    });
    const { OperateAggregatorsResult } = world.body('DeleteAggregators', {
      AggregatorIds: `${CUSTOM},ca-other,ca-none`,
    });
    expect(OperateAggregatorsResult).toEqual({
      OperateAggregators: [
        { AggregatorId: CUSTOM, ErrorCode: 'DefaultAggregatorDeleteNotSupport', Success: false },
        { AggregatorId: 'ca-other', Success: true },
        { AggregatorId: 'ca-none', ErrorCode: 'Invalid.AggregatorId.Value', Success: false },
      ],
    });
    expect(world.outcome('DeleteAggregators', {})).toBe('400 Invalid.AggregatorIds.Empty');
  });
});

describe('the older API of accounts and folders', () => {
  it.each([
    ['ListAccounts', 200],
    ['CreateFolder', 200],
    ['ListMessageContacts', 400],
  ])('has %s: %i', (action, status) => {
    const request = { action, version: '2020-03-31', parameters: { FolderName: 'x' } };
    expect(harness().cloud.receive(request)).toMatchObject({ status });
  });
});

describe('a temporary key', () => {
  const role = `acs:ram::${MANAGEMENT}:role/Reader`;
  const session = { RoleArn: role, RoleSessionName: 'night' };

  it('acts in the directory that has the role, and expires', () => {
    const first = worldState();
    const second = worldState({
      directory: { id: 'rd-2', rootFolderId: 'r-2', managementAccount: { id: MANAGEMENT } },
      folders: [],
      accounts: [],
      contacts: [],
      aggregators: [],
      credentials: [{ accessKeyId: 'second', accessKeySecret: 's' }],
      roles: [{ arn: role }],
    });
    const keys = new KeyRing([first, second]);
    const cloud = new EmulatedCloud(first, { now: () => START, keys });
    const answer = cloud.receive({
      action: 'AssumeRole',
      version: '2015-04-01',
      parameters: { ...session, DurationSeconds: '900' },
      accessKeyId: first.credentials[0]?.accessKeyId,
    });
    const { Credentials } = JSON.parse(answer.kind === 'answer' ? answer.body : '') as {
      Credentials: {
        AccessKeyId: string;
        AccessKeySecret: string;
        SecurityToken: string;
        Expiration: string;
      };
    };
    expect(Credentials.Expiration).toBe(new Date(START + 900_000).toISOString().replace('.000', ''));
    expect(keys.find(Credentials.AccessKeyId)).toEqual({
      credential: {
        accessKeyId: Credentials.AccessKeyId,
        accessKeySecret: Credentials.AccessKeySecret,
        securityToken: Credentials.SecurityToken,
        deny: [],
      },
      directoryId: 'rd-2',
      expiresAt: START + 900_000,
      session: { account: MANAGEMENT, role: 'Reader', name: 'night' },
    });
  });

  it.each([
    [{}, '200'],
    [{ DurationSeconds: '899' }, '400 InvalidParameter.DurationSeconds'],
    [{ DurationSeconds: '43200' }, '200'],
    [{ DurationSeconds: '43201' }, '400 InvalidParameter.DurationSeconds'],
    [{ DurationSeconds: 'hour' }, '400 InvalidParameter.DurationSeconds'],
    [{ RoleSessionName: '' }, '400 InvalidParameter.RoleSessionName'],
    [{ RoleArn: `${role}s` }, '403 NoPermission'],
  ])('with %o: %s', (changes, code) => {
    expect(harness({ roles: [{ arn: role }] }).outcome('AssumeRole', { ...session, ...changes })).toBe(code);
  });
});

describe('answers in XML', () => {
  it('hold names that XML cannot, and stay readable', () => {
    const world = harness({ contacts: [{ id: FINANCE, name: 'a<&>\u0001\ud800 "b" 😀 支' }] });
    const request = {
      action: 'ListMessageContacts',
      version: '2022-04-19',
      parameters: {},
      format: 'xml' as const,
    };
    const delivery = world.cloud.receive(request);
    const body = delivery.kind === 'answer' ? delivery.body : '';
    expect(body).toContain('<Name>a&lt;&amp;&gt;\ufffd\ufffd "b" 😀 支</Name>');
    expect(body).toContain('<Members/>');
    expect(body.endsWith('</ListMessageContactsResponse>')).toBe(true);
  });

  it('are cut like any other by a fault', () => {
    const world = harness({ faults: [{ kind: 'truncated' }, { kind: 'html-ok' }] });
    const read = () =>
      world.cloud.receive({
        action: 'GetCallerIdentity',
        version: '2015-04-01',
        parameters: {},
        format: 'xml',
      });
    expect(read()).toMatchObject({ body: expect.stringMatching(/^<\?xml.*[^>]$/) as string });
    expect(read()).toMatchObject({ headers: { 'content-type': 'text/html' } });
  });
});
