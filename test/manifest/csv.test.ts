import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { all, findingsOf, read, valueOf } from './support.ts';

const csv = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;
const findings = (...lines: readonly string[]) => findingsOf(read('m.csv', csv(...lines)));

/** `owner member ensure` of every entry. */
function entries(text: string, path = 'm.csv'): readonly string[] {
  const { contacts, aggregators } = valueOf(read(path, text));
  return [...contacts, ...aggregators].flatMap(({ ref, members }) =>
    members.map(
      ({ selector, ensure }) =>
        `${ref.by === 'id' ? ref.id : ref.name} ${'id' in selector ? selector.id : selector.type} ${ensure}`,
    ),
  );
}

const TWO = ['c-1 1738084522671234 present', 'c-1 9007199254740993 present'];

describe('a table', () => {
  it('of bindings is read', () => {
    const result = read('m.csv', csv('contact_id,member_id', 'c-1,9007199254740993', 'c-2,fd-1'));
    expect(result).toMatchObject({ ok: true, warnings: [] });
    expect(valueOf(result)).toEqual({
      files: [{ path: 'm.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      directory: undefined,
      ownership: undefined,
      contacts: [
        {
          ref: { by: 'id', id: 'c-1' },
          source: { file: 'm.csv', line: 2, column: 1 },
          statesMembers: true,
          allowEmpty: false,
          members: [
            {
              selector: { type: 'account', id: '9007199254740993' },
              ensure: 'present',
              source: { file: 'm.csv', line: 2, column: 5 },
              accountName: undefined,
            },
          ],
          except: [],
        },
        {
          ref: { by: 'id', id: 'c-2' },
          source: { file: 'm.csv', line: 3, column: 1 },
          statesMembers: true,
          allowEmpty: false,
          members: [
            {
              selector: { type: 'folder', id: 'fd-1' },
              ensure: 'present',
              source: { file: 'm.csv', line: 3, column: 5 },
              accountName: undefined,
            },
          ],
          except: [],
        },
      ],
      aggregators: [],
      protected: [],
      entries: 2,
    });
  });

  it('of aggregator accounts carries display names', () => {
    const manifest = valueOf(
      read(
        'm.csv',
        csv(
          'aggregator_id,account_id,account_name',
          'ca-1,1738084522671234, Tony ',
          'ca-1,1738084522671235,',
        ),
      ),
    );
    expect(manifest.aggregators[0]?.members.map(({ accountName }) => accountName)).toEqual([
      'Tony',
      undefined,
    ]);
  });

  it('of both kinds tells them apart', () => {
    const manifest = valueOf(
      read(
        'm.csv',
        csv(
          'kind,owner,member,ensure',
          'contact,Finance,1738084522671234,',
          'Aggregator,ca-1,all-accounts,ABSENT',
        ),
      ),
    );
    expect(manifest.contacts.map(({ ref }) => ref)).toEqual([{ by: 'name', name: 'Finance' }]);
    expect(manifest.aggregators[0]).toMatchObject({ ref: { id: 'ca-1' }, statesMembers: false });
    expect(manifest.aggregators[0]?.members[0]?.ensure).toBe('absent');
  });

  it('states the members of an owner that has a present row, and only of such', () => {
    const { contacts } = valueOf(
      read(
        'm.csv',
        csv('contact_id,member_id,ensure', 'c-1,fd-1,absent', 'c-2,fd-1,absent', 'c-1,fd-2,present'),
      ),
    );
    expect(contacts.map(({ ref, statesMembers }) => ['id' in ref && ref.id, statesMembers])).toEqual([
      ['c-1', true],
      ['c-2', false],
    ]);
  });

  it.each([
    [
      'columns in another order',
      csv('member_id,note,contact_id', '1738084522671234,x,c-1', '9007199254740993,,c-1'),
    ],
    ['capitals and spaces', csv(' Contact ID ,MEMBER_ID', 'c-1,1738084522671234', 'c-1,9007199254740993')],
    [
      'full-width letters',
      csv('ｃｏｎｔａｃｔ_ｉｄ,member-id', 'c-1,1738084522671234', 'c-1,9007199254740993'),
    ],
    ['Chinese names', csv('联系人ID,成员ID', 'c-1,1738084522671234', 'c-1,9007199254740993')],
    ['quotes', csv('"contact_id","member_id"', '"c-1","1738084522671234"', '"c-1","9007199254740993"')],
    [
      'blank lines and rows',
      csv('', 'contact_id,member_id', '', 'c-1,1738084522671234', ' , ', 'c-1,9007199254740993', ''),
    ],
    [
      'comments',
      csv('# head', 'contact_id,member_id', '# "one', 'c-1,1738084522671234', '#,,,', 'c-1,9007199254740993'),
    ],
    ['Windows line ends', 'contact_id,member_id\r\nc-1,1738084522671234\r\nc-1,9007199254740993\r\n'],
    ['old Macintosh line ends', 'contact_id,member_id\rc-1,1738084522671234\rc-1,9007199254740993\r'],
    ['mixed line ends', 'contact_id,member_id\nc-1,1738084522671234\r\nc-1,9007199254740993\r'],
  ])('with %s is the same table', (_, text) => {
    expect(entries(text)).toEqual(TWO);
    expect(findingsOf(read('m.csv', text))).toEqual([]);
  });

  it.each([
    [
      'semicolons',
      'm.csv',
      csv('contact_id;member_id', 'c-1;1738084522671234', 'c-1;9007199254740993'),
      ['delimiter? 1:1'],
    ],
    [
      'tabs',
      'm.csv',
      csv('contact_id\tmember_id', 'c-1\t1738084522671234', 'c-1\t9007199254740993'),
      ['delimiter? 1:1'],
    ],
    [
      'tabs in a .tsv',
      'm.tsv',
      csv('contact_id\tmember_id', 'c-1\t1738084522671234', 'c-1\t9007199254740993'),
      [],
    ],
    [
      'full-width commas',
      'm.csv',
      csv('contact_id，member_id', 'c-1，1738084522671234', 'c-1，9007199254740993'),
      ['delimiter? 1:1'],
    ],
    [
      "a spreadsheet's sep line",
      'm.csv',
      csv('sep=;', 'contact_id;member_id', 'c-1;1738084522671234', 'c-1;9007199254740993'),
      ['delimiter? 2:1'],
    ],
  ])('separated by %s is read with a note', (_, path, text, notes) => {
    expect(entries(text, path)).toEqual(TWO);
    expect(findingsOf(read(path, text))).toEqual(notes);
  });

  it('keeps its line numbers below cells of several lines', () => {
    expect(
      findings(
        'contact_id,member_id,note',
        'c-1,1738084522671234,"a\nb, ""c""\nd"',
        '# x',
        '',
        'c-1,1e5,',
        '"c-1","2e5",',
      ),
    ).toEqual(['note-lines? 2:22', 'id-scientific 7:5', 'id-scientific 8:7']);
  });

  it('names the column by characters, also outside the basic plane', () => {
    expect(findings('note,contact_id,member_id', '😀😀,c-1,1e5', '"a,😀",c-1,2e5')).toEqual([
      'id-scientific 2:8',
      'id-scientific 3:11',
    ]);
  });

  it('says when its last line does not end', () => {
    expect(findingsOf(read('m.csv', 'contact_id,member_id\nc-1,fd-1'))).toEqual(['final-newline? 2:9']);
  });
});

describe('a header', () => {
  it.each([
    ['contct_id,member_id', ['column-unknown 1:1']],
    ['contact_id,member_id,colour', ['column-unknown 1:22']],
    ['contact_id,member_id,account_id', ['column-twice 1:22']],
    ['contact_id,联系人id,member_id', ['column-twice 1:12']],
    ['contact_id,ensure', ['column-missing 1:1']],
    ['member_id', ['column-missing 1:1']],
    ['kind,owner', ['column-missing 1:1']],
    ['contact_id,member_id,account_name', ['column-misplaced 1:22']],
    ['contact_id,aggregator_id,member_id', ['column-misplaced 1:12']],
    ['kind,owner,member,contact_id', ['column-misplaced 1:19']],
    ['colour,contact_id,,member', ['column-unknown 1:1', 'column-unknown 1:19']],
    ['c-1,1738084522671234', ['header-unknown 1:1']],
  ])('%s is refused', (header, expected) => {
    expect(findings(header, 'x,y,z,w')).toEqual(expected);
  });

  it('that is misspelt gets the nearest name', () => {
    expect(all(read('m.csv', csv('contct_id,member_id', 'c-1,fd-1')))[0]?.message).toBe(
      'column "contct_id" is not known; did you mean "contact_id"?',
    );
  });
});

describe('a row', () => {
  it.each([
    ['too few cells', 'contact,c-1', 'row-shape 2:12'],
    ['too many cells', 'contact,c-1,fd-1,present,x', 'row-shape 2:26'],
    ['another delimiter', 'contact;c-1;fd-1;present', 'row-shape 2:25'],
    ['no owner', 'contact,,fd-1,', 'owner-empty 2:9'],
    ['no member', 'contact,c-1,,', 'member-empty 2:13'],
    ['no kind', ',c-1,fd-1,', 'kind-unknown 2:1'],
    ['an unknown kind', 'contcat,c-1,fd-1,', 'kind-unknown 2:1'],
    ['an unknown ensure', 'contact,c-1,fd-1,abset', 'ensure-unknown 2:18'],
    ['owner and member swapped', 'contact,fd-1,c-1,', 'member-is-owner 2:14'],
    ['a folder in an aggregator', 'aggregator,ca-1,fd-1,', 'folder-not-account 2:17'],
    [
      'the management account for a contact',
      'contact,c-1,management-account,',
      'contact-management-account 2:13',
    ],
    ['a quote inside a cell', 'contact,c"1",fd-1,', 'quote-stray 2:1'],
    ['text after a quoted cell', 'contact,"c-1"x,fd-1,', 'quote-stray 2:1'],
    ['a # after a quoted cell', 'contact,c-1,"fd-1"#,absent', 'quote-stray 2:1'],
    ['a # after an empty quoted cell', '""#contact,c-1,fd-1,', 'quote-stray 2:1'],
    ['a quote that is never closed', 'contact,"c-1,fd-1,', 'quote-unclosed 2:1'],
    ['a formula', 'contact,c-1,="1738084522671234",', 'cell-formula 2:1'],
    ['a # that no space follows', '#contact,c-1,fd-1,', 'hash-unclear 2:1'],
  ])('with %s is refused', (_, row, expected) => {
    expect(findings('kind,owner,member,ensure', row)).toContain(expected);
  });

  it.each([
    ['above the header', csv('#contact_id,member_id', 'c-1,fd-1'), ['hash-unclear 1:1']],
    [
      'below a cell in quotes',
      csv('contact_id,member_id', '"c-1",fd-1', '#c-2,fd-1', 'c-3,1e5'),
      ['hash-unclear 3:1', 'id-scientific 4:5'],
    ],
  ])('with a # that no space follows, %s, is refused: a name may begin so', (_, text, expected) => {
    expect(findingsOf(read('m.csv', text))).toEqual(expected);
  });

  it('takes a name that begins with # where it stands in quotes', () => {
    const text = csv('contact_id,member_id', '"#oncall",fd-1', '# oncall,fd-2', '"#on""call",fd-1');
    expect(entries(text)).toEqual(['#oncall fd-1 present', '#on"call fd-1 present']);
  });

  it('does not hide the problems of other rows', () => {
    expect(findings('contact_id,member_id', 'c-1,1e5', 'c-1', 'c-2,****', 'c-2,"fd-1')).toEqual([
      'id-scientific 2:5',
      'row-shape 3:4',
      'id-masked 4:5',
      'quote-unclosed 5:1',
    ]);
  });

  it('of enormous length is refused', () => {
    expect(findings('contact_id,member_id,note', 'c-1,fd-1,', `c-1,fd-2,"${'x\n'.repeat(40_000)}"`)).toEqual([
      'record-too-long 3:1',
    ]);
  });

  it('suggests the word that was meant', () => {
    expect(all(read('m.csv', csv('kind,owner,member,ensure', 'contcat,c-1,fd-1,')))[0]?.message).toBe(
      'kind "contcat" is not known, expected contact or aggregator; did you mean "contact"?',
    );
  });
});

describe('a table without content', () => {
  it.each([
    ['nothing', ''],
    ['blank lines', '\n \n'],
    ['comments', '# a\n## b\n#\n'],
    ['a sep line', 'sep=;\n'],
    ['a header', 'contact_id,member_id\n'],
    ['a header and empty cells', 'contact_id,member_id\n,\n , \n'],
  ])('has %s: refused', (_, text) => {
    expect(findingsOf(read('m.csv', text))).toEqual(['manifest-empty 1:1']);
  });
});

describe('a column that a spreadsheet has rounded', () => {
  const table = (digits: string) =>
    csv('contact_id,member_id', ...Array.from(digits, (digit, i) => `c-1,17380845226712${i % 10}${digit}`));

  it.each([
    ['00000000', ['spreadsheet-zeros 2:5']],
    ['0000000001', ['spreadsheet-zeros 2:5']],
    ['1000000000', ['spreadsheet-zeros 3:5']],
    ['0000000', []],
    ['00000001', []],
    ['0000000011', []],
  ])('last digits %s: %j', (digits, expected) => {
    expect(findingsOf(read('m.csv', table(digits)))).toEqual(expected);
  });

  it('is not seen in one account that many contacts share', () => {
    const rows = Array.from({ length: 20 }, (_, i) => `c-${i},1738084522671230`);
    expect(findings('contact_id,member_id', ...rows)).toEqual([]);
  });
});

describe('limits of a table', () => {
  it('stop at too many rows', () => {
    const result = read('m.csv', csv('contact_id,member_id', 'c-1,fd-1', 'c-1,fd-2', 'c-1,fd-3'), {
      ...DEFAULT_LIMITS,
      maxEntries: 2,
    });
    expect(findingsOf(result)).toEqual(['entries-too-many 1:1']);
  });
});
