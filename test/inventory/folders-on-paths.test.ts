import { describe, expect, test } from 'vitest';
import { readFoldersOnPaths } from '../../src/inventory/folders-on-paths.ts';
import { DIRECTORY, folder } from '../support/world.ts';

const TREE = [
  folder('fd-prod', undefined, 'Production'),
  folder('fd-pay', 'fd-prod', 'Payments'),
  folder('fd-ledger', 'fd-pay', 'Ledger'),
  folder('fd-shop', 'fd-prod', 'Shop'),
  folder('fd-test', undefined, 'Test'),
  folder('fd-testpay', 'fd-test', 'Payments'),
  folder('fd-twin1', 'fd-test', 'Twin'),
  folder('fd-twin2', 'fd-test', 'Twin'),
  folder('fd-intwin', 'fd-twin1', 'Inside'),
];
const ROOT = DIRECTORY.rootFolderId;

/** Reads along `/A/B` and so on. @returns what was listed, in its order, and what is known then */
async function along(...paths: readonly string[]) {
  const asked: string[] = [];
  const { byId, listed } = await readFoldersOnPaths(
    ROOT,
    paths.map((path) => ({ names: path.split('/').filter((name) => name !== '') })),
    async (parent) => {
      asked.push(parent);
      return TREE.filter(({ parentId }) => parentId === parent);
    },
  );
  expect([...listed]).toEqual(asked);
  return { asked, known: [...byId.keys()].sort() };
}

describe('along the paths of a manifest, the folders that are listed', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['without a path are none', [], []],
    ['for Root are none: it has no name', ['/'], []],
    ['for a folder in Root are Root alone', ['/Production'], [ROOT]],
    ['are those above the last name, and none below it', ['/Production/Payments'], [ROOT, 'fd-prod']],
    ['go as deep as the path', ['/Production/Payments/Ledger'], [ROOT, 'fd-prod', 'fd-pay']],
    [
      'are listed once for a path that is written twice',
      ['/Production/Shop', '/Production/Shop'],
      [ROOT, 'fd-prod'],
    ],
    [
      'are listed once where two paths share them',
      ['/Production/Shop', '/Production/Payments/Ledger'],
      [ROOT, 'fd-prod', 'fd-pay'],
    ],
    [
      'are told apart where names are the same',
      ['/Production/Payments/x', '/Test/Payments/x'],
      [ROOT, 'fd-prod', 'fd-test', 'fd-pay', 'fd-testpay'],
    ],
    ['end where a name is not there', ['/Production/Nowhere/Ledger'], [ROOT, 'fd-prod']],
    ['end where letters are of another case', ['/production/Payments'], [ROOT]],
    [
      'end where a name is there twice: which one is meant cannot be said',
      ['/Test/Twin/Inside'],
      [ROOT, 'fd-test'],
    ],
  ])('%s', async (_, paths, expected) => {
    expect((await along(...paths)).asked).toEqual(expected);
  });

  test('make everything known that stands in them, for a guess at a name that is wrong', async () => {
    expect((await along('/Production/Paymnets')).known).toEqual(['fd-pay', 'fd-prod', 'fd-shop', 'fd-test']);
  });

  test('are asked for side by side where neither waits for the other', async () => {
    const open: (() => void)[] = [];
    void readFoldersOnPaths(
      ROOT,
      [{ names: ['Production', 'x'] }, { names: ['Test', 'x'] }],
      async (parent) => {
        if (parent !== ROOT) await new Promise<void>((resolve) => open.push(resolve));
        return TREE.filter(({ parentId }) => parentId === parent);
      },
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(open.length).toBe(2);
  });

  test('are no tree when one listing fails', async () => {
    const reading = readFoldersOnPaths(ROOT, [{ names: ['Production', 'Shop'] }], async (parent) => {
      if (parent !== ROOT) throw new Error('gone');
      return TREE.filter(({ parentId }) => parentId === parent);
    });
    await expect(reading).rejects.toThrow('gone');
  });
});
