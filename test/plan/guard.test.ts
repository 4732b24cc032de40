import { describe, expect, test } from 'vitest';
import type { GuardReason } from '../../src/model/plan.ts';
import { type GuardFacts, type GuardLimits, judge, type OwnerOutlook } from '../../src/plan/guard.ts';
import { accountId, removeAccount, target, unbind } from '../support/world.ts';

const LIMITS: GuardLimits = {
  maxRemovals: undefined,
  maxRemovalShare: 0.25,
  allowRemovals: undefined,
  allowUncovered: undefined,
};

const removals = (count: number): GuardFacts['removals'] =>
  Array.from({ length: count }, (_, index) => unbind('c-1', index + 1));

const facts = (parts: Partial<GuardFacts>): GuardFacts => ({
  removals: [],
  managedNow: 1000,
  owners: [],
  losses: new Map(),
  protected: new Set(),
  ...parts,
});

const outlook = (parts: Partial<OwnerOutlook>): OwnerOutlook => ({
  id: 'c-1',
  kind: 'contact',
  before: 3,
  after: 3,
  allowEmpty: false,
  isNamed: true,
  ...parts,
});

const lossesOf = (count: number): GuardFacts['losses'] =>
  new Map(
    Array.from({ length: count }, (_, index) => [accountId(index + 1), ['FaultMessage', 'ServiceMessage']]),
  );

/** The names of the rules that refuse. */
const rules = (some: Partial<GuardFacts>, limits: Partial<GuardLimits> = {}): string[] =>
  judge(facts(some), { ...LIMITS, ...limits }).reasons.map(({ rule }) => rule);

const only = (some: Partial<GuardFacts>, limits: Partial<GuardLimits> = {}): GuardReason => {
  const { verdict, reasons } = judge(facts(some), { ...LIMITS, ...limits });
  const [reason] = reasons;
  expect([verdict, reasons.length]).toEqual(['refused', 1]);
  if (reason === undefined) throw new Error('one reason');
  return reason;
};

test('a plan that takes nothing away is safe', () => {
  expect(judge(facts({ owners: [outlook({})] }), { ...LIMITS, maxRemovals: 0, maxRemovalShare: 0 })).toEqual({
    verdict: 'safe',
    reasons: [],
  });
});

describe('max-removals', () => {
  test.each([
    [0, 0, []],
    [1, 0, ['max-removals']],
    [2, 3, []],
    [3, 3, []],
    [4, 3, ['max-removals']],
    [100, undefined, []],
  ] as const)('%i removals with a limit of %s', (count, maxRemovals, expected) => {
    expect(rules({ removals: removals(count) }, { maxRemovals })).toEqual(expected);
  });

  test.each([
    [3, ['max-removals']],
    [4, []],
    [5, ['max-removals']],
  ] as const)(
    'four removals with a limit of three, when %i are allowed by name',
    (allowRemovals, expected) => {
      expect(rules({ removals: removals(4) }, { maxRemovals: 3, allowRemovals })).toEqual(expected);
    },
  );

  test('says what was found and what to do', () => {
    expect(only({ removals: removals(4) }, { maxRemovals: 3 })).toEqual({
      rule: 'max-removals',
      measured: 4,
      allowed: 3,
      message:
        '4 bindings and memberships would be removed (limit 3); ' +
        'check that the manifest is complete, or pass --allow-removals 4',
    });
  });

  test('speaks of one as of one', () => {
    expect(only({ removals: removals(1) }, { maxRemovals: 0 })?.message).toContain(
      '1 binding or membership would be removed (limit 0); ',
    );
  });
});

describe('max-removal-share', () => {
  test.each([
    // Five or fewer say little about a share.
    [5, 5, 0.25, []],
    [6, 6, 0.25, ['max-removal-share']],
    [6, 25, 0.25, []],
    [6, 24, 0.25, []],
    [6, 23, 0.25, ['max-removal-share']],
    [25, 100, 0.25, []],
    [26, 100, 0.25, ['max-removal-share']],
    [6, 1000, 0, ['max-removal-share']],
    [6, 6, 1, []],
    [6, 0, 0.25, ['max-removal-share']],
  ] as const)('%i removals of %i managed, at most %f', (count, managedNow, maxRemovalShare, expected) => {
    expect(rules({ removals: removals(count), managedNow }, { maxRemovalShare })).toEqual(expected);
  });

  test.each([
    [40, ['max-removal-share']],
    [41, []],
    [42, ['max-removal-share']],
  ] as const)('41 removals of 120, when %i are allowed by name', (allowRemovals, expected) => {
    expect(rules({ removals: removals(41), managedNow: 120 }, { allowRemovals })).toEqual(expected);
  });

  test('says what was found and what to do', () => {
    expect(only({ removals: removals(41), managedNow: 120 })).toEqual({
      rule: 'max-removal-share',
      measured: 41 / 120,
      allowed: 0.25,
      message:
        '41 of 120 managed bindings would be removed (34 %, limit 25 %); ' +
        'check that the manifest is complete, or pass --allow-removals 41',
    });
  });

  test('a share just above the limit does not read as equal to it', () => {
    expect(only({ removals: removals(51), managedNow: 203 }).message).toContain('(25.12 %, limit 25 %)');
  });
});

