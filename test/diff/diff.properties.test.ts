import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import type { ActualState } from '../../src/model/actual-state.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { Change } from '../../src/model/plan.ts';
import { anyActual, anyDesired } from '../support/arbitrary-world.ts';
import { changed, contactId, DIRECTORY } from '../support/world.ts';

const anyPair = anyActual.chain((state) => fc.tuple(anyDesired(state), fc.constant(state)));

const isRemoval = ({ action }: Change): boolean => action === 'unbind' || action === 'remove-account';

/** Everything that exists, as `owner member`. */
function existing({ contacts, aggregators }: ActualState): string[] {
  return [
    ...[...(contacts?.values() ?? [])].flatMap(({ id, bindings }) =>
      [...bindings.keys()].map((key) => `${id} ${key}`),
    ),
    ...[...aggregators.values()].flatMap(({ id, accounts }) =>
      [...accounts.keys()].map((key) => `${id} ${key}`),
    ),
  ];
}

const written = ({ contacts, aggregators }: DesiredState, side: 'present' | 'absent'): string[] =>
  [...contacts.values(), ...aggregators.values()].flatMap((owner) =>
    [...owner[side].keys()].map((key) => `${owner.id} ${key}`),
  );

const subject = (change: Change): string =>
  change.kind === 'contact'
    ? `${change.contactId} ${change.target.id}`
    : `${change.aggregatorId} ${change.accountId}`;

const reversed = <K, V>(map: ReadonlyMap<K, V>): Map<K, V> => new Map([...map].reverse());

describe('for any manifest and any cloud', () => {
  test('every binding and membership gets exactly one answer, and the counts add up', () => {
    fc.assert(
      fc.property(anyPair, ([wanted, state]) => {
        const { changes, unchanged, unmanaged } = diff(wanted, state);
        const there = new Set(existing(state));
        const removed = changes.filter(isRemoval).map(subject);
        const added = changes.filter((change) => !isRemoval(change)).map(subject);
        expect(new Set([...removed, ...added]).size).toBe(changes.length);
        expect(removed.every((key) => there.has(key))).toBe(true);
        expect(added.some((key) => there.has(key))).toBe(false);
        expect(unchanged + unmanaged + removed.length).toBe(there.size);
        expect(unchanged + added.length).toBe(written(wanted, 'present').length);
      }),
    );
  });

  test('after its changes everything written is so, and nothing is left to do', () => {
    fc.assert(
      fc.property(anyPair, ([wanted, state]) => {
        const before = diff(wanted, state);
        const after = changed(state, before.changes);
        const there = new Set(existing(after));
        expect(written(wanted, 'present').filter((key) => !there.has(key))).toEqual([]);
        expect(written(wanted, 'absent').filter((key) => there.has(key))).toEqual([]);
        expect(diff(wanted, after)).toEqual({
          changes: [],
          unchanged: written(wanted, 'present').length,
          unmanaged: before.unmanaged,
        });
      }),
    );
  });

  test('the order in which things were read or written does not matter', () => {
    fc.assert(
      fc.property(anyPair, ([wanted, state]) => {
        const otherWanted: DesiredState = {
          ...wanted,
          contacts: new Map(
            [...reversed(wanted.contacts)].map(([id, one]) => [
              id,
              { ...one, present: reversed(one.present), absent: reversed(one.absent) },
            ]),
          ),
          aggregators: reversed(wanted.aggregators),
        };
        const otherState: ActualState = {
          ...state,
          accounts: state.accounts && reversed(state.accounts),
          contacts:
            state.contacts &&
            new Map(
              [...reversed(state.contacts)].map(([id, one]) => [
                id,
                { ...one, bindings: reversed(one.bindings) },
              ]),
            ),
          aggregators: reversed(state.aggregators),
        };
        expect(diff(otherWanted, otherState)).toEqual(diff(wanted, state));
      }),
    );
  });

  test('how the service spells the directory changes only what an unbinding call carries', () => {
    const respelled = (state: ActualState, wireId: string): ActualState => {
      const contacts = [...(state.contacts ?? [])].map(([id, one]) => {
        const bindings = [...one.bindings].map(([key, binding]) =>
          key === DIRECTORY.id ? ([key, { ...binding, wireId }] as const) : ([key, binding] as const),
        );
        return [id, { ...one, bindings: new Map(bindings) }] as const;
      });
      return { ...state, contacts: new Map(contacts) };
    };
    const ids = ({ changes }: { changes: readonly Change[] }): string[] => changes.map(({ id }) => id);
    fc.assert(
      fc.property(anyPair, ([wanted, state]) => {
        const [asDirectory, asRoot] = [DIRECTORY.id, DIRECTORY.rootFolderId].map((wireId) =>
          diff(wanted, respelled(state, wireId)),
        );
        if (asDirectory === undefined || asRoot === undefined) throw new Error('two diffs');
        expect(ids(asRoot)).toEqual(ids(asDirectory));
        const unbound = asRoot.changes.find(
          (one) => one.kind === 'contact' && one.target.id === DIRECTORY.id,
        );
        if (unbound?.action === 'unbind') expect(unbound).toMatchObject({ wireId: DIRECTORY.rootFolderId });
      }),
    );
  });

  test('add-only removes what is written as absent and nothing else', () => {
    fc.assert(
      fc.property(anyPair, ([wanted, state]) => {
        const { changes } = diff({ ...wanted, ownership: 'add-only' }, state);
        const absent = new Set(written(wanted, 'absent'));
        expect(changes.filter(isRemoval).filter((change) => !absent.has(subject(change)))).toEqual([]);
      }),
    );
  });

  test('listed touches no contact that is not named; the third contact is never named here', () => {
    fc.assert(
      fc.property(anyPair, ([wanted, state]) => {
        const { changes } = diff({ ...wanted, ownership: 'listed' }, state);
        expect(changes.filter((one) => one.kind === 'contact' && one.contactId === contactId('c-3'))).toEqual(
          [],
        );
      }),
    );
  });
});
