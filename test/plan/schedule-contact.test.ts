import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BindingChange, Chunk, ContactSchedule } from '../../src/model/plan.ts';
import type { FindGaps } from '../../src/plan/gaps.ts';
import { scheduleContact } from '../../src/plan/schedule-contact.ts';
import { bind, contactId, unbind } from '../support/world.ts';

const range = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + index);
const binds = (count: number): BindingChange[] => range(1, count).map((ref) => bind('c-1', ref));
const unbinds = (count: number): BindingChange[] => range(101, count).map((ref) => unbind('c-1', ref));

const noGaps: FindGaps = (toRemove) => ({ free: toRemove, awaiting: [], leaving: [], closers: [] });
/** The given removals leave a gap while additions wait, and every addition closes one. */
const gapsOf =
  (withGap: (removal: BindingChange) => boolean): FindGaps =>
  (toRemove, toAdd) => {
    const leaving = toRemove.filter((one) => toAdd.length > 0 && withGap(one));
    const free = toRemove.filter((one) => !leaving.includes(one));
    return { free, awaiting: [], leaving, closers: leaving.length > 0 ? toAdd : [] };
  };
const allGaps = gapsOf(() => true);
/** Where the accounts were not read, each removal may leave a gap, and nothing is known of what closes it. */
const notKnown: FindGaps = (toRemove) => ({ free: [], awaiting: [], leaving: toRemove, closers: [] });
const notAsked: FindGaps = () => {
  throw new Error('nothing had to be removed first');
};

/** `+5 +3 | -2 +1 | -5`: additions, swaps and removals in their order. */
function shape({ adds, swaps, removes }: ContactSchedule): string {
  const signed = (chunks: readonly Chunk[]): string =>
    chunks.map(({ action, changes }) => `${action === 'bind' ? '+' : '-'}${changes.length}`).join(' ');
  return [adds, swaps, removes].map(signed).join(' | ');
}

const scheduled = (bound: number, b: number, u: number, cap = 10, findGaps: FindGaps = noGaps): string =>
  shape(scheduleContact(contactId('c-1'), [...binds(b), ...unbinds(u)], { bound, cap }, findGaps));

describe('with room for all', () => {
  test.each([
    [0, 0, 0, ' |  | '],
    [0, 1, 0, '+1 |  | '],
    [0, 5, 0, '+5 |  | '],
    [0, 6, 0, '+5 +1 |  | '],
    [0, 10, 0, '+5 +5 |  | '],
    [10, 0, 1, ' |  | -1'],
    [10, 0, 10, ' |  | -5 -5'],
    [7, 0, 7, ' |  | -5 -2'],
    [4, 6, 4, '+5 +1 |  | -4'],
    [9, 1, 9, '+1 |  | -5 -4'],
  ])('%i bound, %i to add, %i to remove: %s', (bound, b, u, expected) => {
    expect(scheduled(bound, b, u, 10, notAsked)).toBe(expected);
  });
});

