import { describe, expect, test } from 'vitest';
import { folderTree } from '../../../src/report/html/folder-tree.ts';
import { reachPatterns } from '../../../src/report/html/reach-patterns.ts';
import type { ReportMap } from '../../../src/report/report-schema.ts';

const account = (id: string, contacts: string[], folderId: string | null = null) => ({
  id,
  name: `name-${id}`,
  folderId,
  contacts,
});
const mapOf = (accounts: ReportMap['accounts'], folders: ReportMap['folders'] = []): ReportMap => ({
  folders,
  contacts: [],
  accounts,
});

describe('who reaches an account', () => {
  test('gives its cell a letter by how many others it shares that with; the unreached come first', () => {
    const { legend, of } = reachPatterns(
      mapOf([
        account('1', ['c-1']),
        account('2', ['c-1', 'c-2']),
        account('3', ['c-1', 'c-2']),
        account('4', []),
      ]),
    );
    expect(legend.map(({ key, mark, count }) => [key, mark, count])).toEqual([
      ['none', '!', 1],
      ['p1', 'A', 2],
      ['p2', 'B', 1],
    ]);
    expect(of(account('9', ['c-1'])).mark).toBe('B');
  });

  test('has twelve letters; what is rarer shares one mark', () => {
    const accounts = Array.from({ length: 15 }, (_, index) => account(String(index), [`c-${index}`]));
    const { legend, of } = reachPatterns(mapOf(accounts));
    expect(legend.map(({ mark }) => mark).join('')).toBe('ABCDEFGHIJKL+');
    expect(legend.at(-1)).toMatchObject({ key: 'other', count: 3 });
    expect(of(account('14', ['c-14'])).key).toBe('other');
  });
});

describe('the tree of folders', () => {
  const folders = [
    { id: 'fd-2', name: 'Payments', parentId: 'fd-1' },
    { id: 'fd-1', name: 'Production', parentId: null },
    { id: 'fd-3', name: 'Empty', parentId: null },
    { id: 'fd-4', name: null, parentId: null },
  ];
  const tree = folderTree(
    mapOf(
      [
        account('1', [], 'fd-2'),
        account('2', ['c-1'], 'fd-1'),
        account('3', ['c-1']),
        account('4', [], 'fd-4'),
      ],
      folders,
    ),
  );

  test('counts accounts and unreached ones over all that is below', () => {
    expect(tree).toMatchObject({ name: 'Root', total: 4, unreached: 2 });
    expect(tree.folders.map(({ path, total, unreached }) => [path, total, unreached])).toEqual([
      ['/Production', 2, 1],
      ['/fd-4', 1, 1],
    ]);
    expect(tree.folders[0]?.folders[0]?.path).toBe('/Production/Payments');
  });

  test('leaves out folders without accounts, and hangs an account of an unknown folder under Root', () => {
    expect(JSON.stringify(tree)).not.toContain('Empty');
    expect(folderTree(mapOf([account('1', [], 'fd-9')])).accounts).toHaveLength(1);
  });

  test('does not run in a circle where folders are each other’s parents', () => {
    const circle = [
      { id: 'fd-1', name: 'a', parentId: 'fd-2' },
      { id: 'fd-2', name: 'b', parentId: 'fd-1' },
    ];
    expect(folderTree(mapOf([account('1', [])], circle)).total).toBe(1);
  });
});
