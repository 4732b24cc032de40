import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { all, findingsOf, read } from './support.ts';

const OFFLINE = { ...DEFAULT_LIMITS, capsWritten: true };
const accounts = (count: number, first = 0): string[] =>
  Array.from({ length: count }, (_, index) => `"${1738084522670000 + first + index}"`);
const contact = (...members: readonly string[]): string =>
  `version: 1\ncontacts:\n  - contact: Ops\n    bind: [${members.join(', ')}]\n`;

describe('offline, the ids that are written for a contact', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['ten', accounts(10), []],
    ['eleven', accounts(11), ['targets-too-many 3:14']],
    ['ten, and the directory twice', [...accounts(9), 'directory', 'rd-3mNq8W'], []],
    ['ten, a folder among them, and one more', [...accounts(10), 'fd-Prod000001'], ['targets-too-many 3:14']],
    ['ten, and names that may be the same', [...accounts(10), 'account:prod', 'folder:/Prod'], []],
    ['ten, and selectors that may match nothing', [...accounts(10), 'all-accounts', 'tag:a=b'], []],
  ])('are at most ten: %s', (_, members, expected) => {
    const errors = all(read('m.yaml', contact(...members), OFFLINE)).filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors.map(({ code, source }) => `${code} ${source?.line}:${source?.column}`)).toEqual(expected);
  });

  test('may be more where the quota was raised', () => {
    expect(
      findingsOf(read('m.yaml', contact(...accounts(11)), { ...OFFLINE, targetsPerContact: 11 })),
    ).toEqual([]);
  });

  test('are told beside all other problems, and how to go on', () => {
    const text = contact(...accounts(11), '"1.73808E+15"');
    expect(all(read('m.yaml', text, OFFLINE)).map(({ message }) => message)).toEqual([
      'contact "Ops" is written with 11 targets, at most 10 are possible; bind folders or the directory in their place, or raise --targets-per-contact if the quota was raised',
      expect.stringContaining('is a number that a spreadsheet shortened'),
    ]);
  });

  test('are added up over files and rows, without those that are absent', () => {
    const rows = (count: number, more = ''): string =>
      `contact_id,member_id,ensure\n${accounts(count)
        .map((id) => `Ops,${id},${more}\n`)
        .join('')}`;
    expect(findingsOf(read('m.csv', rows(11), OFFLINE))).toEqual(['targets-too-many 2:1']);
    expect(findingsOf(read('m.csv', rows(11, 'absent'), OFFLINE))).toEqual([]);
  });

  test('are left to the plan where the cloud is read', () => {
    expect(findingsOf(read('m.yaml', contact(...accounts(11))))).toEqual([]);
  });
});

test.each([
  [200, []],
  [201, ['accounts-too-many 3:17']],
])('offline, %i accounts of an account group', (count, expected) => {
  const text = `version: 1\naggregators:\n  - aggregator: Group\n    accounts: [${accounts(count).join(', ')}]\n`;
  expect(findingsOf(read('m.yaml', text, OFFLINE))).toEqual(expected);
});
