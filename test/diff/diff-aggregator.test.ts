import { describe, expect, test } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import { unnamedAggregators } from '../../src/diff/diff-aggregator.ts';
import type { DesiredAggregator } from '../../src/model/desired-state.ts';
import type { Ownership } from '../../src/model/manifest.ts';
import {
  type AccountRef,
  accountId,
  actual,
  addAccount,
  aggregator,
  desired,
  MANAGEMENT,
  removeAccount,
  source,
  wantedAggregator,
} from '../support/world.ts';

const OWNERSHIPS = ['add-only', 'listed', 'exclusive'] as const;

/** What a manifest can say about one account of the aggregator ca-1. Account 2 only makes it state its members. */
const WISHES = {
  present: (ref: AccountRef) => wantedAggregator('ca-1', { present: [2, ref] }),
  absent: (ref: AccountRef) => wantedAggregator('ca-1', { absent: [ref] }),
  'absent, others present': (ref: AccountRef) => wantedAggregator('ca-1', { present: [2], absent: [ref] }),
  unwritten: () => wantedAggregator('ca-1', { present: [2] }),
  'merely named': () => wantedAggregator('ca-1', {}),
} satisfies Record<string, (ref: AccountRef) => DesiredAggregator>;

type WishName = keyof typeof WISHES;

/** The change for the account; else how it was counted. */
function answer(wish: WishName, member: boolean, ownership: Ownership, ref: AccountRef): string {
  const wanted = desired({ ownership, aggregators: [WISHES[wish](ref)] });
  const withOut = diff(wanted, actual({ accounts: [1, 2], aggregators: [aggregator('ca-1', [2])] }));
  if (!member) return withOut.changes.map(({ action }) => action).join() || 'nothing';
  const result = diff(wanted, actual({ accounts: [1, 2], aggregators: [aggregator('ca-1', [2, ref])] }));
  if (result.changes.length > 0) return result.changes.map(({ action }) => action).join();
  if (result.unchanged === withOut.unchanged + 1) return 'unchanged';
  return result.unmanaged === withOut.unmanaged + 1 ? 'unmanaged' : 'nothing';
}

const answers = (wish: WishName, member: boolean, ref: AccountRef): string[] =>
  OWNERSHIPS.map((ownership) => answer(wish, member, ownership, ref));

describe('an account of the directory', () => {
  test.each<[WishName, boolean, string, string, string]>([
    // wish      member  add-only       listed         exclusive
    ['present', false, 'add-account', 'add-account', 'add-account'],
    ['present', true, 'unchanged', 'unchanged', 'unchanged'],
    ['absent', false, 'nothing', 'nothing', 'nothing'],
    ['absent', true, 'remove-account', 'remove-account', 'remove-account'],
    ['absent, others present', true, 'remove-account', 'remove-account', 'remove-account'],
    ['unwritten', false, 'nothing', 'nothing', 'nothing'],
    ['unwritten', true, 'unmanaged', 'remove-account', 'remove-account'],
    ['merely named', true, 'unmanaged', 'unmanaged', 'unmanaged'],
  ])('%s, a member: %s', (wish, member, ...expected) => {
    expect(answers(wish, member, 1)).toEqual(expected);
  });
});

describe.each([
  ['the management account, which no list of accounts shows', MANAGEMENT],
  ['an account that left the directory', 9],
] as const)('%s', (_, ref) => {
  test('stays and is unmanaged where the manifest does not speak of it', () => {
    expect(answers('unwritten', true, ref)).toEqual(['unmanaged', 'unmanaged', 'unmanaged']);
    expect(answers('merely named', true, ref)).toEqual(['unmanaged', 'unmanaged', 'unmanaged']);
  });

  test('is removed where that is written', () => {
    expect(answers('absent', true, ref)).toEqual(['remove-account', 'remove-account', 'remove-account']);
  });
});

test('the management account can be a member that is written', () => {
  expect(answers('present', true, MANAGEMENT)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  expect(answers('present', false, MANAGEMENT)).toEqual(['add-account', 'add-account', 'add-account']);
});

test('an addition carries the display name that was written, a removal the one that the service shows', () => {
  const written = wantedAggregator('ca-1', { present: [1] });
  const [membership] = written.present.values();
  if (membership === undefined) throw new Error('one member is written');
  const named = {
    ...written,
    present: new Map([[membership.accountId, { ...membership, accountName: 'Tony' }]]),
  };
  const { changes } = diff(
    desired({ aggregators: [named] }),
    actual({ accounts: [1, 2], aggregators: [aggregator('ca-1', [2])] }),
  );
  expect(changes).toEqual([
    { ...addAccount('ca-1', 1, source(1)), accountName: 'Tony' },
    { ...removeAccount('ca-1', 2), accountName: 'account-2' },
  ]);
});

test('aggregators come after contacts, each by id, additions before removals, then by account', () => {
  const state = actual({
    accounts: [1, 2, 3, 4],
    aggregators: [aggregator('ca-2', [4]), aggregator('ca-1', [2, 1])],
  });
  const wanted = desired({
    aggregators: [wantedAggregator('ca-2', { present: [1] }), wantedAggregator('ca-1', { present: [4, 3] })],
  });
  expect(diff(wanted, state).changes.map(({ id }) => id)).toEqual([
    `add-account:ca-1:${accountId(3)}`,
    `add-account:ca-1:${accountId(4)}`,
    `remove-account:ca-1:${accountId(1)}`,
    `remove-account:ca-1:${accountId(2)}`,
    `add-account:ca-2:${accountId(1)}`,
    `remove-account:ca-2:${accountId(4)}`,
  ]);
});

describe('an aggregator that the manifest does not name', () => {
  test('and that was only listed counts with the number of its accounts, if it is CUSTOM', () => {
    const { accounts: _, ...listed } = aggregator('ca-2', [], { accountCount: 7 });
    const { accounts: __, ...computed } = aggregator('ca-3', [], { accountCount: 40, type: 'RD' });
    const read = aggregator('ca-1', [1, 2]);
    const state = actual({ accounts: [1, 2], aggregators: [read] });
    const wanted = desired({ aggregators: [wantedAggregator('ca-1', { present: [1, 2] })] });
    const aggregatorList = [read, listed, computed];
    expect(diff(wanted, { ...state, aggregatorList })).toEqual({ changes: [], unchanged: 2, unmanaged: 7 });
    expect(unnamedAggregators(wanted, { ...state, aggregatorList }).map(({ id }) => id)).toEqual(['ca-2']);
  });

  test.each(OWNERSHIPS)('keeps its members, which are unmanaged, under %s', (ownership) => {
    const state = actual({ accounts: [1, 2], aggregators: [aggregator('ca-1', [1, 2])] });
    expect(diff(desired({ ownership }), state)).toEqual({ changes: [], unchanged: 0, unmanaged: 2 });
  });

  test.each(['RD', 'FOLDER'])('and whose members nobody chooses (%s) is not counted', (type) => {
    const state = actual({ accounts: [1, 2], aggregators: [aggregator('ca-1', [1, 2], { type })] });
    expect(diff(desired(), state)).toEqual({ changes: [], unchanged: 0, unmanaged: 0 });
  });
});