describe('at the cap of ten', () => {
  test.each([
    // A full swap is four calls.
    [10, 10, 10, ' | -5 +5 -5 +5 | '],
    [10, 1, 1, ' | -1 +1 | '],
    // One removal would make room; all five at once save a call.
    [10, 1, 5, ' | -5 +1 | '],
    [10, 1, 6, ' | -1 +1 | -5'],
    [10, 3, 10, ' | -5 +3 | -5'],
    [10, 3, 7, ' | -3 +3 | -4'],
    // Five at once need five gone; the odd chunk goes first, because it needs fewer.
    [10, 6, 6, ' | -1 +1 -5 +5 | '],
    [8, 7, 5, '+2 | -5 +5 | '],
    [7, 8, 5, '+3 | -5 +5 | '],
    [6, 8, 4, '+4 | -4 +4 | '],
    [5, 8, 3, '+5 | -3 +3 | '],
    [9, 5, 4, ' | -4 +5 | '],
  ])('%i bound, %i to add, %i to remove: %s', (bound, b, u, expected) => {
    expect(scheduled(bound, b, u)).toBe(expected);
  });

  test('removals that leave a gap wait, and those that leave none go in their place', () => {
    const gap = unbind('c-1', 101);
    const changes = [bind('c-1', 1), gap, unbind('c-1', 102)];
    const schedule = scheduleContact(
      contactId('c-1'),
      changes,
      { bound: 10, cap: 10 },
      gapsOf((one) => one === gap),
    );
    expect(schedule.swaps.map(({ changes: some }) => some.map(({ id }) => id))).toEqual([
      ['unbind:c-1:1738084522670102'],
      ['bind:c-1:1738084522670001'],
    ]);
    expect(schedule.removes.map(({ changes: some }) => some)).toEqual([[gap]]);
  });

  test('no more removals with a gap go first than are needed, though it takes a call more', () => {
    expect(scheduled(10, 1, 10, 10, noGaps)).toBe(' | -5 +1 | -5');
    expect(scheduled(10, 1, 10, 10, allGaps)).toBe(' | -1 +1 | -5 -4');
  });

  test.each([
    ['one after the other where it is known what each addition closes', allGaps, ' | -1 +1 -1 +1 -1 +1 | '],
    ['as many as the next call of additions needs where it is not', notKnown, ' | -3 +3 | '],
  ])('removals with a gap go first %s', (_, findGaps, expected) => {
    expect(scheduled(10, 3, 3, 10, findGaps)).toBe(expected);
  });

  test('additions that have room go before removals of which nothing is known', () => {
    expect(scheduled(8, 5, 3, 10, notKnown)).toBe('+2 | -3 +3 | ');
  });

  test.each<[string, number, string]>([
    ['stay behind where others make room', 2, ' | -2 +2 | -1'],
    ['go where there is nothing else, and no more of them than are needed', 3, ' | -3 +3 | '],
  ])('removals that wait for another contact %s', (_, additions, expected) => {
    const awaiting = unbinds(1);
    const findGaps: FindGaps = (toRemove) => ({
      free: toRemove.filter((one) => one.id !== awaiting[0]?.id),
      awaiting: toRemove.filter((one) => one.id === awaiting[0]?.id),
      leaving: [],
      closers: [],
    });
    expect(scheduled(10, additions, 3, 10, findGaps)).toBe(expected);
  });

  test('of the removals that leave a gap the first go first', () => {
    const [, , last] = unbinds(3);
    const leastFirst: FindGaps = (toRemove, toAdd) => ({
      free: [],
      awaiting: [],
      leaving: toRemove.toReversed(),
      closers: toAdd,
    });
    const changes = [...binds(1), ...unbinds(3)];
    const { swaps } = scheduleContact(contactId('c-1'), changes, { bound: 10, cap: 10 }, leastFirst);
    expect(swaps[0]?.changes).toEqual([last]);
  });

  test('removals without a gap that do not suffice to save a call stay behind those that are needed', () => {
    const removals = unbinds(10);
    const withGap = new Set(removals.slice(3));
    const schedule = scheduleContact(
      contactId('c-1'),
      [...binds(2), ...removals],
      { bound: 10, cap: 10 },
      gapsOf((one) => withGap.has(one)),
    );
    expect(shape(schedule)).toBe(' | -2 +2 | -5 -3');
  });

  test('an addition that closes the gap takes the room that is there, and then the removals may go', () => {
    const closer = bind('c-1', 9);
    const findGaps: FindGaps = (toRemove, toAdd) =>
      toAdd.includes(closer)
        ? { free: [], awaiting: [], leaving: toRemove, closers: [closer] }
        : { free: toRemove, awaiting: [], leaving: [], closers: [] };
    const changes = [...binds(5), closer, ...unbinds(5)];
    const schedule = scheduleContact(contactId('c-1'), changes, { bound: 9, cap: 10 }, findGaps);
    expect(shape(schedule)).toBe('+1 | -5 +5 | ');
    expect(schedule.adds[0]?.changes).toEqual([closer]);
  });
});

describe('with a cap that was raised, or is lower than what is bound', () => {
  test.each([
    // Eight of the thirteen fit before the first removal: as three and five, not as five and a call too many.
    [12, 13, 5, 20, '+3 +5 | -5 +5 | '],
    [15, 9, 9, 20, '+5 | -4 +4 | -5'],
    [0, 12, 0, 1000, '+5 +5 +2 |  | '],
    [14, 3, 7, 10, ' | -5 -2 +3 | '],
    [14, 0, 3, 10, ' |  | -3'],
    [12, 1, 0, 10, '+1 |  | '],
  ])('%i bound, %i to add, %i to remove, cap %i: %s', (bound, b, u, cap, expected) => {
    expect(scheduled(bound, b, u, cap)).toBe(expected);
  });
});

const anyCase = fc
  .record({
    bound: fc.nat({ max: 40 }),
    b: fc.nat({ max: 40 }),
    u: fc.nat({ max: 40 }),
    cap: fc.oneof(fc.constant(10), fc.integer({ min: 1, max: 60 })),
    /** Whether the removal of that place leaves a gap while additions wait. */
    gaps: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  })
  .map(({ bound, u, ...rest }) => ({ bound, u: Math.min(bound, u), ...rest }));

