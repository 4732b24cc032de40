import { describe, expect, test } from 'vitest';
import { makePlan } from '../../src/job/make-plan.ts';
import type { Confinement } from '../../src/job/settings.ts';
import type { DesiredContact } from '../../src/model/desired-state.ts';
import type { Ownership } from '../../src/model/manifest.ts';
import { applySettings } from '../support/apply-settings.ts';
import {
  account,
  accountId,
  actual,
  aggregator,
  contact,
  DIRECTORY,
  desired,
  MANAGEMENT,
  wantedAggregator,
  wantedContact,
} from '../support/world.ts';

const NAMED = aggregator('ca-1', [1]);
const UNNAMED = aggregator('ca-2', [1, 2], { name: 'two\u202e' });
const ALL = aggregator('ca-3', [1, 2], { type: 'RD' });

const STATE = {
  ...actual({
    accounts: [1, 2, account(3, ['fd-Prod'])],
    contacts: [contact('c-1', [1, 9], { name: 'Ops' }), contact('c-2', ['rd-3mNq8W'])],
    aggregators: [NAMED],
  }),
  aggregatorList: [NAMED, UNNAMED, ALL],
};

function planOf(only: Partial<Confinement>, ownership: Ownership = 'listed') {
  const wanted = desired({
    ownership,
    contacts: [
      wantedContact('c-1', { present: [1, 'fd-Prod', 'rd-3mNq8W'] }),
      wantedContact('c-2', { present: ['rd-3mNq8W'] }),
    ],
    aggregators: [wantedAggregator('ca-1', { present: [1] })],
  });
  const confinement = { contacts: [], aggregators: [], members: [], ...only };
  return makePlan(wanted, STATE, applySettings({ only: confinement }), new Set());
}

const messages = (only: Partial<Confinement>, ownership?: Ownership): readonly string[] =>
  planOf(only, ownership).warnings.map(({ message }) => message);

describe('a run that is confined', () => {
  test.each<[string, Partial<Confinement>]>([
    ['--contact "Opps"', { contacts: ['Opps', 'Ops', 'c-2'] }],
    ['--aggregator "ca-9"', { aggregators: ['ca-9', 'ca-1', 'two\u202e'] }],
    ['--member "1.7E15"', { members: ['1.7E15', accountId(2), accountId(9), 'fd-Prod', MANAGEMENT] }],
  ])('to what is not there says so: %s', (named, only) => {
    expect(messages(only)).toEqual([expect.stringContaining(`${named} is nothing that`)]);
  });

  test.each(['directory', DIRECTORY.id, DIRECTORY.rootFolderId])(
    'to the whole directory finds it however that is spelled: %s',
    (spelled) => {
      const { plan, warnings } = planOf({ members: [spelled] });
      expect(plan.changes.map(({ id }) => id)).toEqual([`bind:c-1:${DIRECTORY.id}`]);
      expect(plan.counts).toMatchObject({ unchanged: 1, unmanaged: 0 });
      expect(warnings).toEqual([]);
    },
  );

  test('counts only the account groups that are inside', () => {
    expect(planOf({}).plan.counts.unmanaged).toBe(3);
    expect(planOf({ aggregators: ['ca-1'] }).plan.counts.unmanaged).toBe(0);
    expect(planOf({ members: [accountId(1)] }).plan.counts.unmanaged).toBe(0);
  });
});

test('a name that is the id of another owner confines to the owner with that id', () => {
  const state = {
    ...actual({
      accounts: [1, 2],
      contacts: [contact('c-1', [1]), contact('c-2', [1], { name: 'c-1' })],
      aggregators: [aggregator('ca-1', [1, 2]), aggregator('ca-2', [1, 2], { name: 'ca-1' })],
    }),
  };
  const wanted = desired({
    contacts: [wantedContact('c-1', { present: [2] }), wantedContact('c-2', { present: [2] })],
    aggregators: [wantedAggregator('ca-1', { present: [1] }), wantedAggregator('ca-2', { present: [1] })],
  });
  const planned = (only: Partial<Confinement>) => {
    const settings = applySettings({ only: { contacts: [], aggregators: [], members: [], ...only } });
    return makePlan(wanted, state, settings, new Set()).plan.changes.map(({ id }) => id.split(':')[1]);
  };
  expect(planned({ contacts: ['c-1'] })).toEqual(['c-1', 'c-1']);
  expect(planned({ aggregators: ['ca-1'] })).toEqual(['ca-1']);
});

describe('the share of removals', () => {
  const eight = [1, 2, 3, 4, 5, 6, 7, 8];
  const state = actual({
    accounts: eight,
    contacts: [contact('c-1', eight), contact('c-2', eight), contact('c-3', ['rd-3mNq8W'])],
    aggregators: [aggregator('ca-1', eight)],
  });
  const guard = { ...applySettings().guard, maxRemovalShare: 0.5 };
  const rulesOf = (contacts: readonly DesiredContact[]) =>
    makePlan(
      desired({ contacts, aggregators: [] }),
      state,
      applySettings({ guard }),
      new Set(),
    ).plan.guard.reasons.map(({ rule }) => rule);
  const bound = wantedContact('c-1', { present: [1, 2] });

  test('is measured against what the manifest manages', () => {
    expect(rulesOf([bound])).toEqual(['max-removal-share']);
  });

  test('is not made smaller by contacts that are named and left alone', () => {
    const named = { ...wantedContact('c-2', { present: [] }), statesMembers: false };
    expect(rulesOf([bound, named])).toEqual(['max-removal-share']);
  });

  test('counts contacts that are stated, or have members written as absent', () => {
    expect(rulesOf([bound, wantedContact('c-2', { present: eight })])).toEqual([]);
    const absent = { ...wantedContact('c-2', { present: [], absent: [9] }), statesMembers: false };
    expect(rulesOf([bound, absent])).toEqual([]);
  });
});

describe('a listing without a single account', () => {
  const state = actual({ accounts: [], contacts: [contact('c-1', ['fd-A', 'fd-B'])], aggregators: [] });
  const plan = (present: readonly string[]) =>
    makePlan(
      desired({ contacts: [wantedContact('c-1', { present: [...present] })], aggregators: [] }),
      state,
      applySettings({}),
      new Set(),
    ).plan;

  test('removes nothing: it is no complete reading', () => {
    expect(() => plan(['fd-A'])).toThrow('came without a single account');
  });

  test('is enough to add', () => {
    expect(plan(['fd-A', 'fd-B', 'fd-C']).changes.map(({ action }) => action)).toEqual(['bind']);
  });
});

describe('CUSTOM account groups that no manifest names', () => {
  test('are reported under exclusive ownership, those of other types not', () => {
    expect(messages({}, 'exclusive')).toEqual([
      'aggregator ca-2 ("two\ufffd") is of type CUSTOM, and the manifest, which owns exclusively, does not name it; ' +
        'it stays as it is: write it down, or delete the group in the console',
    ]);
  });

  test.each<Ownership>(['listed', 'add-only'])('are no concern of ownership %s', (ownership) => {
    expect(messages({}, ownership)).toEqual([]);
  });

  test('are not spoken of where the run is confined to something else', () => {
    expect(messages({ contacts: ['c-1'] }, 'exclusive')).toEqual([]);
  });
});
