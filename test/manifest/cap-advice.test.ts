import { describe, expect, it } from 'vitest';
import { capAdvice } from '../../src/manifest/cap-advice.ts';
import { DirectoryView } from '../../src/manifest/directory-view.ts';
import type { ActualState } from '../../src/model/actual-state.ts';
import type { TargetId } from '../../src/model/target.ts';
import { A, actualState, B, C, D, E, EMPTY, GONE, PAYMENTS, PROD, RD, SANDBOX } from './support.ts';

const WORLD = actualState({});

const advice = (targets: readonly TargetId[], cap: number, actual: ActualState = WORLD): string | undefined =>
  capAdvice(new Set(targets), cap, new DirectoryView(actual, new Set()));

describe('the advice to a contact with too many targets', () => {
  it.each<[string, readonly TargetId[], number, string]>([
    [
      'the folder that holds them',
      [B, C, D],
      2,
      `bind folder ${PAYMENTS} ("/Production/Payments") in place of 2 of them, which reaches nobody else`,
    ],
    [
      'whom it reaches besides',
      [A, B, D],
      2,
      `bind folder ${PROD} ("/Production") in place of 2 of them, which reaches 1 other account too: ${C} ("pay-2")`,
    ],
    [
      'the directory where no folder holds them',
      [A, D],
      1,
      `bind the directory in place of 2 of them, which reaches 3 other accounts too: ${E} ("twin"), ${B} ("pay-1") and ${C} ("pay-2")`,
    ],
    [
      'several folders',
      [A, B, C, D, EMPTY],
      3,
      `bind folder ${PROD} ("/Production") in place of 3 of them, which reaches nobody else`,
    ],
    ['what is covered already', [PROD, A, B], 2, 'take away 2 of them, which the others cover'],
    ['what the directory covers', [RD, SANDBOX, A], 2, 'take away 2 of them, which the others cover'],
  ])('names %s', (_, targets, cap, expected) => {
    expect(advice(targets, cap)).toBe(expected);
  });

  it('leaves the place of what is gone from the directory', () => {
    expect(advice([GONE, B, C], 2)).toBe(
      `bind folder ${PAYMENTS} ("/Production/Payments") in place of 2 of them, which reaches nobody else`,
    );
    expect(advice([GONE, B], 1)).toBeUndefined();
  });

  it('names folders by id where their names were not read', () => {
    const text = advice([B, C, D], 2, { ...WORLD, folders: undefined });
    expect(text).toBe(`bind folder ${PAYMENTS} in place of 2 of them, which reaches nobody else`);
  });

  it('names three accounts and counts the rest', () => {
    expect(advice([A, D], 1, withMore(WORLD, 2))).toMatch(/^bind the directory .*\) and 2 more$/);
  });

  it('is none where accounts were not read', () => {
    expect(advice([A, B], 1, { ...WORLD, accounts: undefined })).toBeUndefined();
  });
});

function withMore(actual: ActualState, more: number): ActualState {
  const [first] = actual.accounts?.values() ?? [];
  if (first === undefined) throw new Error('no accounts');
  const added = Array.from({ length: more }, (_, i) => `199999999999999${i}` as typeof first.id);
  const entries = added.map((id) => [id, { ...first, id, displayName: `new-${id}` }] as const);
  return { ...actual, accounts: new Map([...(actual.accounts ?? []), ...entries]) };
}
