import { describe, expect, test } from 'vitest';
import { asText, csvRow, faithful, forComment, forPeople } from '../../src/manifest/csv-cell.ts';
import { label, pathLabel } from '../../src/manifest/label.ts';
import { liveManifest } from '../../src/manifest/live-manifest.ts';
import { writeCsv } from '../../src/manifest/write-csv.ts';
import { writeYaml } from '../../src/manifest/write-yaml.ts';
import { account, actual, aggregator, contact, folder, MANAGEMENT } from '../support/world.ts';

const state = {
  ...actual({
    accounts: [account(1, ['fd-prod', 'fd-pay'], { name: 'shop' }), account(2, [], { name: '=1+1, "x"' })],
    folders: [folder('fd-prod', undefined, 'Production'), folder('fd-pay', 'fd-prod', 'Pay: #1')],
    contacts: [
      contact('c-3', [], { name: 'Idle' }),
      contact('c-2', ['1555555555555555', 'fd-gone'], { name: 'Left' }),
      contact('c-1', [2, 1, 'fd-pay', 'r-9xKp2d', '1555555555555556'], {
        name: 'Ops\n# x',
        status: 'Verifying',
      }),
      contact('c-4', [MANAGEMENT], { name: 'Head' }),
    ],
    aggregators: [
      aggregator('ca-1', [1, 2, MANAGEMENT, '1555555555555557'], { name: 'pci' }),
      aggregator('ca-3', ['1555555555555557'], { name: 'old' }),
    ],
  }),
};
const live = liveManifest({
  ...state,
  aggregatorList: [
    ...state.aggregators.values(),
    aggregator('ca-2', [], { name: 'all', type: 'RD' }),
    aggregator('ca-4', [], { name: 'hidden' }),
  ],
});

test('YAML has ids as its only scalars, names as comments, and what cannot be planned as comments', () => {
  expect(writeYaml(live)).toBe(`# Resource directory rd-3mNq8W as it is: planning this file shows no change.
# What no plan can take stands in comments.
version: 1
directory: rd-3mNq8W
ownership: listed
contacts:
  - contact: c-1 # Ops\ufffd# x (Verifying)
    bind:
      - directory # rd-3mNq8W
      - fd-pay # /Production/Pay: #1
      - "1738084522670001" # shop
      - "1738084522670002" # =1+1, "x"
      # 1555555555555556 is no longer in the directory
  - contact: c-2 # Left
    # fd-gone is no longer in the directory
    # 1555555555555555 is no longer in the directory
    bind: []
    allowEmpty: true
  - contact: c-3 # Idle
    bind: []
    allowEmpty: true
  # c-4 Head is bound to the management account and no manifest can say so
aggregators:
  - aggregator: ca-1 # pci
    accounts:
      - management-account # 1700000000000001 management
      - "1738084522670001" # shop
      - "1738084522670002" # =1+1, "x"
      # 1555555555555557 is no longer in the directory
  # ca-2 all is of type RD and its members are chosen by the service
  # ca-3 old has no account that is in the directory
  # 1555555555555557 is no longer in the directory
  # ca-4 hidden is listed and cannot be read
`);
});

test('CSV has one row a member, digits behind a tab, and what no row can say as comments', () => {
  expect(writeCsv(live)).toBe(`\ufeffkind,owner,member,account_name,note
# Resource directory rd-3mNq8W as it is: planning this file shows no change
contact,c-1,directory,,"Ops\ufffd# x (Verifying): rd-3mNq8W"
contact,c-1,fd-pay,,"Ops\ufffd# x (Verifying): /Production/Pay: #1"
contact,c-1,"\t1738084522670001",,"Ops\ufffd# x (Verifying): shop"
contact,c-1,"\t1738084522670002",,"Ops\ufffd# x (Verifying): =1+1, ""x"""
# c-1 Ops\ufffd# x (Verifying) holds 1555555555555556 which is no longer in the directory
# c-2 Left has no binding that a row can say
# c-2 Left holds fd-gone which is no longer in the directory
# c-2 Left holds 1555555555555555 which is no longer in the directory
# c-3 Idle has no binding that a row can say
# c-4 Head is bound to the management account and no manifest can say so
aggregator,ca-1,management-account,"\taccount-1700000000000001",pci: 1700000000000001 management
aggregator,ca-1,"\t1738084522670001","\taccount-1",pci: shop
aggregator,ca-1,"\t1738084522670002","\taccount-2","pci: =1+1, ""x"""
# ca-1 pci holds 1555555555555557 which is no longer in the directory
# ca-2 all is of type RD and its members are chosen by the service
# ca-3 old has no account that is in the directory
# ca-3 old holds 1555555555555557 which is no longer in the directory
# ca-4 hidden is listed and cannot be read
`);
});

