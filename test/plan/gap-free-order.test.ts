import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Account } from '../../src/model/actual-state.ts';
import type { Chunk } from '../../src/model/plan.ts';
import { Territory } from '../../src/model/territory.ts';
import { gapFinder } from '../../src/plan/gaps.ts';
import { scheduleContact } from '../../src/plan/schedule-contact.ts';
import { anyTree } from '../support/arbitrary-world.ts';
import { account, bind, contact, contactId, type TargetRef, target, unbind } from '../support/world.ts';

/** One contact, by the ids of its targets. */
interface Story {
  readonly accounts: readonly Account[];
  readonly cap: number;
  readonly before: readonly TargetRef[];
  readonly after: readonly TargetRef[];
}

const idOf = (ref: TargetRef): string => target(ref).id;

/** As `-1,fd-a`, with an exclamation mark and the accounts where it leaves some in a gap. */
interface Call {
  readonly text: string;
  readonly gap: readonly string[];
  readonly held: number;
}

function callsOf({ accounts, cap, before, after }: Story): Call[] {
  const was = new Set(before.map(idOf));
  const will = new Set(after.map(idOf));
  const changes = [
    ...after.filter((ref) => !was.has(idOf(ref))).map((ref) => bind('c-1', ref)),
    ...before.filter((ref) => !will.has(idOf(ref))).map((ref) => unbind('c-1', ref)),
  ];
  const { bindings } = contact('c-1', before);
  const find = gapFinder(changes, bindings, new Territory(accounts));
  const { adds, swaps, removes } = scheduleContact(
    contactId('c-1'),
    changes,
    { bound: bindings.size, cap },
    find,
  );
  const held = new Set(was);
  const calls = [...adds, ...swaps, ...removes].map((chunk) => {
    for (const change of chunk.changes) {
      if (chunk.action === 'bind') held.add(change.target.id);
      else held.delete(change.target.id);
    }
    const gap = gapOf(held, { accounts, before, after });
    return {
      text: textOf(chunk) + (gap.length > 0 ? `!${gap.map(short).join()}` : ''),
      gap,
      held: held.size,
    };
  });
  expect(held).toEqual(will);
  return calls;
}

const textOf = ({ action, changes }: Chunk): string =>
  `${action === 'bind' ? '+' : '-'}${changes.map((change) => short(change.target.id)).join()}`;

const short = (id: string): string => id.replace(/^17380845226700*/, '');

/** The accounts that the contact reaches before and after, but not now. */
function gapOf(held: ReadonlySet<string>, { accounts, before, after }: Omit<Story, 'cap'>): string[] {
  const reaches = (targets: ReadonlySet<string>, { id, folderPath }: Account): boolean =>
    targets.has('rd-3mNq8W') || targets.has(id) || folderPath.some((folderId) => targets.has(folderId));
  const [was, will] = [new Set(before.map(idOf)), new Set(after.map(idOf))];
  return accounts
    .filter((one) => reaches(was, one) && reaches(will, one) && !reaches(held, one))
    .map(({ id }) => id);
}

/** Tries every order of single changes. */
function someOrderHasNoGap(story: Story): boolean {
  const before = new Set(story.before.map(idOf));
  const after = new Set(story.after.map(idOf));
  const seen = new Set<string>();
  const canEnd = (held: ReadonlySet<string>): boolean => {
    const key = [...held].sort().join();
    if (seen.has(key) || held.size > story.cap || gapOf(held, story).length > 0) return false;
    seen.add(key);
    const added = [...after].filter((id) => !held.has(id)).map((id) => new Set([...held, id]));
    const removed = [...held]
      .filter((id) => !after.has(id))
      .map((id) => new Set([...held].filter((one) => one !== id)));
    return added.length + removed.length === 0 || [...added, ...removed].some(canEnd);
  };
  return canEnd(before);
}

