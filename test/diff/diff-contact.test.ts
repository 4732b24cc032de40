import { describe, expect, test } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import type { DesiredContact } from '../../src/model/desired-state.ts';
import type { Ownership } from '../../src/model/manifest.ts';
import {
  actual,
  bind,
  contact,
  desired,
  folder,
  MANAGEMENT,
  source,
  type TargetRef,
  target,
  unbind,
  wantedContact,
} from '../support/world.ts';

type Answer = 'bind' | 'unbind' | 'unchanged' | 'unmanaged' | 'nothing';

const OWNERSHIPS = ['add-only', 'listed', 'exclusive'] as const;

/** What a manifest can say about one target of the contact c-ops. Account 2 only makes it state its members. */
const WISHES = {
  present: (ref: TargetRef) => [wantedContact('c-ops', { present: [2, ref] })],
  absent: (ref: TargetRef) => [wantedContact('c-ops', { absent: [ref] })],
  'absent, others present': (ref: TargetRef) => [wantedContact('c-ops', { present: [2], absent: [ref] })],
  unwritten: () => [wantedContact('c-ops', { present: [2] })],
  'unwritten, bind: []': () => [wantedContact('c-ops', { statesMembers: true, allowEmpty: true })],
  'contact merely named': () => [wantedContact('c-ops', {})],
  'contact not named': () => [],
} satisfies Record<string, (ref: TargetRef) => DesiredContact[]>;

type WishName = keyof typeof WISHES;

/** What the diff does about the one target: its change, or else how the target was counted. */
function answer(
  wish: WishName,
  bound: boolean,
  ownership: Ownership,
  ref: TargetRef,
  foldersRead = true,
): Answer {
  const wanted = desired({ ownership, contacts: WISHES[wish](ref) });
  const state = (held: readonly TargetRef[]) =>
    actual({
      accounts: [1, 2],
      contacts: [contact('c-ops', held)],
      ...(foldersRead ? { folders: [folder('fd-here')] } : {}),
    });
  const result = diff(wanted, state(bound ? [2, ref] : [2]));
  const { id } = target(ref);
  const change = result.changes.find((one) => one.kind === 'contact' && one.target.id === id);
  if (change?.action === 'bind' || change?.action === 'unbind') return change.action;
  const withoutIt = diff(wanted, state([2]));
  if (result.unchanged > withoutIt.unchanged) return 'unchanged';
  return result.unmanaged > withoutIt.unmanaged ? 'unmanaged' : 'nothing';
}

describe('an account of the directory', () => {
  test.each<[WishName, boolean, Answer, Answer, Answer]>([
    // wish                     bound  add-only     listed       exclusive
    ['present', /*           */ false, 'bind', /**/ 'bind', /**/ 'bind'],
    ['present', true, 'unchanged', 'unchanged', 'unchanged'],
    ['absent', false, 'nothing', 'nothing', 'nothing'],
    ['absent', true, 'unbind', 'unbind', 'unbind'],
    ['absent, others present', false, 'nothing', 'nothing', 'nothing'],
    ['absent, others present', true, 'unbind', 'unbind', 'unbind'],
    ['unwritten', false, 'nothing', 'nothing', 'nothing'],
    ['unwritten', true, 'unmanaged', 'unbind', 'unbind'],
    ['unwritten, bind: []', true, 'unmanaged', 'unbind', 'unbind'],
    ['contact merely named', false, 'nothing', 'nothing', 'nothing'],
    ['contact merely named', true, 'unmanaged', 'unmanaged', 'unmanaged'],
    ['contact not named', true, 'unmanaged', 'unmanaged', 'unbind'],
  ])('%s, bound: %s', (wish, bound, ...expected) => {
    expect(OWNERSHIPS.map((ownership) => answer(wish, bound, ownership, 1))).toEqual(expected);
  });
});