describe('emptied', () => {
  test.each<[string, Partial<OwnerOutlook>, boolean]>([
    ['a contact that loses its last binding', { before: 1, after: 0 }, true],
    ['a contact that keeps one', { before: 3, after: 1 }, false],
    ['a contact that had none', { before: 0, after: 0 }, false],
    ['a contact that may be emptied', { before: 3, after: 0, allowEmpty: true }, false],
    ['an aggregator that loses its last account', { kind: 'aggregator', before: 3, after: 0 }, true],
    ['an aggregator that keeps one', { kind: 'aggregator', before: 3, after: 1 }, false],
  ])('%s', (_, parts, refused) => {
    expect(rules({ owners: [outlook(parts)] })).toEqual(refused ? ['emptied'] : []);
  });

  test('is not lifted by allowing removals or uncovered accounts', () => {
    const some = { owners: [outlook({ before: 1, after: 0 })], removals: removals(1) };
    expect(rules(some, { allowRemovals: 1, allowUncovered: 1 })).toEqual(['emptied']);
  });

  test('names what is the only one', () => {
    const emptied = { before: 1, after: 0 };
    const owners = [outlook(emptied), outlook({ ...emptied, id: 'ca-1', kind: 'aggregator' })];
    expect(judge(facts({ owners }), LIMITS).reasons.map(({ message }) => message.split(/[;,]/)[0])).toEqual([
      'contact c-1 would lose its only binding',
      'aggregator ca-1 would lose its only account',
    ]);
  });

  test('tells how a contact that no manifest names is left alone: one without a verified address cannot be emptied', () => {
    const [reason] = judge(facts({ owners: [outlook({ after: 0, isNamed: false })] }), LIMITS).reasons;
    expect(reason?.message).toBe(
      'contact c-1 would lose all of its 3 bindings; it is in no manifest: name it there without bind to leave it as it is, or with bind: [] and allowEmpty: true if this is meant',
    );
  });

  test('names the owner and what to do, for each of them', () => {
    const owners = [outlook({ after: 0 }), outlook({ id: 'ca-1', kind: 'aggregator', before: 2, after: 0 })];
    expect(judge(facts({ owners }), LIMITS).reasons).toEqual([
      {
        rule: 'emptied',
        measured: 0,
        allowed: 1,
        subject: 'c-1',
        message:
          'contact c-1 would lose all of its 3 bindings; check the manifest, or write allowEmpty: true beside it (for an undo: --allow-empty c-1)',
      },
      {
        rule: 'emptied',
        measured: 0,
        allowed: 1,
        subject: 'ca-1',
        message:
          'aggregator ca-1 would lose all of its 2 accounts, which the service refuses; keep one in it',
      },
    ]);
  });
});

describe('last-contact', () => {
  test.each([
    [0, undefined, 0],
    [1, undefined, 1],
    [3, undefined, 3],
    [3, 2, 3],
    [3, 3, 0],
    [3, 4, 3],
    [0, 3, 0],
  ])('%i accounts concerned, %s allowed by name: %i reasons', (count, allowUncovered, expected) => {
    expect(rules({ losses: lossesOf(count) }, { allowUncovered })).toEqual(
      Array(expected).fill('last-contact'),
    );
  });

  test('is not lifted by allowing removals', () => {
    expect(rules({ losses: lossesOf(1), removals: removals(1) }, { allowRemovals: 1 })).toEqual([
      'last-contact',
    ]);
  });

  test('names the account, the message types and what to do', () => {
    expect(only({ losses: lossesOf(1) })).toEqual({
      rule: 'last-contact',
      measured: 1,
      allowed: 0,
      subject: '1738084522670001',
      message:
        'account 1738084522670001 would lose its last contact for FaultMessage, ServiceMessage; ' +
        'bind another contact first, or pass --allow-uncovered 1 if this is meant',
    });
  });
});

describe('protected', () => {
  const some = {
    removals: [unbind('c-1', 1), unbind('c-1', 'r-9xKp2d'), removeAccount('ca-1', 2), unbind('c-1', 3)],
    protected: new Set([target(1).id, target('rd-3mNq8W').id, target(2).id]),
  };

  test('refuses every removal of a protected member, of either kind and spelling', () => {
    const { reasons } = judge(facts(some), LIMITS);
    expect(reasons.map(({ rule, subject }) => [rule, subject])).toEqual([
      ['protected', '1738084522670001'],
      ['protected', 'rd-3mNq8W'],
      ['protected', '1738084522670002'],
    ]);
    expect(reasons[0]?.message).toBe(
      '1738084522670001 is protected and would be removed from c-1; add it there, or take it off the protected list',
    );
  });

  test('is never lifted', () => {
    const lifted = { allowRemovals: 4, allowUncovered: 0, maxRemovals: 100, maxRemovalShare: 1 };
    expect(rules(some, lifted)).toEqual(['protected', 'protected', 'protected']);
  });

  test('has nothing against a protected member that stays', () => {
    expect(rules({ ...some, removals: [unbind('c-1', 3)] })).toEqual([]);
  });
});

test('all reasons of a plan that breaks all five rules are listed together', () => {
  const some = {
    removals: removals(7),
    managedNow: 8,
    owners: [outlook({ before: 7, after: 0 })],
    losses: lossesOf(2),
    protected: new Set([target(1).id]),
  };
  expect(rules(some, { maxRemovals: 2 })).toEqual([
    'max-removals',
    'max-removal-share',
    'emptied',
    'last-contact',
    'last-contact',
    'protected',
  ]);
  expect(rules(some, { maxRemovals: 2, allowRemovals: 7, allowUncovered: 2 })).toEqual([
    'emptied',
    'protected',
  ]);
});