/** Of a contact that is at its cap, or would be for a while. */
const anyStory: fc.Arbitrary<Story> = anyTree.chain(({ accounts, targets }) => {
  const some = (cap: number) =>
    fc.uniqueArray(fc.constantFrom(...targets), { selector: idOf, minLength: cap - 1, maxLength: cap });
  return fc
    .integer({ min: 2, max: 4 })
    .chain((cap) =>
      fc.record({ before: some(cap), after: some(cap) }).map((lists) => ({ accounts, cap, ...lists })),
    );
});

describe('a contact at its cap', () => {
  test('has no account in a gap wherever any order of its changes leaves none', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const calls = callsOf(story);
        for (const { held } of calls) expect(held).toBeLessThanOrEqual(story.cap);
        if (calls.some(({ gap }) => gap.length > 0)) expect(someOrderHasNoGap(story)).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  // 1 and 2 in fd-a, 3 and 4 in fd-b, 5 in fd-c, 9 in fd-d, 6 to 8 in Root
  const accounts = [
    ...[1, 2].map((ref) => account(ref, ['fd-a'])),
    ...[3, 4].map((ref) => account(ref, ['fd-b'])),
    account(5, ['fd-c']),
    account(9, ['fd-d']),
    ...[6, 7, 8].map((ref) => account(ref)),
  ];

  test.each<[string, Omit<Story, 'accounts'>, readonly string[]]>([
    [
      'adds what lets a removal go before what does not',
      { cap: 2, before: ['rd-3mNq8W', 6], after: ['fd-a', 1] },
      ['-6', '+fd-a', '-rd-3mNq8W', '+1'],
    ],
    [
      'removes one of two that reach the same account, and not the one that reaches more',
      { cap: 2, before: ['fd-a', 1], after: ['rd-3mNq8W', 6] },
      ['-1', '+rd-3mNq8W', '-fd-a', '+6'],
    ],
    [
      'adds first what lets many removals go',
      { cap: 3, before: [3, 4], after: [1, 2, 'fd-b'] },
      ['+fd-b', '-3,4', '+1,2'],
    ],
    [
      'keeps a folder until all its accounts are added one by one',
      { cap: 3, before: ['fd-a', 6, 7], after: [1, 2, 8] },
      ['-6,7', '+1,2', '-fd-a', '+8'],
    ],
  ])('%s', (_, story, expected) => {
    expect(callsOf({ accounts, ...story }).map(({ text }) => text)).toEqual(expected);
  });

  test.each<[string, Omit<Story, 'accounts'>, readonly string[]]>([
    [
      'leaves one account in it and not all that wait, when a folder takes over',
      { cap: 2, before: [3, 4], after: ['fd-b', 6] },
      ['-3!3', '+fd-b', '-4', '+6'],
    ],
    [
      'leaves that of the fewest accounts in it, and closes it before it adds what closes none',
      { cap: 2, before: ['fd-b', 5], after: ['rd-3mNq8W', 6] },
      ['-5!5', '+rd-3mNq8W', '-fd-b', '+6'],
    ],
    [
      'leaves only the last account of a folder in it, and adds the others first',
      { cap: 3, before: ['fd-a', 6], after: [1, 2, 6] },
      ['+1', '-fd-a!2', '+2'],
    ],
    [
      'lies with one account alone, though it takes calls more, where all could be in one for a call',
      { cap: 2, before: ['fd-c', 'fd-d'], after: [5, 9] },
      ['-fd-c!5', '+9!5', '-fd-d!5', '+5'],
    ],
  ])('that no order spares a gap %s', (_, story, expected) => {
    expect(someOrderHasNoGap({ accounts, ...story })).toBe(false);
    expect(callsOf({ accounts, ...story }).map(({ text }) => text)).toEqual(expected);
  });
});

test('hundreds of targets at a cap that was raised are put in order as well', () => {
  const homes = Array.from({ length: 500 }, (_, index) => `fd-${index}`);
  const accounts = homes.flatMap((home, index) => [
    account(index + 1, [home]),
    account(1001 + index, [home]),
  ]);
  const calls = callsOf({
    accounts,
    cap: 501,
    before: homes,
    after: accounts.slice(0, 500).map(({ id }) => id),
  });
  expect(calls.filter(({ gap }) => gap.length > 0)).toEqual([]);
});
