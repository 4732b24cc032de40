import { describe, expect, it } from 'vitest';
import { all, findingsOf, read, valueOf } from './support.ts';

const findings = (text: string) => findingsOf(read('m.yaml', text));
const one = (body: string): string => `version: 1\ncontacts:\n- contact: c-1\n${body}`;

describe('a YAML manifest', () => {
  it('says all that it can say', () => {
    const text = `version: 1
directory: rd-3mNq8W
ownership: add-only
contacts:
  - contact: Finance
    bind:
      - 9007199254740993
      - folder:/Production
    unbind: ["1000048568874540"]
    except: [account:x]
    allowEmpty: true
aggregators:
  - aggregator: ca-1
    accounts:
      - id: 0000000000000012
        name: 'Tony'
      - tag:env=prod
    remove: [1000048568874541]
protected: ["1711111111111111", fd-1]
`;
    const at = (line: number, column: number) => ({ file: 'm.yaml', line, column });
    const result = read('m.yaml', text);
    expect(findingsOf(result)).toEqual([]);
    expect(valueOf(result)).toEqual({
      files: [{ path: 'm.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      directory: { id: 'rd-3mNq8W', source: at(2, 12) },
      ownership: 'add-only',
      contacts: [
        {
          ref: { by: 'name', name: 'Finance' },
          source: at(5, 14),
          statesMembers: true,
          allowEmpty: true,
          members: [
            {
              selector: { type: 'account', id: '9007199254740993' },
              source: at(7, 9),
              ensure: 'present',
              accountName: undefined,
            },
            {
              selector: { type: 'folder-path', path: { names: ['Production'] } },
              source: at(8, 9),
              ensure: 'present',
              accountName: undefined,
            },
            {
              selector: { type: 'account', id: '1000048568874540' },
              source: at(9, 14),
              ensure: 'absent',
              accountName: undefined,
            },
          ],
          except: [{ selector: { type: 'account-name', name: 'x' }, source: at(10, 14) }],
        },
      ],
      aggregators: [
        {
          ref: { by: 'id', id: 'ca-1' },
          source: at(13, 17),
          statesMembers: true,
          allowEmpty: false,
          members: [
            {
              selector: { type: 'account', id: '0000000000000012' },
              source: at(15, 13),
              ensure: 'present',
              accountName: 'Tony',
            },
            {
              selector: { type: 'tag', key: 'env', value: 'prod' },
              source: at(17, 9),
              ensure: 'present',
              accountName: undefined,
            },
            {
              selector: { type: 'account', id: '1000048568874541' },
              source: at(18, 14),
              ensure: 'absent',
              accountName: undefined,
            },
          ],
          except: [],
        },
      ],
      protected: [
        { selector: { type: 'account', id: '1711111111111111' }, source: at(19, 13) },
        { selector: { type: 'folder', id: 'fd-1' }, source: at(19, 33) },
      ],
      entries: 6,
    });
  });

  it('can be JSON, indented with tabs', () => {
    const text =
      '{\n\t"version": 1,\n\t"contacts": [\n\t\t{"contact": "c-1", "bind": [9007199254740993, "1e5"]}\n\t]\n}\n';
    expect(findingsOf(read('m.json', text))).toEqual(['id-scientific 4:49']);
    expect(
      valueOf(read('m.json', text.replace('"1e5"', '"fd-1"'))).contacts[0]?.members.map(
        ({ selector }) => selector,
      ),
    ).toEqual([
      { type: 'account', id: '9007199254740993' },
      { type: 'folder', id: 'fd-1' },
    ]);
  });

  it('leaves a contact alone that has no bind', () => {
    expect(valueOf(read('m.yaml', one(''))).contacts[0]).toMatchObject({ statesMembers: false, members: [] });
    expect(valueOf(read('m.yaml', one('  unbind: [fd-1]\n'))).contacts[0]).toMatchObject({
      statesMembers: false,
    });
  });

  it('may bind nothing where that is permitted in writing', () => {
    expect(valueOf(read('m.yaml', one('  bind: []\n  allowEmpty: true\n'))).contacts[0]).toMatchObject({
      statesMembers: true,
      allowEmpty: true,
      members: [],
    });
  });

  it('may repeat a list by an alias', () => {
    const { contacts } = valueOf(
      read(
        'm.yaml',
        'version: 1\ncontacts:\n- contact: c-1\n  bind: &all [fd-1, fd-2]\n- contact: c-2\n  bind: *all\n',
      ),
    );
    expect(contacts.map(({ members }) => members.length)).toEqual([2, 2]);
  });

  it.each([
    ['an unknown key', 'version: 1\ncontcts: []\ncontacts:\n- contact: c-1\n', ['key-unknown 2:1']],
    ['an unknown key of a contact', one('  accounts: [fd-1]\n'), ['key-unknown 4:3']],
    [
      'an unknown key of an account',
      'version: 1\naggregators:\n- aggregator: ca-1\n  accounts: [{id: 1738084522671234, nam: x}]\n',
      ['key-unknown 4:37'],
    ],
    [
      'an account without id',
      'version: 1\naggregators:\n- aggregator: ca-1\n  accounts: [{name: x}]\n',
      ['account-without-id 4:14'],
    ],
    ['a key twice', one('  bind: [fd-1]\n  bind: [fd-2]\n'), ['key-twice 5:3']],
    ['no version', 'contacts:\n- contact: c-1\n', ['version-missing 1:1']],
    ['another version', 'version: 2\ncontacts:\n- contact: c-1\n', ['version-unknown 1:10']],
    [
      'an unknown ownership',
      'version: 1\nownership: list\ncontacts:\n- contact: c-1\n',
      ['ownership-unknown 2:12'],
    ],
    [
      'no directory id',
      'version: 1\ndirectory: r-1\ncontacts:\n- contact: c-1\n',
      ['directory-malformed 2:12'],
    ],
    [
      'a masked directory',
      'version: 1\ndirectory: rd-3m****\ncontacts:\n- contact: c-1\n',
      ['id-masked 2:12'],
    ],
    ['no owner', 'version: 1\ncontacts:\n- bind: [fd-1]\n', ['owner-missing 3:3']],
    ['a wrong owner', 'version: 1\ncontacts:\n- contact: ca-1\n', ['owner-kind 3:12']],
    ['an owner that is no text', 'version: 1\ncontacts:\n- contact: [c-1]\n', ['wrong-kind 3:12']],
    ['nothing to bind', one('  bind: []\n'), ['bind-empty 4:9']],
    [
      'nothing to bind, explicitly not permitted',
      one('  bind: []\n  allowEmpty: false\n'),
      ['bind-empty 4:9'],
    ],
    ['bind without a value', one('  bind:\n'), ['wrong-kind 4:3']],
    ['bind as text', one('  bind: fd-1\n'), ['wrong-kind 4:9']],
    ['bind as a map', one('  bind: {a: b}\n'), ['wrong-kind 4:9']],
    [
      'no accounts',
      'version: 1\naggregators:\n- aggregator: ca-1\n  accounts: []\n  allowEmpty: true\n',
      ['accounts-empty 4:13'],
    ],
    ['allowEmpty that is neither', one('  bind: [fd-1]\n  allowEmpty: yes\n'), ['allow-empty-unknown 5:15']],
    ['an empty item', one('  bind:\n  - fd-1\n  -\n'), ['wrong-kind 5:5']],
    ['a null item', one('  bind: [null]\n'), ['wrong-kind 4:10']],
    ['a map for a member of a contact', one('  bind: [{id: fd-1}]\n'), ['wrong-kind 4:10']],
    [
      'the management account for a contact',
      one('  bind: [management-account]\n'),
      ['contact-management-account 4:10'],
    ],
    ['a folder in except', one('  bind: [all-accounts]\n  except: [fd-1]\n'), ['folder-not-account 5:12']],
    ['a text at the top', 'hello\n', ['wrong-kind 1:1']],
    ['a list at the top', '- contact: c-1\n', ['wrong-kind 1:1']],
    ['a tag', one('  bind: [!!str fd-1]\n'), ['yaml-tag 4:10']],
    ['a merge key', one('  <<: {bind: [fd-1]}\n'), ['yaml-merge 4:3']],
    ['a key that is no text', one('  ? [a]\n  : b\n'), ['yaml-key 4:5']],
    ['an alias without anchor', one('  bind: *x\n'), ['yaml-alias 4:9']],
    ['an alias of itself', one('  bind: &x [*x]\n'), ['yaml-alias 4:13']],
    ['two documents', `${one('')}---\nversion: 1\n`, ['yaml-documents 5:1']],
    ['a tab for indentation', 'version: 1\ncontacts:\n\t- contact: c-1\n', ['yaml-syntax 3:1']],
    ['an open bracket', one('  bind: [fd-1'), ['yaml-unfinished 4:14']],
    ['a text that goes on in the next line', one('  bind:\n  - account:a\n    - fd-1\n'), ['text-lines 5:5']],
    ['a quoted text over lines', one('  bind: ["a\n    b"]\n'), ['text-lines 4:10']],
    ['a block of text', one('  bind:\n  - |\n    fd-1\n    fd-2\n'), ['text-lines 6:1']],
    ['a key over lines', one('  ? "a\n    b"\n  : c\n'), ['text-lines 4:5']],
    ['an open quote', one('  bind: "fd-1'), ['quote-unclosed 4:14']],
    ['an unknown directive', '%FOO\n---\nversion: 1\ncontacts: [{contact: c-1}]\n', []],
  ])('with %s is told so', (_, text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  it('notes an exception that stands twice', () => {
    expect(findings(one('  bind: [all-accounts]\n  except: [account:x, account:x]\n'))).toEqual([
      'entry-twice? 5:23',
    ]);
  });

  it.each([
    ['a folded text', 'contact: >-\n    c-1\n', 'c-1'],
    ['escapes', 'contact: "c-\\x31"\n', 'c-1'],
  ])('reads %s as YAML means it', (_, entry, id) => {
    expect(valueOf(read('m.yaml', `version: 1\ncontacts:\n- ${entry}`)).contacts[0]?.ref).toEqual({
      by: 'id',
      id,
    });
  });

  it.each([
    ['nothing', ''],
    ['comments', '# a\n\n# b\n'],
    ['null', 'null\n'],
    ['empty braces', '{}'],
    ['the version', 'version: 1\n'],
    ['empty lists', 'version: 1\ncontacts: []\naggregators: []\n'],
    ['policy alone', 'version: 1\nprotected: ["1711111111111111"]\n'],
  ])('that has only %s is refused', (name, text) => {
    expect(findings(text)).toEqual([name === 'empty braces' ? 'version-missing 1:1' : 'manifest-empty 1:1']);
  });

  it('reports everything at once', () => {
    expect(
      findings('version: 3\nowner: x\ncontacts:\n- contact: c-1\n  bind: [1e5, "****", fd-1]\n- unbind: 7\n'),
    ).toEqual([
      'version-unknown 1:10',
      'key-unknown 2:1',
      'id-scientific 5:10',
      'id-masked 5:15',
      'owner-missing 6:3',
      'wrong-kind 6:11',
    ]);
  });

  it('names a key that is not known with the nearest one', () => {
    expect(all(read('m.yaml', one('  bnid: [fd-1]\n')))[0]?.message).toBe(
      'key "bnid" is not known in a contact; did you mean "bind"?',
    );
  });

  it.each([
    [
      'aliases of aliases',
      `a: &a [x, x]\n${'bcdefghij'
        .split('')
        .map((c, i) => `${c}: &${c} [*${'abcdefghi'[i]}, *${'abcdefghi'[i]}]\n`)
        .join('')}`,
    ],
    ['a hundred thousand brackets', '['.repeat(100_000)],
    ['many aliases', `version: 1\ncontacts:\n- contact: c-1\n  bind: [&x fd-1${', *x'.repeat(200)}]\n`],
  ])('cannot be blown up by %s', (_, text) => {
    expect(read('m.yaml', text).ok).toBe(false);
  });

  it('reads keys that mean something to JavaScript as unknown keys', () => {
    expect(
      findings('version: 1\n__proto__: {polluted: 1}\nconstructor: 1\ncontacts:\n- contact: c-1\n'),
    ).toEqual(['key-unknown 2:1', 'key-unknown 3:1']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
