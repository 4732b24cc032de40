import { describe, expect, test } from 'vitest';
import type { ActualState } from '../../src/model/actual-state.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { Change, Plan } from '../../src/model/plan.ts';
import { buildPlan } from '../../src/plan/build-plan.ts';
import { contactsAfter } from '../../src/plan/contacts-after.ts';
import { planDigest } from '../../src/plan/digest.ts';
import {
  account,
  actual,
  addAccount,
  aggregator,
  bind,
  contact,
  contactId,
  DIRECTORY,
  desired,
  MANAGEMENT,
  removeAccount,
  type TargetRef,
  target,
  unbind,
  wantedAggregator,
  wantedContact,
} from '../support/world.ts';

interface Given {
  readonly wanted?: DesiredState;
  readonly state: ActualState;
  readonly changes: readonly Change[];
  readonly targetsPerContact?: number;
  readonly allowUncovered?: number;
}

function planned({
  wanted = desired(),
  state,
  changes,
  targetsPerContact = 10,
  allowUncovered,
}: Given): Plan {
  const guard = { maxRemovals: undefined, maxRemovalShare: 0.25, allowRemovals: undefined, allowUncovered };
  return buildPlan(
    wanted,
    state,
    { changes, unchanged: 7, unmanaged: 3, managedNow: 100 },
    { guard, targetsPerContact },
  );
}

const reasons = (given: Given): unknown[] =>
  planned(given).guard.reasons.map(({ rule, subject }) => [rule, subject]);

test('an empty diff is an empty plan, and safe', () => {
  expect(planned({ state: actual(), changes: [] })).toEqual({
    digest: planDigest(DIRECTORY.id, []),
    changes: [],
    protected: [],
    contacts: [],
    aggregators: [],
    counts: { bind: 0, unbind: 0, addAccount: 0, removeAccount: 0, unchanged: 7, unmanaged: 3 },
    calls: { associate: 0, disassociate: 0, update: 0 },
    guard: { verdict: 'safe', reasons: [] },
  });
});

describe('a plan', () => {
  const changes = [
    ...[1, 2, 3, 4, 5, 6].map((ref) => bind('c-1', ref)),
    unbind('c-1', 7),
    bind('c-2', 1),
    addAccount('ca-1', 1),
    addAccount('ca-1', 2),
    removeAccount('ca-1', 3),
    removeAccount('ca-2', 4),
  ];
  const state = actual({
    accounts: [1, 2, 3, 4, 5, 6, 7],
    contacts: [contact('c-1', [7]), contact('c-2')],
    aggregators: [aggregator('ca-1', [3]), aggregator('ca-2', [4, 5])],
  });
  const plan = planned({ state, changes });

  test('counts its changes and its calls', () => {
    expect(plan.counts).toEqual({
      bind: 7,
      unbind: 1,
      addAccount: 2,
      removeAccount: 2,
      unchanged: 7,
      unmanaged: 3,
    });
    expect(plan.calls).toEqual({ associate: 3, disassociate: 1, update: 2 });
  });

  test('has one schedule for each contact, and never two contacts in one call', () => {
    expect(plan.contacts.map((one) => one.contactId)).toEqual(['c-1', 'c-2']);
    for (const { contactId: owner, adds, swaps, removes } of plan.contacts) {
      for (const chunk of [...adds, ...swaps, ...removes]) {
        expect(chunk.contactId).toBe(owner);
        expect(chunk.changes.every((change) => change.contactId === owner)).toBe(true);
      }
    }
  });

  test('has one whole-list update for each aggregator that changes', () => {
    expect(plan.aggregators).toEqual([
      {
        aggregatorId: 'ca-1',
        changes: [addAccount('ca-1', 1), addAccount('ca-1', 2), removeAccount('ca-1', 3)],
      },
      { aggregatorId: 'ca-2', changes: [removeAccount('ca-2', 4)] },
    ]);
  });

  test('keeps the changes as they were, under their digest', () => {
    expect(plan.changes).toEqual(changes);
    expect(plan.digest).toBe(planDigest(DIRECTORY.id, changes));
  });
});