describe('an id that left the directory', () => {
  test.each<[string, TargetRef]>([
    ['account', 9],
    ['folder', 'fd-gone'],
    ['directory', 'rd-other'],
  ])('as a bound %s is unbound only where that is written', (_, gone) => {
    const answers = (wish: WishName) => OWNERSHIPS.map((ownership) => answer(wish, true, ownership, gone));
    expect(answers('absent')).toEqual(['unbind', 'unbind', 'unbind']);
    expect(answers('absent, others present')).toEqual(['unbind', 'unbind', 'unbind']);
    for (const wish of [
      'unwritten',
      'unwritten, bind: []',
      'contact merely named',
      'contact not named',
    ] as const) {
      expect(answers(wish), wish).toEqual(['unmanaged', 'unmanaged', 'unmanaged']);
    }
  });

  test('is not known to have left when its kind was not read', () => {
    expect(answer('unwritten', true, 'listed', 'fd-gone', false)).toBe('unbind');
    const unread = actual({ accounts: null, contacts: [contact('c-ops', [2, 9])] });
    const wanted = desired({ contacts: [wantedContact('c-ops', { present: [2] })] });
    expect(diff(wanted, unread).changes).toEqual([unbind('c-ops', 9)]);
  });
});

test('the management account, bound by whatever way, does not count as gone', () => {
  expect(OWNERSHIPS.map((ownership) => answer('unwritten', true, ownership, MANAGEMENT))).toEqual([
    'unmanaged',
    'unbind',
    'unbind',
  ]);
});

describe('the whole directory', () => {
  const inBothSpellings = (['rd-3mNq8W', 'r-9xKp2d'] as const).flatMap((written) =>
    (['rd-3mNq8W', 'r-9xKp2d'] as const).map((bound) => [written, bound] as const),
  );

  test.each(inBothSpellings)('written %s and bound as %s is unchanged', (written, bound) => {
    const state = actual({ contacts: [contact('c-ops', [bound])] });
    const wanted = desired({ contacts: [wantedContact('c-ops', { present: [written] })] });
    expect(diff(wanted, state)).toEqual({ changes: [], unchanged: 1, unmanaged: 0 });
  });

  test.each(inBothSpellings)(
    'written absent as %s and bound as %s is unbound as it is bound',
    (written, bound) => {
      const state = actual({ contacts: [contact('c-ops', [bound])] });
      const wanted = desired({ contacts: [wantedContact('c-ops', { absent: [written] })] });
      expect(diff(wanted, state).changes).toEqual([unbind('c-ops', bound, source(1))]);
    },
  );

  test('is bound by its rd- id', () => {
    const wanted = desired({ contacts: [wantedContact('c-ops', { present: ['r-9xKp2d'] })] });
    const { changes } = diff(wanted, actual({ contacts: [contact('c-ops')] }));
    expect(changes).toEqual([bind('c-ops', 'rd-3mNq8W', source(1))]);
  });
});

test('changes come by contact, additions before removals, then by member, with their places', () => {
  const state = actual({
    accounts: [1, 2, 3, 4],
    contacts: [contact('c-b', [3]), contact('c-a', [4, 2, 'fd-x'])],
  });
  const wanted = desired({
    contacts: [
      wantedContact('c-b', { present: [3, 1] }),
      wantedContact('c-a', { present: ['fd-y', 3, 1], absent: ['fd-x'] }),
    ],
  });
  expect(diff(wanted, state)).toEqual({
    changes: [
      bind('c-a', 1, source(3)),
      bind('c-a', 3, source(2)),
      bind('c-a', 'fd-y', source(1)),
      unbind('c-a', 2),
      unbind('c-a', 4),
      unbind('c-a', 'fd-x', source(1)),
      bind('c-b', 1, source(2)),
    ],
    unchanged: 1,
    unmanaged: 0,
  });
});

test('contacts that were not read have no answers', () => {
  expect(diff(desired({ ownership: 'exclusive' }), actual({ contacts: null }))).toEqual({
    changes: [],
    unchanged: 0,
    unmanaged: 0,
  });
});
