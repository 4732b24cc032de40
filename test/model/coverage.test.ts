import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Account, Contact } from '../../src/model/actual-state.ts';
import { computeCoverage, reachedTypes } from '../../src/model/coverage.ts';
import type { AccountId } from '../../src/model/ids.ts';
import type { Target } from '../../src/model/target.ts';
import { Territory } from '../../src/model/territory.ts';
import { anyContact, anyTree } from '../support/arbitrary-world.ts';
import { account, accountId, contact, DIRECTORY, MANAGEMENT, target } from '../support/world.ts';

const bound = ({ id, status, messageTypes, bindings }: Contact) => {
  return { id, status, messageTypes, targets: [...bindings.values()].map((one) => one.target) };
};

/** Asked anew for one account and one target: is the account itself, its directory, or a folder above it meant? */
const isCovered = (one: Account, wanted: Target): boolean =>
  wanted.id === one.id || wanted.id === DIRECTORY.id || one.folderPath.some((id) => id === wanted.id);

describe('the territory of a target', () => {
  const territory = new Territory([
    account(1),
    account(2, ['fd-a']),
    account(3, ['fd-a', 'fd-b']),
    account(4, ['fd-c', 'fd-d', 'fd-e', 'fd-f', 'fd-g']),
  ]);

  test.each([
    ['an account', 2, [2]],
    ['an account that left', 9, []],
    ['a folder with an account and a folder in it', 'fd-a', [2, 3]],
    ['a folder on the second level', 'fd-b', [3]],
    ['a folder four levels above the account', 'fd-c', [4]],
    ['the folder on the fifth level', 'fd-g', [4]],
    ['an empty or unknown folder', 'fd-none', []],
    ['the directory', 'rd-3mNq8W', [1, 2, 3, 4]],
    ['the directory as its Root folder', 'r-9xKp2d', [1, 2, 3, 4]],
    ['the management account', MANAGEMENT, []],
  ] as const)('%s', (_, ref, expected) => {
    expect(territory.under(target(ref))).toEqual(expected.map(accountId));
  });

  test('knows who is in the directory', () => {
    expect([1, 4, 9].map((ref) => territory.has(accountId(ref)))).toEqual([true, true, false]);
    expect(territory.has(MANAGEMENT)).toBe(false);
  });

  test('is, on any tree five levels deep, what a search through every account finds', () => {
    fc.assert(
      fc.property(anyTree, ({ accounts, targets }) => {
        const some = new Territory(accounts);
        for (const ref of targets) {
          const expected = accounts.filter((one) => isCovered(one, target(ref))).map(({ id }) => id);
          expect(some.under(target(ref))).toEqual(expected);
        }
      }),
    );
  });
});

describe('coverage', () => {
  const territory = new Territory([account(1, ['fd-a']), account(2)]);

  test('names every way by which a contact reaches an account', () => {
    const ops = contact('c-ops', [1, 'fd-a', 'rd-3mNq8W'], { messageTypes: ['FaultMessage'] });
    const coverage = computeCoverage(territory, [bound(ops)]);
    expect(coverage).toEqual(
      new Map([
        [
          accountId(1),
          [
            {
              contactId: 'c-ops',
              messageTypes: ['FaultMessage'],
              via: [target(1), target('fd-a'), target('rd-3mNq8W')],
            },
          ],
        ],
        [accountId(2), [{ contactId: 'c-ops', messageTypes: ['FaultMessage'], via: [target('rd-3mNq8W')] }]],
      ]),
    );
  });

  test('lists an account that nobody reaches, with nobody', () => {
    expect(computeCoverage(territory, [])).toEqual(
      new Map([
        [accountId(1), []],
        [accountId(2), []],
      ]),
    );
  });

  test.each(['Verifying', 'Deleting', 'active', 'SomethingNew', ''])(
    'does not count a contact of status "%s"',
    (status) => {
      const coverage = computeCoverage(territory, [bound(contact('c-new', [1, 2], { status }))]);
      expect([...coverage.values()]).toEqual([[], []]);
    },
  );

  test('has no entry for an account that left, though it is still bound', () => {
    const coverage = computeCoverage(territory, [bound(contact('c-ops', [9]))]);
    expect([...coverage.keys()]).toEqual([accountId(1), accountId(2)]);
  });

  test('is, on any tree five levels deep, what a search through every pair finds', () => {
    fc.assert(
      fc.property(
        anyTree.chain((tree) =>
          fc.tuple(fc.constant(tree), fc.array(anyContact(tree.targets), { maxLength: 4 })),
        ),
        ([{ accounts }, some]) => {
          const contacts = some.map((one, index) => bound({ ...one, id: contact(`c-${index}`).id }));
          const expected = new Map<AccountId, unknown>();
          for (const one of accounts) {
            const reached = contacts
              .filter(({ status }) => status === 'Active')
              .map(({ id, messageTypes, targets }) => {
                return { contactId: id, messageTypes, via: targets.filter((goal) => isCovered(one, goal)) };
              })
              .filter(({ via }) => via.length > 0);
            expected.set(one.id, reached);
          }
          const coverage = computeCoverage(new Territory(accounts), contacts);
          expect(coverage).toEqual(expected);
          const types = [...coverage].map(([id, reaches]) => [
            id,
            new Set(reaches.flatMap(({ messageTypes }) => messageTypes)),
          ]);
          expect([...reachedTypes(new Territory(accounts), contacts)]).toEqual(types);
        },
      ),
    );
  });
});
