import { describe, expect, it } from 'vitest';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import { stateFrom } from '../../src/emulator/state-file.ts';
import { accountsText, harness, membersParameters } from './harness.ts';
import { BIG, BY_FOLDER, CUSTOM, FINANCE, GONE, LEDGER, PAYMENTS, SANDBOX, SECOPS, START } from './world.ts';

const bindLedger = membersParameters(FINANCE, [LEDGER]);
const bindBig = membersParameters(SECOPS, [BIG]);
const CONFLICT = '429 ConcurrentCallNotSupported';

describe('the gateway', () => {
  it('names the action that it does not know, and those it does', () => {
    const { status, body } = harness().answer('EnableResourceDirectory');
    expect(status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({
      Code: 'InvalidAction.NotFound',
      Message: expect.stringContaining('no action "EnableResourceDirectory". It has: AssociateMembers, '),
    });
  });

  it('refuses the version of another service', () => {
    const world = harness();
    const request = { action: 'ListAccounts', version: '2020-09-07', parameters: {} };
    expect(world.cloud.receive(request)).toMatchObject({
      status: 400,
      body: expect.stringContaining('Expected 2022-04-19 (ResourceDirectoryMaster), found \\"2020-09-07\\".'),
    });
  });

  it.each([
    ['AssociateMembers', '2022-04-19', bindLedger, 403, 'Forbidden.RAM'],
    ['UpdateAggregator', '2020-09-07', { AggregatorId: CUSTOM, Description: 'x' }, 400, 'NoPermission'],
  ])(
    'refuses a denied %s with the status and code of its service',
    (action, version, parameters, status, code) => {
      const credential = { accessKeyId: 'reader', accessKeySecret: 's', deny: [action] };
      const world = harness({ credentials: [credential] });
      const before = world.cloud.snapshot();
      const denied = world.cloud.receive({ action, version, parameters, accessKeyId: 'reader' });
      expect(denied).toMatchObject({ status, body: expect.stringContaining(`"Code":"${code}"`) });
      expect(world.cloud.snapshot()).toEqual(before);
      expect(world.cloud.receive({ action, version, parameters })).toMatchObject({ status: 200 });
    },
  );

  it('answers after the latency, with a request id that the body repeats', () => {
    const world = harness({ behaviour: { latencyMs: 35 } });
    const ok = world.answer('GetResourceDirectory');
    expect(ok.afterMs).toBe(35);
    expect(ok.headers['content-type']).toBe('application/json;charset=utf-8');
    expect(ok.headers['x-acs-request-id']).toMatch(
      /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-8[0-9A-F]{3}-[0-9A-F]{12}$/,
    );
    expect(JSON.parse(ok.body)).toMatchObject({ RequestId: ok.headers['x-acs-request-id'] });
    const refused = world.answer('GetFolder');
    expect(JSON.parse(refused.body)).toEqual({
      Code: 'MissingParameter.FolderId',
      Message: 'You must specify FolderId.',
      RequestId: refused.headers['x-acs-request-id'],
      HostId: '127.0.0.1',
      Recommend: expect.stringContaining('q=MissingParameter.FolderId'),
    });
    expect(refused.headers['x-acs-request-id']).not.toBe(ok.headers['x-acs-request-id']);
  });

  it('gives the same request ids for the same seed only', () => {
    const idOf = (seed: number) => harness({ seed }).body('GetResourceDirectory')['RequestId'];
    expect(idOf(7)).toBe(idOf(7));
    expect(idOf(7)).not.toBe(idOf(8));
  });
});

describe('the lock of Resource Directory writes', () => {
  const locking = (lockScope: string) => harness({ behaviour: { lockScope, lockMs: 100, latencyMs: 10 } });

  it('spans the directory: another write is refused until the time is over', () => {
    const world = locking('directory');
    expect(world.outcome('AssociateMembers', bindLedger)).toBe('200');
    world.now += 99;
    expect(world.outcome('DisassociateMembers', membersParameters(SECOPS, [PAYMENTS]))).toBe(CONFLICT);
    expect(world.membersOf(SECOPS)).toEqual([PAYMENTS, 'fd-Sandbox', GONE]);
    world.now += 1;
    expect(world.outcome('AssociateMembers', bindBig)).toBe('200');
  });

  it('spans one contact when the scope says so', () => {
    const world = locking('contact');
    world.answer('AssociateMembers', bindLedger);
    expect(world.outcome('AssociateMembers', bindBig)).toBe('200');
    expect(world.outcome('AssociateMembers', bindLedger)).toBe(CONFLICT);
  });

  it('is not there when the scope is none', () => {
    const world = locking('none');
    world.answer('AssociateMembers', bindLedger);
    expect(world.outcome('AssociateMembers', bindLedger)).toBe('200');
  });

  it('is not taken by a refused write, a read or an account group, and does not refuse those', () => {
    const world = locking('directory');
    world.answer('AssociateMembers', membersParameters(FINANCE, ['fd-Elsewhere']));
    world.answer('ListMessageContacts');
    world.answer('UpdateAggregator', { AggregatorId: CUSTOM, Description: 'x' });
    expect(world.outcome('AssociateMembers', bindLedger)).toBe('200');
    expect(world.outcome('ListMessageContacts')).toBe('200');
    expect(world.outcome('UpdateAggregator', { AggregatorId: BY_FOLDER, Description: 'x' })).toBe('200');
  });

  it('lasts as long as a call unless the state says otherwise, so one call after the other always passes', () => {
    const world = harness({ behaviour: { latencyMs: 40 } });
    world.answer('AssociateMembers', bindLedger);
    world.now += 39;
    expect(world.outcome('AssociateMembers', bindBig)).toBe(CONFLICT);
    world.now += 1;
    expect(world.outcome('AssociateMembers', bindBig)).toBe('200');
  });
});

describe('flow control', () => {
  it('refuses what exceeds the rate, says when to come back, and fills up again', () => {
    const world = harness({ quotas: { callsPerSecond: 2 } });
    expect(world.outcome('ListAccounts')).toBe('200');
    expect(world.outcome('ListAccounts')).toBe('200');
    const refused = world.answer('AssociateMembers', bindLedger);
    expect(refused.status).toBe(400);
    expect(refused.headers['x-acs-retry-after']).toBe('500');
    expect(JSON.parse(refused.body)).toMatchObject({ Code: 'Throttling.User' });
    expect(world.membersOf(FINANCE)).toEqual([]);
    world.now += 499;
    expect(world.outcome('ListAccounts')).toBe('400 Throttling.User');
    world.now += 1;
    expect(world.outcome('ListAccounts')).toBe('200');
    world.now += 60_000;
    expect([1, 2, 3].map(() => world.outcome('ListAccounts'))).toEqual(['200', '200', '400 Throttling.User']);
  });
});

describe('delayed visibility', () => {
  it('shows reads the state of a while ago, while writes are checked against the present one', () => {
    const world = harness({
      behaviour: { lockScope: 'none', pendingMs: 0, visibilityDelayMs: 1000, rebind: 'strict' },
    });
    const read = () => {
      const contact = world.body('GetMessageContact', { ContactId: FINANCE })['Contact'];
      const { Members } = contact as { Members: string[] };
      return Members;
    };
    world.answer('AssociateMembers', bindLedger);
    world.now += 500;
    world.answer('AssociateMembers', membersParameters(FINANCE, [BIG]));
    expect(world.outcome('AssociateMembers', bindLedger)).toBe('400 InvalidParameter.Members');
    expect(read()).toEqual([]);
    expect(world.membersOf(FINANCE)).toEqual([LEDGER, BIG]);
    world.now += 499;
    expect(read()).toEqual([]);
    world.now += 1;
    expect(read()).toEqual([LEDGER]);
    expect(world.body('ListMessageContacts', { Member: BIG })['TotalCount']).toBe('0');
    world.now += 500;
    expect(read()).toEqual([LEDGER, BIG]);
    world.now += 5000;
    world.answer('DisassociateMembers', bindLedger);
    expect(read()).toEqual([LEDGER, BIG]);
  });

  it('holds for account groups too', () => {
    const world = harness({ behaviour: { pendingMs: 0, visibilityDelayMs: 1000 } });
    world.answer('UpdateAggregator', { AggregatorId: CUSTOM, AggregatorAccounts: accountsText([LEDGER]) });
    const count = () =>
      (world.body('GetAggregator', { AggregatorId: CUSTOM })['Aggregator'] as Record<string, unknown>)[
        'AggregatorAccountCount'
      ];
    expect(count()).toBe('2');
    world.now += 1000;
    expect(count()).toBe('1');
  });
});

describe('somebody else', () => {
  it('changes bindings and groups past every check, and is not in the call log', () => {
    const world = harness();
    world.cloud.setContactMembers(FINANCE, [GONE, LEDGER, LEDGER]);
    world.cloud.setAggregatorAccounts(CUSTOM, [LEDGER]);
    expect(world.membersOf(FINANCE)).toEqual([GONE, LEDGER]);
    expect(world.accountsOf(CUSTOM)).toEqual([LEDGER]);
    expect(world.cloud.calls()).toEqual([]);
    expect(() => world.cloud.setContactMembers('c-Nobody', [])).toThrow('This Contact does not exist.');
    expect(() => world.cloud.setAggregatorAccounts('ca-none', [])).toThrow('AggregatorId is invalid');
  });

  it('takes an account out of the directory: groups lose it, contacts keep its id', () => {
    const world = harness();
    world.cloud.removeAccount(PAYMENTS);
    expect(world.accountsOf(CUSTOM)).toEqual([BIG]);
    expect(world.membersOf(SECOPS)).toEqual([PAYMENTS, 'fd-Sandbox', GONE]);
    expect(world.body('ListAccounts')['TotalCount']).toBe('3');
    expect(world.outcome('DisassociateMembers', membersParameters(SECOPS, [PAYMENTS]))).toBe(
      '400 InvalidMember',
    );
  });

  it('brings an account in, or moves one', () => {
    const world = harness();
    const fresh = {
      id: '1738084522671299',
      name: 'new',
      folder: 'fd-Payments',
      tags: {},
      status: 'CreateSuccess',
    };
    world.cloud.putAccount(fresh);
    world.cloud.putAccount({ ...fresh, id: SANDBOX, folder: 'fd-Production' });
    const { Aggregator } = world.body('GetAggregator', { AggregatorId: BY_FOLDER }) as {
      Aggregator: { AggregatorAccounts: { AccountId: string }[] };
    };
    expect(Aggregator.AggregatorAccounts.map(({ AccountId }) => AccountId)).toEqual([
      PAYMENTS,
      LEDGER,
      '1738084522671299',
      SANDBOX,
    ]);
  });
});

describe('the call log', () => {
  it('notes what was asked, what came of it and when', () => {
    const world = harness();
    world.answer('AssociateMembers', bindLedger);
    world.now += 5;
    world.answer('GetFolder', { FolderId: 'fd-Elsewhere' });
    expect(world.cloud.calls()).toEqual([
      {
        n: 1,
        at: START,
        action: 'AssociateMembers',
        owner: FINANCE,
        members: [LEDGER],
        parameters: bindLedger,
        fault: undefined,
        status: 200,
        code: undefined,
        applied: true,
      },
      {
        n: 2,
        at: START + 5,
        action: 'GetFolder',
        owner: undefined,
        members: [],
        parameters: { FolderId: 'fd-Elsewhere' },
        fault: undefined,
        status: 404,
        code: 'EntityNotExists.Folder',
        applied: false,
      },
    ]);
  });
});

describe('snapshot and reset', () => {
  it('the snapshot is a state that the emulator can start from, without secrets', () => {
    const world = harness();
    world.answer('AssociateMembers', bindLedger);
    const text = JSON.stringify(world.cloud.snapshot());
    expect(text).not.toContain(DEFAULT_CREDENTIAL.accessKeySecret);
    const restarted = stateFrom(JSON.parse(text));
    expect(restarted.contacts[1]?.members).toEqual([LEDGER]);
    expect(restarted.aggregators[0]?.accounts[1]).toEqual({ id: BIG, name: 'Tony' });
  });

  it('reset goes back to the start in every respect', () => {
    const world = harness({
      behaviour: { lockMs: 1000, pendingMs: 1000 },
      quotas: { callsPerSecond: 3 },
      faults: [{ action: 'GetFolder', kind: 'internal-error' }],
    });
    const before = world.cloud.snapshot();
    const round = () => {
      world.cloud.addFaults({ kind: 'late', action: 'DisassociateMembers', delayMs: 10 });
      return [
        world.send('DisassociateMembers', membersParameters(SECOPS, [PAYMENTS])).kind,
        world.answer('AssociateMembers', bindLedger).body,
        world.outcome('GetFolder', { FolderId: 'fd-Sandbox' }),
        world.outcome('UpdateAggregator', { AggregatorId: CUSTOM, Description: 'x' }),
      ];
    };
    const first = round();
    world.cloud.reset();
    world.now += 10;
    expect(world.cloud.snapshot()).toEqual(before);
    expect(world.cloud.calls()).toEqual([]);
    world.now -= 10;
    expect(round()).toEqual(first);
    expect(first.slice(2)).toEqual(['500 InternalError', '200']);
  });
});