test('what a contact holds already counts against its cap, managed or not', () => {
  const held: TargetRef[] = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
  const state = actual({ accounts: [1, ...(held as number[])], contacts: [contact('c-1', held)] });
  const changes = [bind('c-1', 1), unbind('c-1', 11)];
  expect(planned({ state, changes }).contacts[0]).toMatchObject({
    adds: [],
    swaps: [{ action: 'unbind' }, { action: 'bind' }],
    removes: [],
  });
  expect(planned({ state, changes, targetsPerContact: 11 }).contacts[0]).toMatchObject({
    adds: [{ action: 'bind' }],
    swaps: [],
    removes: [{ action: 'unbind' }],
  });
});

test('a folder that is to take over from its accounts is added before the first of them is unbound', () => {
  const inside = [1, 2, 3, 4, 5].map((ref) => account(ref, ['fd-a']));
  const newcomers = [11, 12, 13, 14, 15];
  const state = actual({
    accounts: [...inside, ...newcomers, 6, 7, 8, 9],
    contacts: [contact('c-1', [1, 2, 3, 4, 5, 6, 7, 8, 9])],
  });
  const changes = [
    ...newcomers.map((ref) => bind('c-1', ref)),
    bind('c-1', 'fd-a'),
    ...[1, 2, 3, 4, 5].map((ref) => unbind('c-1', ref)),
  ];
  const [schedule] = planned({ state, changes }).contacts;
  expect(schedule?.adds).toEqual([{ contactId: 'c-1', action: 'bind', changes: [bind('c-1', 'fd-a')] }]);
  expect(schedule?.swaps.map(({ action, changes: some }) => [action, some.length])).toEqual([
    ['unbind', 5],
    ['bind', 5],
  ]);
});

describe('the guard looks at the whole directory', () => {
  const two = (parts: { status?: string; types?: string[] } = {}) =>
    actual({
      accounts: [account(1, ['fd-a']), account(2, ['fd-a'])],
      contacts: [
        contact('c-1', ['fd-a'], { messageTypes: ['FaultMessage', 'ServiceMessage'] }),
        contact('c-2', [1, 2], {
          messageTypes: parts.types ?? ['FaultMessage'],
          status: parts.status ?? 'Active',
        }),
      ],
    });
  const away = [unbind('c-1', 'fd-a')];
  const wanted = desired();

  test('an account keeps its contact for a message type by another contact', () => {
    const types = ['FaultMessage', 'ServiceMessage'];
    expect(reasons({ wanted, state: two({ types }), changes: away })).toEqual([]);
  });

  test('an account that keeps a contact, but not for each of its message types, loses its last', () => {
    const { guard } = planned({ wanted, state: two(), changes: away });
    expect(guard.reasons.map(({ rule, subject, measured }) => [rule, subject, measured])).toEqual([
      ['last-contact', '1738084522670001', 2],
      ['last-contact', '1738084522670002', 2],
    ]);
    expect(guard.reasons[0]?.message).toContain('its last contact for ServiceMessage;');
    expect(reasons({ wanted, state: two(), changes: away, allowUncovered: 2 })).toEqual([]);
    expect(reasons({ wanted, state: two(), changes: away, allowUncovered: 1 })).toHaveLength(2);
  });

  test('a contact that is not active does not count as another contact', () => {
    const state = two({ status: 'Verifying', types: ['FaultMessage', 'ServiceMessage'] });
    expect(planned({ wanted, state, changes: away }).guard.reasons[0]?.message).toContain(
      'for FaultMessage, ServiceMessage;',
    );
  });

  test('what a contact that is not active loses is no loss', () => {
    const state = actual({ accounts: [1], contacts: [contact('c-1', [1, 9], { status: 'Verifying' })] });
    expect(reasons({ wanted, state, changes: [unbind('c-1', 1)] })).toEqual([]);
  });

  test('a binding that takes over in the same plan prevents the loss', () => {
    const changes = [bind('c-2', 'rd-3mNq8W'), ...away];
    const state = two({ types: ['FaultMessage', 'ServiceMessage'] });
    expect(reasons({ wanted, state, changes })).toEqual([]);
  });

  test('unbinding an account that left is no loss', () => {
    const state = actual({ accounts: [1], contacts: [contact('c-1', [9, 1])] });
    expect(reasons({ wanted, state, changes: [unbind('c-1', 9)] })).toEqual([]);
  });

  test('where the accounts were not read, no loss can be seen', () => {
    const state = actual({ accounts: null, contacts: [contact('c-1', [1, 2])] });
    expect(reasons({ wanted, state, changes: [unbind('c-1', 1)] })).toEqual([]);
  });
});

