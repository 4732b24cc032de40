import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDirectoryId } from '../../src/model/ids.ts';
import type { Change } from '../../src/model/plan.ts';
import { planDigest } from '../../src/plan/digest.ts';
import { addAccount, bind, DIRECTORY, removeAccount, source, unbind } from '../support/world.ts';

const CHANGES: readonly Change[] = [
  bind('c-1', 1, source(1)),
  unbind('c-1', 'fd-a'),
  addAccount('ca-1', 1, source(2)),
  removeAccount('ca-1', 2),
];
const digest = (changes: readonly Change[]): string => planDigest(DIRECTORY.id, changes);

describe('the digest of a plan', () => {
  test('is 64 hex digits, the same for the same changes, and does not change from release to release', () => {
    expect(digest(CHANGES)).toMatch(/^[0-9a-f]{64}$/);
    expect(digest([...CHANGES])).toBe(digest(CHANGES));
    expect(digest([])).toBe('b7052f3784ce74726172c87c00718afe486078be02182f45af8ae6aad91d0b8b');
    expect(digest(CHANGES)).toBe('a5dbfc1ebdf3437f3f261f3566069887b0c133e9b0ca4eda036436ea61285249');
  });

  test('does not depend on where in the manifest a change is written', () => {
    const elsewhere = CHANGES.map((change) => ({ ...change, source: source(99) }));
    expect(digest(elsewhere)).toBe(digest(CHANGES));
  });

  test.each<[string, readonly Change[]]>([
    ['a change less', CHANGES.slice(1)],
    ['a change more', [...CHANGES, unbind('c-2', 1)]],
    ['another member', [bind('c-1', 2), ...CHANGES.slice(1)]],
    ['another contact', [bind('c-2', 1), ...CHANGES.slice(1)]],
    ['the other direction', [unbind('c-1', 1), ...CHANGES.slice(1)]],
    [
      'another display name',
      CHANGES.map((one) => (one.action === 'add-account' ? { ...one, accountName: 'Tony' } : one)),
    ],
  ])('differs with %s', (_, changes) => {
    expect(digest(changes)).not.toBe(digest(CHANGES));
  });

  test('differs for another directory', () => {
    const other = parseDirectoryId('rd-other');
    if (other === undefined) throw new Error('an id of a directory');
    expect(planDigest(other, CHANGES)).not.toBe(digest(CHANGES));
  });

  test('tells any two sets of changes apart, also when names hold separators', () => {
    const anyName = fc.oneof(fc.constant(undefined), fc.string({ maxLength: 6 }), fc.constant('","x'));
    const anyChanges = fc.array(
      fc
        .tuple(fc.nat({ max: 3 }), anyName)
        .map(([ref, accountName]) => ({ ...addAccount('ca-1', ref), accountName })),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(anyChanges, anyChanges, (some, others) => {
        const written = (changes: typeof some) =>
          changes.map(({ id, accountName }) => [id, accountName ?? null]);
        const equal = JSON.stringify(written(some)) === JSON.stringify(written(others));
        expect(digest(some) === digest(others)).toBe(equal);
      }),
    );
  });
});
