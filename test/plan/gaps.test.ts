import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BindingChange } from '../../src/model/plan.ts';
import { Territory } from '../../src/model/territory.ts';
import { gapFinder } from '../../src/plan/gaps.ts';
import { scheduleContact } from '../../src/plan/schedule-contact.ts';
import { anyTree } from '../support/arbitrary-world.ts';
import { account, bind, contact, contactId, type TargetRef, target, unbind } from '../support/world.ts';

// 1 and 2 in fd-a, 3 in fd-a/fd-b, 4 in Root
const territory = new Territory([
  account(1, ['fd-a']),
  account(2, ['fd-a']),
  account(3, ['fd-a', 'fd-b']),
  account(4),
]);

interface Story {
  readonly bound: readonly TargetRef[];
  readonly add: readonly TargetRef[];
  readonly remove: readonly TargetRef[];
}

/** The targets of the removals that leave a gap, and of the additions that close one, before anything is sent. */
function gapsOf({ bound, add, remove }: Story, some: Territory | undefined = territory) {
  const changes = [...add.map((ref) => bind('c-1', ref)), ...remove.map((ref) => unbind('c-1', ref))];
  const find = gapFinder(changes, contact('c-1', bound).bindings, some);
  const { free, leaving, closers } = find(changes.slice(add.length), changes.slice(0, add.length));
  const targets = (some: readonly BindingChange[]): string[] => some.map((change) => change.target.id);
  expect(targets([...free, ...leaving]).sort()).toEqual(ids(...remove).sort());
  return { leaving: targets(leaving), closers: targets(closers) };
}

const ids = (...refs: TargetRef[]): string[] => refs.map((ref) => target(ref).id);

describe('a removal leaves a gap', () => {
  test.each<[string, Story, readonly TargetRef[], readonly TargetRef[]]>([
    [
      'when a folder is to take over from the account',
      { bound: [1, 4], add: ['fd-a'], remove: [1, 4] },
      [1],
      ['fd-a'],
    ],
    [
      'when an account is to take over from its folder',
      { bound: ['fd-a'], add: [3, 4], remove: ['fd-a'] },
      ['fd-a'],
      [3],
    ],
    [
      'when the directory is to take over',
      { bound: [1, 'fd-b'], add: ['rd-3mNq8W'], remove: [1, 'fd-b'] },
      [1, 'fd-b'],
      ['rd-3mNq8W'],
    ],
    [
      'when two that reach the same account go, one of them only: the one that reaches most',
      { bound: [1, 'fd-a'], add: ['rd-3mNq8W'], remove: [1, 'fd-a'] },
      ['fd-a'],
      ['rd-3mNq8W'],
    ],
    [
      'even when it would not alone: of two that reach all the same, one has to stay',
      { bound: [3, 'fd-b'], add: ['rd-3mNq8W'], remove: [3, 'fd-b'] },
      [3],
      ['rd-3mNq8W'],
    ],
    [
      'and that of the fewest accounts comes first',
      { bound: ['fd-a', 4], add: ['rd-3mNq8W'], remove: ['fd-a', 4] },
      [4, 'fd-a'],
      ['rd-3mNq8W'],
    ],
  ])('%s', (_, story, leaving, closers) => {
    expect(gapsOf(story)).toEqual({ leaving: ids(...leaving), closers: ids(...closers) });
  });
});

describe('the additions that close gaps go', () => {
  // 11 to 13 in fd-c, 14 and 15 in fd-d, 16 and 17 in fd-e, all in fd-top; 21 to 23 in fd-p/fd-q, 24 in fd-p, 25 and 26 in fd-r/fd-s
  const places = { 'fd-c': [11, 12, 13], 'fd-d': [14, 15], 'fd-e': [16, 17] };
  const wide = new Territory([
    ...Object.entries(places).flatMap(([home, refs]) => refs.map((ref) => account(ref, ['fd-top', home]))),
    ...[21, 22, 23].map((ref) => account(ref, ['fd-p', 'fd-q'])),
    account(24, ['fd-p']),
    ...[25, 26].map((ref) => account(ref, ['fd-r', 'fd-s'])),
  ]);

  test.each<[string, Story, readonly TargetRef[]]>([
    [
      'the one first that lets most removals go',
      {
        bound: [11, 12, 13, 14, 15, 'fd-e'],
        add: ['fd-d', 16, 17, 'fd-c'],
        remove: [11, 12, 13, 14, 15, 'fd-e'],
      },
      ['fd-c', 'fd-d', 16, 17],
    ],
    [
      'those together that let one removal go, that of the fewest accounts last',
      { bound: ['fd-top', 'fd-d'], add: [14, 11, 'fd-e', 12], remove: ['fd-top', 'fd-d'] },
      ['fd-e', 14, 11, 12],
    ],
    [
      'those last that end with the fewest accounts, of several removals that each need some',
      { bound: ['fd-p', 'fd-r'], add: ['fd-q', 24, 'fd-s'], remove: ['fd-p', 'fd-r'] },
      ['fd-s', 'fd-q', 24],
    ],
    [
      'without those that lie within another one',
      { bound: [11, 14], add: [11, 'fd-c', 'fd-top'], remove: [14] },
      ['fd-top'],
    ],
  ])('%s', (_, story, closers) => {
    expect(gapsOf(story, wide).closers).toEqual(ids(...closers));
  });
});