describe('the guard on owners that would be left with nothing', () => {
  const state = actual({
    accounts: null,
    contacts: [contact('c-1', [1]), contact('c-2', [2])],
    aggregators: [aggregator('ca-1', [1, MANAGEMENT]), aggregator('ca-2', [1])],
  });
  const emptyAll = [unbind('c-1', 1), unbind('c-2', 2), removeAccount('ca-1', 1), removeAccount('ca-2', 1)];
  const named = (ownership: DesiredState['ownership'], allowEmpty = false) =>
    desired({
      ownership,
      contacts: [wantedContact('c-1', { statesMembers: true, allowEmpty })],
      aggregators: [wantedAggregator('ca-1', {}), wantedAggregator('ca-2', {})],
    });

  test('looks at the contacts and aggregators that are named', () => {
    expect(reasons({ wanted: named('listed'), state, changes: emptyAll })).toEqual([
      ['emptied', 'c-1'],
      ['emptied', 'ca-2'],
    ]);
  });

  test('looks at every contact under exclusive ownership', () => {
    expect(reasons({ wanted: named('exclusive'), state, changes: emptyAll })).toEqual([
      ['emptied', 'c-1'],
      ['emptied', 'c-2'],
      ['emptied', 'ca-2'],
    ]);
  });

  test('lets a contact be emptied that may be, and never an aggregator', () => {
    expect(reasons({ wanted: named('listed', true), state, changes: emptyAll })).toEqual([
      ['emptied', 'ca-2'],
    ]);
  });

  test('has nothing against an owner that gets something in exchange', () => {
    const changes = [bind('c-1', 2), unbind('c-1', 1), addAccount('ca-2', 2), removeAccount('ca-2', 1)];
    expect(reasons({ wanted: named('listed'), state, changes })).toEqual([]);
  });
});

test('the protected list of the manifest reaches the guard', () => {
  const state = actual({ accounts: null, contacts: [contact('c-1', [1, 'r-9xKp2d'])] });
  const wanted = desired({ protected: ['rd-3mNq8W'] });
  expect(reasons({ wanted, state, changes: [unbind('c-1', 1), unbind('c-1', 'r-9xKp2d')] })).toEqual([
    ['protected', 'rd-3mNq8W'],
  ]);
});

test('the contacts after a plan hold what stays and what is added', () => {
  const state = actual({ contacts: [contact('c-1', [1, 2], { status: 'Verifying' }), contact('c-2', [3])] });
  const after = contactsAfter(state, [bind('c-1', 3), unbind('c-1', 1), addAccount('ca-1', 1)]);
  expect(after.map((one) => ({ ...one, targets: [...one.targets] }))).toEqual([
    {
      id: contactId('c-1'),
      status: 'Verifying',
      messageTypes: ['ServiceMessage'],
      targets: [target(2), target(3)],
    },
    { id: contactId('c-2'), status: 'Active', messageTypes: ['ServiceMessage'], targets: [target(3)] },
  ]);
});
