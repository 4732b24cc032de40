import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { manifestNeeds } from '../../src/manifest/manifest-needs.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { all, binding, findingsOf, grouping, read, utf8, valueOf } from './support.ts';

const readAll = (files: Readonly<Record<string, string>>) =>
  readManifest(
    Object.entries(files).map(([path, text]) => ({ path, bytes: utf8(text) })),
    DEFAULT_LIMITS,
  );
const places = (files: Readonly<Record<string, string>>) =>
  all(readAll(files)).map(({ code, source }) => `${code} ${source?.file}:${source?.line}:${source?.column}`);

describe('several files', () => {
  it('are one manifest: entries of one owner accumulate', () => {
    const manifest = valueOf(
      readAll({ 'a.yaml': binding('fd-1'), 'b.csv': 'contact_id,member_id\nc-1,fd-2\nc-2,fd-1\n' }),
    );
    expect(manifest.contacts.map(({ members }) => members.map(({ source }) => source.file))).toEqual([
      ['a.yaml', 'b.csv'],
      ['b.csv'],
    ]);
    expect(manifest.entries).toBe(3);
    expect(manifest.files.map(({ path }) => path)).toEqual(['a.yaml', 'b.csv']);
  });

  it('that say the same twice give a warning at the second place', () => {
    const result = readAll({ 'a.yaml': binding('fd-1'), 'b.csv': 'contact_id,member_id\nc-1,fd-1\n' });
    expect(all(result)).toEqual([
      {
        code: 'entry-twice',
        severity: 'warning',
        source: { file: 'b.csv', line: 2, column: 5 },
        message: '"fd-1" stands here again, first at a.yaml:5:5; it is counted once',
      },
    ]);
    expect(valueOf(result).entries).toBe(1);
  });

  it('that contradict each other are refused, with both places', () => {
    const result = readAll({
      'a.yaml': binding('fd-1'),
      'b.csv': 'contact_id,member_id,ensure\nc-1,fd-1,absent\n',
    });
    expect(result).toEqual({
      ok: false,
      problems: [
        {
          code: 'present-and-absent',
          severity: 'error',
          source: { file: 'b.csv', line: 2, column: 5 },
          message: '"fd-1" is written as absent here and as present at a.yaml:5:5; keep one of them',
        },
      ],
    });
  });

  it.each([
    ['directory', 'rd-1', 'rd-2'],
    ['ownership', 'listed', 'exclusive'],
  ])('cannot differ in %s', (key, first, second) => {
    const files = (b: string) => ({
      'a.yaml': `version: 1\n${key}: ${first}\n`,
      'b.yaml': `${key}: ${b}\n${binding('fd-1')}`,
    });
    expect(places(files(second))).toEqual([`${key}-differs b.yaml:1:${key.length + 3}`]);
    expect(places(files(first))).toEqual([]);
  });

  it('with the same content are read once', () => {
    const result = readAll({ 'a.yaml': binding('fd-1'), 'copy.yaml': binding('fd-1') });
    expect(places({ 'a.yaml': binding('fd-1'), 'copy.yaml': binding('fd-1') })).toEqual([
      'file-twice copy.yaml:1:1',
    ]);
    expect(valueOf(result).files).toHaveLength(2);
  });

  it('are all reported, also when the first cannot be read', () => {
    const result = readManifest(
      [
        { path: 'a.csv', bytes: Uint8Array.of(0x1f, 0x8b) },
        { path: 'b.yaml', bytes: utf8(binding('1e5')) },
      ],
      DEFAULT_LIMITS,
    );
    expect(findingsOf(result)).toEqual(['file-is-gzip 1:1', 'id-scientific 5:5']);
  });

  it('keep allowEmpty and except from any of them', () => {
    const { contacts } = valueOf(
      readAll({
        'a.yaml': 'version: 1\ncontacts: [{contact: c-1, bind: [], allowEmpty: true}]\n',
        'b.yaml': 'version: 1\ncontacts: [{contact: c-1, unbind: [fd-1], except: [account:x]}]\n',
      }),
    );
    expect(contacts).toMatchObject([{ statesMembers: true, allowEmpty: true, members: [{}], except: [{}] }]);
  });

  it('none at all is an empty manifest', () => {
    expect(findingsOf(readManifest([], DEFAULT_LIMITS))).toEqual(['manifest-empty 1:1']);
  });

  it('over the limit of entries are refused', () => {
    expect(
      findingsOf(read('m.yaml', binding('fd-1', 'fd-2', 'fd-3'), { ...DEFAULT_LIMITS, maxEntries: 2 })),
    ).toEqual(['entries-too-many 1:1']);
  });

  it('carry the digest of their bytes', () => {
    // printf 'contact_id,member_id\nc-1,fd-1\n' | sha256sum
    expect(valueOf(read('m.csv', 'contact_id,member_id\nc-1,fd-1\n')).files).toEqual([
      { path: 'm.csv', sha256: '34110d6567f8b4a912de48019270cb0643f31ae1ce00a0643bb699413580dcdd' },
    ]);
  });
});

