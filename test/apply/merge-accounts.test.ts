import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSoIn, mergeAccounts } from '../../src/apply/merge-accounts.ts';
import type { MembershipChange } from '../../src/model/plan.ts';
import { accountId, addAccount, aggregator, MANAGEMENT, removeAccount } from '../support/world.ts';

const G = 'ca-A0000000000000000000';
const ids = (...numbers: readonly number[]) => numbers.map((n) => accountId(n));
const sent = (now: readonly number[], changes: readonly MembershipChange[], limit = 200) => {
  const merged = mergeAccounts(aggregator(G, now), changes, limit);
  if (merged.kind !== 'send') throw new Error(`nothing is sent: ${JSON.stringify(merged)}`);
  return merged;
};

describe('the list that is sent', () => {
  it('keeps everybody who is there, in their order, and puts additions at the end', () => {
    const merged = sent([5, 3, 9], [addAccount(G, 1), removeAccount(G, 3), addAccount(G, 2)]);
    expect(merged.accounts.map(({ id }) => id)).toEqual(ids(5, 9, 1, 2));
  });

  it('keeps the names of those who stay, and leaves an empty name out', () => {
    const now = aggregator(G, [1]);
    const named = new Map(now.accounts).set(accountId(2), { id: accountId(2), name: '' });
    const merged = mergeAccounts({ ...now, accounts: named }, [addAccount(G, 3)], 200);
    expect(merged).toMatchObject({
      accounts: [
        { id: accountId(1), name: 'account-1' },
        { id: accountId(2), name: undefined },
        { id: accountId(3), name: undefined },
      ],
    });
  });

  it('carries the changes that it makes, and names those that are so already', () => {
    const [there, gone, wanted] = [addAccount(G, 1), removeAccount(G, 8), addAccount(G, 2)];
    const merged = sent([1], [there, gone, wanted]);
    expect(merged.changes).toEqual([wanted]);
    expect(merged.already).toEqual([there, gone]);
  });
});

describe('whoever is restored', () => {
  const now = aggregator(G, [1, 2]);
  const restored = [...aggregator(G, [7]).accounts.values()];

  it('goes into the same list as the changes', () => {
    const merged = mergeAccounts(now, [addAccount(G, 4), removeAccount(G, 1)], 200, restored);
    expect(merged).toMatchObject({ kind: 'send', changes: [{}, {}] });
    expect(merged.kind === 'send' && merged.accounts.map(({ id }) => id)).toEqual(ids(2, 7, 4));
  });

  it('is a reason to send a list where all changes are so already', () => {
    const merged = mergeAccounts(now, [addAccount(G, 1)], 200, restored);
    expect(merged).toMatchObject({ kind: 'send', changes: [], already: [addAccount(G, 1)] });
  });

  it('does not go into a group that is being deleted', () => {
    expect(mergeAccounts({ ...now, status: 2 }, [], 200, restored).kind).toBe('refused');
  });
});

describe('no list is sent', () => {
  it.each([
    { why: 'all is so', now: [1], changes: [addAccount(G, 1), removeAccount(G, 2)], kind: 'nothing-to-do' },
    { why: 'nothing is asked', now: [1], changes: [], kind: 'nothing-to-do' },
    { why: 'it would be empty', now: [1], changes: [removeAccount(G, 1)], kind: 'refused' },
    { why: 'it would be too long', now: [1, 2, 3], changes: [addAccount(G, 4)], kind: 'refused' },
  ])('when $why', ({ now, changes, kind }) => {
    expect(mergeAccounts(aggregator(G, now), changes, 3).kind).toBe(kind);
  });

  it.each([
    { parts: { type: 'RD' }, because: 'it is of type RD now, and only CUSTOM takes accounts' },
    { parts: { type: 'FOLDER' }, because: 'it is of type FOLDER now, and only CUSTOM takes accounts' },
    { parts: { status: 2 }, because: 'it is being deleted' },
  ])('when $because', ({ parts, because }) => {
    const merged = mergeAccounts(aggregator(G, [1], parts), [addAccount(G, 2)], 200);
    expect(merged).toEqual({ kind: 'refused', because });
  });

  it('over the limit says how many there would be', () => {
    const merged = mergeAccounts(aggregator(G, [1, 2]), [addAccount(G, 3)], 2);
    expect(merged).toEqual({
      kind: 'refused',
      because: 'it would hold 3 accounts (limit 2): others came since the plan was made',
    });
  });
});

/** What was there when the plan was made, what the plan asks for, and what others did meanwhile. */
const world = fc
  .record({
    planned: fc.uniqueArray(fc.integer({ min: 1, max: 12 })),
    meanwhile: fc.uniqueArray(fc.integer({ min: 1, max: 20 })),
    adds: fc.uniqueArray(fc.integer({ min: 1, max: 12 })),
    removes: fc.uniqueArray(fc.integer({ min: 1, max: 12 })),
    limit: fc.integer({ min: 1, max: 20 }),
    withManagement: fc.boolean(),
  })
  .map(({ meanwhile, adds, removes, limit, withManagement }) => ({
    now: aggregator(G, [...(withManagement ? [MANAGEMENT] : []), ...meanwhile]),
    adds: adds.filter((n) => !removes.includes(n)),
    removes,
    limit,
  }))
  .map((one) => ({
    ...one,
    changes: [...one.adds.map((n) => addAccount(G, n)), ...one.removes.map((n) => removeAccount(G, n))],
  }));

describe('for any list and any changes', () => {
  it('whoever no change removes stays, in order; whoever is added is there; whoever is removed is not', () => {
    fc.assert(
      fc.property(world, ({ now, adds, removes, changes, limit }) => {
        const merged = mergeAccounts(now, changes, limit);
        if (merged.kind !== 'send') return;
        const list = merged.accounts.map(({ id }) => id);
        const gone = new Set(removes.map((n) => accountId(n)));
        const staying = [...now.accounts.keys()].filter((id) => !gone.has(id));
        expect(list.slice(0, staying.length)).toEqual(staying);
        expect(new Set(list)).toEqual(new Set([...staying, ...adds.map((n) => accountId(n))]));
        expect(new Set(list).size).toBe(list.length);
        expect(list.includes(MANAGEMENT)).toBe(now.accounts.has(MANAGEMENT));
        expect(list.length).toBeGreaterThan(0);
        expect(list.length).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 1000 },
    );
  });

  it('a list is refused only when it would be empty or too long, and none is sent when all is so', () => {
    fc.assert(
      fc.property(world, ({ now, adds, removes, changes, limit }) => {
        const after = new Set<string>(now.accounts.keys());
        for (const n of adds) after.add(accountId(n));
        for (const n of removes) after.delete(accountId(n));
        const allSo = changes.every((change) => isSoIn(change, now));
        const impossible = after.size === 0 || after.size > limit;
        const expected = allSo ? 'nothing-to-do' : impossible ? 'refused' : 'send';
        expect(mergeAccounts(now, changes, limit).kind).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('every change is either made by the list or so already', () => {
    fc.assert(
      fc.property(world, ({ now, changes, limit }) => {
        const merged = mergeAccounts(now, changes, limit);
        if (merged.kind !== 'send') return;
        expect(new Set([...merged.changes, ...merged.already])).toEqual(new Set(changes));
        expect(merged.already.every((change) => isSoIn(change, now))).toBe(true);
        expect(merged.changes.some((change) => isSoIn(change, now))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});