describe('a removal leaves no gap', () => {
  test.each<[string, Story]>([
    ['when nothing is to restore it', { bound: [1], add: [4], remove: [1] }],
    ['when something that stays covers it', { bound: [1, 'fd-a'], add: ['rd-3mNq8W'], remove: [1] }],
    ['when the account left the directory', { bound: [9], add: ['rd-3mNq8W'], remove: [9] }],
    ['when the folder is empty', { bound: ['fd-none'], add: ['rd-3mNq8W'], remove: ['fd-none'] }],
    ['when nothing is added at all', { bound: [1, 2], add: [], remove: [1, 2] }],
  ])('%s', (_, story) => {
    expect(gapsOf(story)).toEqual({ leaving: [], closers: [] });
  });

  test('once the addition that closes it was made', () => {
    const closer = bind('c-1', 'fd-a');
    const removal = unbind('c-1', 1);
    const other = bind('c-1', 4);
    const find = gapFinder([closer, other, removal], contact('c-1', [1]).bindings, territory);
    expect(find([removal], [closer, other]).leaving).toEqual([removal]);
    expect(find([removal], [other])).toEqual({ free: [removal], awaiting: [], leaving: [], closers: [] });
  });
});

test('an addition still closes a gap when the removal that left it is done', () => {
  const closer = bind('c-1', 'fd-a');
  const other = bind('c-1', 4);
  const find = gapFinder([other, closer, unbind('c-1', 1)], contact('c-1', [1]).bindings, territory);
  expect(find([], [other, closer])).toEqual({ free: [], awaiting: [], leaving: [], closers: [closer] });
});

describe('where the accounts were not read', () => {
  const unread = (story: Story) => {
    const changes = [
      ...story.add.map((ref) => bind('c-1', ref)),
      ...story.remove.map((ref) => unbind('c-1', ref)),
    ];
    const find = gapFinder(changes, contact('c-1', story.bound).bindings, undefined);
    return find(changes.slice(story.add.length), changes.slice(0, story.add.length));
  };

  test('every removal beside an addition may leave a gap', () => {
    const { free, leaving, closers } = unread({ bound: [1, 2], add: [4], remove: [1, 2] });
    expect([free.length, leaving.length, closers.length]).toEqual([0, 2, 0]);
  });

  test('a removal beside no addition leaves none', () => {
    const { free, leaving } = unread({ bound: [1, 2], add: [], remove: [1, 2] });
    expect([free.length, leaving.length]).toEqual([2, 0]);
  });
});

test('on any tree, no account is left without the contact for a while unless the contact was full', () => {
  const anyStory = anyTree.chain(({ accounts, targets }) =>
    fc
      .record({
        before: fc.uniqueArray(fc.constantFrom(...targets), { selector: (ref) => target(ref).id }),
        after: fc.uniqueArray(fc.constantFrom(...targets), { selector: (ref) => target(ref).id }),
        slack: fc.nat({ max: 3 }),
      })
      .map((story) => ({ accounts, ...story })),
  );
  fc.assert(
    fc.property(anyStory, ({ accounts, before, after, slack }) => {
      const some = new Territory(accounts);
      const has = (refs: readonly TargetRef[], ref: TargetRef) =>
        refs.some((one) => target(one).id === target(ref).id);
      const changes = [
        ...after.filter((ref) => !has(before, ref)).map((ref) => bind('c-1', ref)),
        ...before.filter((ref) => !has(after, ref)).map((ref) => unbind('c-1', ref)),
      ];
      const cap = Math.max(before.length, after.length) + slack;
      const find = gapFinder(changes, contact('c-1', before).bindings, some);
      const { adds, swaps, removes } = scheduleContact(
        contactId('c-1'),
        changes,
        { bound: before.length, cap },
        find,
      );
      const reached = (held: Iterable<string>) => new Set([...held].flatMap((id) => some.under(target(id))));
      const reachedThroughout = [...reached(before.map((ref) => target(ref).id))].filter((id) =>
        reached(after.map((ref) => target(ref).id)).has(id),
      );
      const held = new Set<string>(before.map((ref) => target(ref).id));
      let closersSent = 0;
      let othersSent = 0;
      for (const chunk of [...adds, ...swaps, ...removes]) {
        const wasFull = held.size >= cap;
        for (const { action, target: goal } of chunk.changes) {
          if (action === 'bind') held.add(goal.id);
          else held.delete(goal.id);
        }
        const now = reached(held);
        const lost = reachedThroughout.filter((id) => !now.has(id));
        if (chunk.action === 'unbind' && lost.length > 0) {
          expect(wasFull).toBe(true);
          if (closersSent === 0) expect(othersSent).toBe(0);
        }
        if (chunk.action === 'bind') {
          const closing = chunk.changes.filter(({ target: goal }) =>
            some.under(goal).some((id) => reachedThroughout.includes(id)),
          ).length;
          closersSent += closing;
          othersSent += chunk.changes.length - closing;
        }
      }
      expect(held).toEqual(new Set(after.map((ref) => target(ref).id)));
    }),
    { numRuns: 500 },
  );
});