test('a table of plain names is plain ASCII without a byte-order mark', () => {
  const plain = liveManifest(actual({ contacts: [contact('c-1', ['rd-3mNq8W'], { name: 'Ops' })] }));
  expect(writeCsv(plain)).toBe(`kind,owner,member,account_name,note
# Resource directory rd-3mNq8W as it is: planning this file shows no change
contact,c-1,directory,,Ops: rd-3mNq8W
`);
});

test('a kind that was not read is left out, and one that has nothing is an empty list', () => {
  const unread = liveManifest(actual({ contacts: [] }));
  expect(writeYaml(unread).split('\n').slice(4)).toEqual(['ownership: listed', 'contacts: []', '']);
});

describe('a label', () => {
  test.each([
    ['SecOps', 'SecOps'],
    ['研发中心', '研发中心'],
    ['a\r\nb', 'a\ufffd\ufffdb'],
    ['\u202egnp.exe', '\ufffdgnp.exe'],
    ['half \ud83d pair', 'half \ufffd pair'],
    ['\ufffe', '\ufffd'],
    ['ops@example.com', '<e-mail address>'],
    ['call 13900001111', 'call <phone number>'],
    ['  padded  ', 'padded'],
    ['', ''],
    ['x'.repeat(70_000), `${'x'.repeat(60)}...`],
  ])('of %j is %j', (name, expected) => {
    expect(label(name)).toBe(expected);
  });

  test('of a path keeps every name of it', () => {
    expect(pathLabel(['x'.repeat(50), 'y'.repeat(50)])).toBe(`/${'x'.repeat(50)}/${'y'.repeat(50)}`);
    expect(pathLabel([])).toBe('/');
  });
});

describe('a cell', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['  @x', "  '@x"],
    ['a;=1', "a;'=1"],
    ['a, +1', "a, '+1"],
    ['a"-1', `a"'-1`],
    ['\uff1d1', "'\uff1d1"],
    ['a-b=c', 'a-b=c'],
  ])('for people, %j, is %j', (text, expected) => {
    expect(forPeople(text)).toBe(expected);
  });

  test.each([
    ['retail-web', 'retail-web'],
    ['MAR1', '\tMAR1'],
    ['007', '\t007'],
    ['true', '\ttrue'],
    ['trueish', 'trueish'],
    ['٣', '\t٣'],
  ])('that is to stay text, %j, is %j', (text, expected) => {
    expect(asText(text)).toBe(expected);
  });

  test.each([
    ['prod', 'prod'],
    ['pay 2', '\tpay 2'],
    ['=1', ''],
    ['a,=1', ''],
    [' padded', ''],
    ['a\tb', ''],
    ['ops@example.com', ''],
    ['x'.repeat(61), ''],
  ])('that is to be read back, %j, is %j', (text, expected) => {
    expect(faithful(text)).toBe(expected);
  });

  test('is quoted where another reader could see an end or a start in it', () => {
    expect(csvRow(['a', 'a,b', 'say "x"', '#x', ' x', '', '/P/Q: (1)'])).toBe(
      'a,"a,b","say ""x""","#x", x,,/P/Q: (1)',
    );
  });

  test('of a comment has nothing that a spreadsheet would cut it at', () => {
    expect(forComment('a,b;c\td"e|f\uff0cg')).toBe('a b c d e f g');
  });
});
