import { describe, expect, test } from 'vitest';
import type { BindingChange } from '../../src/model/plan.ts';
import { Territory } from '../../src/model/territory.ts';
import { awaitsOthers } from '../../src/plan/awaits-others.ts';
import { account, bind, contact, unbind } from '../support/world.ts';

const territory = new Territory([account(1, ['fd-a']), account(2, ['fd-a']), account(3, [])]);

function answer(changes: readonly BindingChange[], others: Parameters<typeof contact>[] = []): boolean {
  const removal = unbind('c-1', 1);
  const contacts = [contact('c-1', [1, 3]), ...others.map((parts) => contact(...parts))];
  return awaitsOthers(contacts, [removal, ...changes], territory)(removal);
}

describe('a removal waits for another contact', () => {
  test('that is still to be bound to the account', () => {
    expect(answer([bind('c-2', 1)], [['c-2', []]])).toBe(true);
  });

  test('that is still to be bound to a folder above it', () => {
    expect(answer([bind('c-2', 'fd-a')], [['c-2', []]])).toBe(true);
  });

  test('also when a third one reaches the account and gives it up', () => {
    expect(
      answer(
        [bind('c-2', 1), unbind('c-3', 1)],
        [
          ['c-2', []],
          ['c-3', [1]],
        ],
      ),
    ).toBe(true);
  });
});

describe('a removal waits for nobody', () => {
  test.each<[string, readonly BindingChange[], Parameters<typeof contact>[]]>([
    ['when nobody else is to be bound', [], []],
    ['when it is its own contact that is to be bound', [bind('c-1', 'fd-a')], []],
    ['when another contact is bound to something else', [bind('c-2', 3)], [['c-2', []]]],
    [
      'when somebody reaches the account and stays',
      [bind('c-2', 1)],
      [
        ['c-2', []],
        ['c-3', ['fd-a']],
      ],
    ],
  ])('%s', (_, changes, others) => {
    expect(answer(changes, others)).toBe(false);
  });
});