function scheduleOf({
  bound,
  b,
  u,
  cap,
  gaps,
}: {
  bound: number;
  b: number;
  u: number;
  cap: number;
  gaps: boolean[];
}) {
  const changes = [...binds(b), ...unbinds(u)];
  const withGap = new Set(changes.slice(b).filter((_, index) => gaps[index]));
  const schedule = scheduleContact(
    contactId('c-1'),
    changes,
    { bound, cap },
    gapsOf((one) => withGap.has(one)),
  );
  return { changes, schedule, chunks: [...schedule.adds, ...schedule.swaps, ...schedule.removes] };
}

describe('for any number of changes, any cap, any gaps', () => {
  test('every change stands in exactly one call of one to five, of its own direction', () => {
    fc.assert(
      fc.property(anyCase, (some) => {
        const { changes, schedule, chunks } = scheduleOf(some);
        const sent = chunks.flatMap((chunk) => chunk.changes);
        expect(sent.length).toBe(changes.length);
        expect(new Set(sent)).toEqual(new Set(changes));
        for (const chunk of chunks) {
          expect(chunk.changes.length).toBeGreaterThanOrEqual(1);
          expect(chunk.changes.length).toBeLessThanOrEqual(5);
          expect(chunk.changes.every(({ action }) => action === chunk.action)).toBe(true);
        }
        expect(schedule.adds.every(({ action }) => action === 'bind')).toBe(true);
        expect(schedule.removes.every(({ action }) => action === 'unbind')).toBe(true);
        expect(schedule.swaps[0]?.action).not.toBe('bind');
      }),
    );
  });

  test('no addition goes above the cap while a removal waits', () => {
    fc.assert(
      fc.property(anyCase, (some) => {
        let held = some.bound;
        let waiting = some.u;
        for (const { action, changes } of scheduleOf(some).chunks) {
          if (action === 'unbind') waiting -= changes.length;
          held += action === 'bind' ? changes.length : -changes.length;
          if (action === 'bind' && held > some.cap) expect(waiting).toBe(0);
        }
        expect(held).toBe(some.bound + some.b - some.u);
      }),
    );
  });

  test('a removal goes before an addition only when the next addition has no room', () => {
    fc.assert(
      fc.property(anyCase, (some) => {
        let room = some.cap - some.bound;
        const { adds, swaps } = scheduleOf(some).schedule;
        for (const { changes } of adds) room -= changes.length;
        let toAdd = some.b - adds.flatMap(({ changes }) => changes).length;
        for (const { action, changes } of swaps) {
          if (action === 'unbind') {
            expect(toAdd).toBeGreaterThan(room);
            expect(room).toBeLessThan(5);
          } else toAdd -= changes.length;
          room += action === 'unbind' ? changes.length : -changes.length;
        }
      }),
    );
  });

  test('where no removal leaves a gap, the number of calls is the least there can be', () => {
    fc.assert(
      fc.property(anyCase, (some) => {
        const { chunks } = scheduleOf({ ...some, gaps: [] });
        expect(chunks.length).toBe(Math.ceil(some.b / 5) + Math.ceil(some.u / 5));
      }),
    );
  });

  test('where no removal leaves a gap, no split into so few calls lets more additions go before a removal', () => {
    fc.assert(
      fc.property(anyCase, (some) => {
        const { adds } = scheduleOf({ ...some, gaps: [] }).schedule;
        const early = adds.flatMap(({ changes }) => changes).length;
        const room = some.cap - some.bound;
        const calls = Math.ceil(some.b / 5);
        const reachable = Array.from({ length: some.b + 1 }, (_, sum) => sum).filter(
          (sum) =>
            (sum <= room || some.u === 0) && Math.ceil(sum / 5) + Math.ceil((some.b - sum) / 5) <= calls,
        );
        expect(early).toBe(Math.max(0, ...reachable));
      }),
    );
  });

  test('a removal with a gap goes before additions only when the contact is full and no other removal waits', () => {
    fc.assert(
      fc.property(anyCase, (some) => {
        const { changes, schedule } = scheduleOf(some);
        const withGap = new Set(changes.slice(some.b).filter((_, index) => some.gaps[index]));
        const waiting = new Set(changes.slice(some.b));
        let held = some.bound + schedule.adds.flatMap((chunk) => chunk.changes).length;
        for (const { action, changes: sent } of schedule.swaps) {
          if (action === 'unbind') {
            if (sent.some((one) => withGap.has(one))) {
              expect(held).toBeGreaterThanOrEqual(some.cap);
              expect([...waiting].filter((one) => !withGap.has(one))).toEqual([]);
            }
            for (const one of sent) waiting.delete(one);
          }
          held += action === 'bind' ? sent.length : -sent.length;
        }
      }),
    );
  });
});