describe('entries of one account twice', () => {
  const accounts = (...items: readonly string[]) => read('m.yaml', grouping(...items));

  it('take the display name that one of them has', () => {
    const result = accounts('"1738084522671234"', '{id: 1738084522671234, name: Tony}');
    expect(findingsOf(result)).toEqual(['entry-twice? 6:10']);
    expect(valueOf(result).aggregators[0]?.members.map(({ accountName }) => accountName)).toEqual(['Tony']);
  });

  it('cannot have two display names', () => {
    expect(
      findingsOf(accounts('{id: 1738084522671234, name: Tony}', '{id: 1738084522671234, name: Toni}')),
    ).toEqual(['account-name-differs 6:10']);
  });
});

describe('a file without a telling name', () => {
  it.each([
    ['YAML', binding('fd-1')],
    ['YAML below a comment', `# x\n\n${binding('fd-1')}`],
    ['YAML with a document start', `---\n${binding('fd-1')}`],
    ['JSON', '{"version": 1, "contacts": [{"contact": "c-1", "bind": ["fd-1"]}]}'],
    ['a table', '# x\ncontact_id,member_id\nc-1,fd-1\n'],
  ])('is read as what it is: %s', (_, text) => {
    expect(valueOf(read('manifest', text)).contacts).toMatchObject([
      { members: [{ selector: { id: 'fd-1' } }] },
    ]);
  });
});

describe('what a manifest needs', () => {
  const needs = (text: string) => manifestNeeds(valueOf(read('m.yaml', text)));
  const NONE = {
    contacts: false,
    aggregators: { ids: [], names: [], all: false },
    folders: [] as readonly unknown[],
    tags: false,
    folderIds: [],
  };

  it.each([
    [binding('"1738084522671234"', 'directory', 'all-accounts', 'account:x'), { ...NONE, contacts: true }],
    [
      binding('fd-1', 'accounts-in:fd-2/**', 'fd-1'),
      { ...NONE, contacts: true, folderIds: ['fd-1', 'fd-2'] },
    ],
    [binding('folder:/A/B'), { ...NONE, contacts: true, folders: [{ names: ['A', 'B'] }] }],
    [binding('accounts-in:/A/**'), { ...NONE, contacts: true, folders: [{ names: ['A'] }] }],
    [binding('accounts-in:/**', 'accounts-in:r-1'), { ...NONE, contacts: true }],
    [binding('tag:a=b'), { ...NONE, contacts: true, tags: true }],
    [grouping('all-accounts'), { ...NONE, aggregators: { ids: ['ca-1'], names: [], all: false } }],
    [
      'version: 1\naggregators: [{aggregator: ca-1}, {aggregator: prod}]\n',
      { ...NONE, aggregators: { ids: ['ca-1'], names: ['prod'], all: false } },
    ],
    [
      `ownership: exclusive\n${grouping('all-accounts')}`,
      { ...NONE, contacts: true, aggregators: { ids: ['ca-1'], names: [], all: true } },
    ],
    [
      `protected: [fd-3]\n${grouping('all-accounts')}`,
      { ...NONE, aggregators: { ids: ['ca-1'], names: [], all: false }, folderIds: ['fd-3'] },
    ],
    [
      `${grouping('all-accounts')}  except: [tag:a=b]\n`,
      { ...NONE, aggregators: { ids: ['ca-1'], names: [], all: false }, tags: true },
    ],
  ])('%#', (text, expected) => {
    expect(needs(text)).toEqual(expected);
  });

  it('follows the ownership that is in force', () => {
    const manifest = valueOf(read('m.yaml', `ownership: exclusive\n${grouping('all-accounts')}`));
    expect(manifestNeeds(manifest, 'listed')).toMatchObject({ contacts: false, aggregators: { all: false } });
    expect(manifestNeeds(manifest, undefined)).toMatchObject({ contacts: true, aggregators: { all: true } });
  });
});
