import { describe, expect, it } from 'vitest';
import { foldersToConfirm } from '../../src/manifest/folders-to-confirm.ts';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { resolveManifest } from '../../src/manifest/resolve-manifest.ts';

import {
  A,
  actualState,
  aggregator,
  all,
  B,
  binding,
  C,
  contact,
  D,
  E,
  EMPTY,
  findingsOf,
  GONE,
  grouping,
  ids,
  LISTED,
  MANAGEMENT,
  PAYMENTS,
  PROD,
  RD,
  ROOT,
  read,
  resolve,
  SANDBOX,
  valueOf,
} from './support.ts';

const WORLD = actualState({
  contacts: [contact('c-1', 'Finance')],
  aggregators: [aggregator('ca-1', 'prod', [A])],
});
const bound = (...members: readonly string[]) =>
  ids(valueOf(resolve(binding(...members), WORLD)).contacts.get('c-1' as never)?.present);
const problems = (...members: readonly string[]) => findingsOf(resolve(binding(...members), WORLD));
const messages = (text: string, actual = WORLD) => all(resolve(text, actual)).map(({ message }) => message);

describe('a selector', () => {
  it.each<[string, readonly string[]]>([
    [C, [C]],
    [PAYMENTS, [PAYMENTS]],
    ['folder:/Production/Payments', [PAYMENTS]],
    ['directory', [RD]],
    [RD, [RD]],
    [ROOT, [RD]],
    ['account:shop', [A]],
    ['accounts-in:/Production', [A]],
    ['accounts-in:/Production/**', [A, B, C]],
    [`accounts-in:${PROD}`, [A]],
    [`accounts-in:${PROD}/**`, [A, B, C]],
    ['accounts-in:/', [E]],
    ['accounts-in:/**', [A, B, C, D, E]],
    [`accounts-in:${ROOT}`, [E]],
    [`accounts-in:${ROOT}/**`, [A, B, C, D, E]],
    ['tag:env=prod', [A, B]],
    ['tag:note=a=b', [B]],
    ['tag:env=', [E]],
    ['all-accounts', [A, B, C, D, E]],
  ])('%s stands for %j', (selector, targets) => {
    expect(bound(JSON.stringify(selector))).toEqual(targets);
  });

  it('of the management account stands for it in an aggregator', () => {
    const desired = valueOf(resolve(grouping('management-account', 'all-accounts'), WORLD));
    expect(ids(desired.aggregators.get('ca-1' as never)?.present)).toEqual([MANAGEMENT, A, B, C, D, E]);
  });

  it.each<[string, string]>([
    ['account:twin', 'account-name-ambiguous 5:5'],
    ['account:Shop', 'account-name-not-found 5:5'],
    ['account:headquarters', 'account-name-not-found 5:5'],
    ['folder:/production', 'folder-path-not-found 5:5'],
    ['folder:/Production/Nope', 'folder-path-not-found 5:5'],
    ['folder:/Production/Sandbox', 'folder-path-ambiguous 5:5'],
    ['accounts-in:/Production/Sandbox/**', 'folder-path-ambiguous 5:5'],
    ['fd-Nope000001', 'folder-not-in-directory 5:5'],
    ['accounts-in:fd-Nope000001', 'folder-not-in-directory 5:5'],
    ['accounts-in:/Empty/**', 'selector-empty 5:5'],
    ['tag:env=Prod', 'selector-empty 5:5'],
    ['rd-other1', 'directory-other 5:5'],
    ['r-other1', 'directory-other 5:5'],
    ['accounts-in:r-other1/**', 'directory-other 5:5'],
    ['1738084522671299', 'id-not-in-directory 5:5'],
    [MANAGEMENT, 'contact-management-account 5:5'],
  ])('%s is refused: %s', (selector, expected) => {
    expect(problems(selector)).toEqual([expected]);
  });

  it.each([
    [
      '1738084522671230',
      'account "1738084522671230" is not in the directory, "1738084522671234", "1738084522671235" are: a spreadsheet turns the 16th digit into 0; format the column as text and paste the id again',
    ],
    [
      '1738084522671243',
      'account "1738084522671243" is not in the directory; did you mean "1738084522671234"?',
    ],
    [
      '9738084522671236',
      'account "9738084522671236" is not in the directory; did you mean "9738084522671237"?',
    ],
    [
      '1999999999999999',
      'account "1999999999999999" is not in the directory; check the id, and which directory it belongs to',
    ],
    ['account:pay-3', 'no account has the display name "pay-3"; did you mean "pay-1" or "pay-2"?'],
    ['account:twin', `2 accounts have the display name "twin"; write the id, ${D} or ${E}`],
    [
      'folder:/Production/Paymnts',
      'folder "/Production/Paymnts" is not in the directory: "/Production" has no folder "Paymnts"; did you mean "Payments"?',
    ],
    [
      'folder:/Production/Sandbox',
      'folder "/Production/Sandbox" is ambiguous: "/Production" has 2 folders "Sandbox"; write its id, fd-Sand000002 or fd-Sand000003',
    ],
  ])('%s gets the message that helps', (selector, message) => {
    expect(messages(binding(selector))).toEqual([message]);
  });

  it('may match nothing where that is permitted in writing', () => {
    const desired = valueOf(resolve(`${binding('tag:env=none')}  allowEmpty: true\n`, WORLD));
    expect(desired.contacts.get('c-1' as never)).toMatchObject({
      allowEmpty: true,
      statesMembers: true,
      present: new Map(),
    });
  });

  it('never takes tags or folders that were not read for absent ones', () => {
    const accounts = new Map(
      [...(WORLD.accounts ?? [])].map(([id, account]) => [id, { ...account, tags: undefined }]),
    );
    expect(() => resolve(binding('tag:env=prod'), { ...WORLD, accounts })).toThrow('were not read');
    expect(() => resolve(binding('all-accounts'), { ...WORLD, accounts: undefined })).toThrow(
      'were not read',
    );
    expect(() => resolve(binding('folder:/Production'), { ...WORLD, folders: undefined })).toThrow(
      'were not read',
    );
    expect(() => resolve(binding(A), { ...WORLD, contacts: undefined })).toThrow('were not read');
  });
});

describe('existence', () => {
  it('of an account is not in question when accounts were not read', () => {
    expect(findingsOf(resolve(binding(GONE), { ...WORLD, accounts: undefined }))).toEqual([]);
  });

  it('of a folder shows in the accounts below it, in the tree, or when it was asked for', () => {
    const actual = { ...WORLD, folders: undefined };
    const known = { ...LISTED, knownFolderIds: new Set([EMPTY]) };
    expect(findingsOf(resolve(binding(PAYMENTS), actual))).toEqual([]);
    expect(findingsOf(resolve(binding(EMPTY), WORLD))).toEqual([]);
    expect(findingsOf(resolve(binding(EMPTY), actual))).toEqual(['folder-not-in-directory 5:5']);
    expect(findingsOf(resolve(binding(EMPTY), actual, known))).toEqual([]);
  });

  it.each([
    ['present and bound', 'bind', [GONE], ['id-gone 4:10']],
    ['present and not bound', 'bind', [], ['id-not-in-directory 4:10']],
    ['absent and bound', 'unbind', [GONE], []],
    ['absent and not bound', 'unbind', [], ['absent-not-in-directory? 4:12']],
  ])('an account that left, written as %s', (_, key, held, expected) => {
    const actual = actualState({ contacts: [contact('c-1', 'Finance', held)] });
    expect(
      findingsOf(resolve(`version: 1\ncontacts:\n- contact: c-1\n  ${key}: ["${GONE}"]\n`, actual)),
    ).toEqual(expected);
  });

  it('a left account can be taken out of an aggregator', () => {
    const actual = actualState({ aggregators: [aggregator('ca-1', 'prod', [A, GONE])] });
    expect(
      findingsOf(resolve(`version: 1\naggregators:\n- aggregator: ca-1\n  remove: ["${GONE}"]\n`, actual)),
    ).toEqual([]);
  });
});

describe('folders to confirm', () => {
  it('are those written by id that were not seen, each once', () => {
    const text = `protected: [fd-Nope000001]\n${binding(PAYMENTS, EMPTY, 'accounts-in:fd-Nope000001/**')}`;
    const manifest = valueOf(read('m.yaml', text));
    expect(foldersToConfirm(manifest, { ...WORLD, folders: undefined })).toEqual([EMPTY, 'fd-Nope000001']);
    expect(foldersToConfirm(manifest, WORLD)).toEqual(['fd-Nope000001']);
  });
});

describe('an owner', () => {
  const actual = actualState({
    contacts: [contact('c-1', 'Finance'), contact('c-2', 'Ops')],
    aggregators: [
      aggregator('ca-1', 'prod', [A]),
      aggregator('ca-2', 'twin', [A]),
      aggregator('ca-3', 'twin', [B]),
    ],
  });
  const named = (key: string, name: string) => `version: 1\n${key}s:\n- ${key}: ${name}\n`;

  it.each([
    ['contact', 'c-3', 'contact-not-found 3:12'],
    ['contact', 'Finanse', 'contact-not-found 3:12'],
    ['aggregator', 'ca-9', 'aggregator-not-found 3:15'],
    ['aggregator', 'twin', 'aggregator-ambiguous 3:15'],
    ['aggregator', 'prd', 'aggregator-not-found 3:15'],
  ])('%s %s is not one that exists', (key, name, expected) => {
    expect(findingsOf(resolve(named(key, name), actual))).toEqual([expected]);
  });

  it('gets the nearest name, or the ids to choose from', () => {
    expect(messages(named('contact', 'Finanse'), actual)).toEqual([
      'there is no contact "Finanse"; did you mean "Finance"?',
    ]);
    expect(messages(named('aggregator', 'twin'), actual)).toEqual([
      '2 aggregators have the name "twin"; write the id, ca-2 or ca-3',
    ]);
  });

  it('that is listed and cannot be read is a problem', () => {
    expect(findingsOf(resolve(named('aggregator', 'prod'), { ...actual, aggregators: new Map() }))).toEqual([
      'aggregator-not-found 3:15',
    ]);
  });

  it('named by id here and by name there is one', () => {
    const text = `version: 1\ncontacts:\n- {contact: c-1, bind: ["${A}", "${B}"]}\n- {contact: Finance, bind: ["${B}", "${C}"]}\n`;
    const result = resolve(text, actual);
    expect(findingsOf(result)).toEqual(['entry-twice? 4:29']);
    expect(ids(valueOf(result).contacts.get('c-1' as never)?.present)).toEqual([A, B, C]);
  });

  it('named twice cannot have a member present and absent', () => {
    const text = `version: 1\ncontacts:\n- {contact: c-1, bind: ["${A}"]}\n- {contact: Finance, unbind: ["${A}"]}\n`;
    expect(findingsOf(resolve(text, actual))).toEqual(['present-and-absent 4:31']);
  });
});

describe('entries that meet in one account', () => {
  const owner = (rest: string) => `version: 1\ncontacts:\n- contact: c-1\n${rest}`;

  it('by id and by name are a warning', () => {
    expect(problems(A, 'account:shop')).toEqual(['entry-twice? 6:5']);
  });

  it.each([
    [[A, 'account:shop'], `"account:shop" is "${A}", which stands at m.yaml:5:5 already`],
    [['directory', RD], `"${RD}" stands at m.yaml:5:5 already`],
  ])('are told by what is written and, where that differs, what it means: %j', (members, said) => {
    expect(messages(binding(...members))).toEqual([`${said}; it is counted once`]);
  });

  it('by patterns are none', () => {
    expect(problems('tag:env=prod', 'accounts-in:/Production')).toEqual([]);
  });

  it.each([
    [['tag:env=prod', A], 6],
    [[A, 'tag:env=prod'], 5],
  ])('outright and by a pattern keep the line that is outright: %j', (members, line) => {
    const desired = valueOf(resolve(binding(...members), WORLD));
    expect(desired.contacts.get('c-1' as never)?.present.get(A)?.source.line).toBe(line);
  });

  it.each([
    ['outright', `  bind: [account:shop]\n  unbind: ["${A}"]\n`, ['present-and-absent 5:12']],
    ['by a pattern', `  bind: [all-accounts]\n  unbind: ["${A}"]\n`, ['present-and-absent 5:12']],
    [
      'by a pattern that would take them away',
      `  bind: ["${A}"]\n  unbind: [tag:env=prod]\n`,
      ['present-and-absent 5:12'],
    ],
    ['by a pattern, and excepted', `  bind: [all-accounts]\n  unbind: ["${A}"]\n  except: ["${A}"]\n`, []],
    ['outright, and excepted', `  bind: ["${A}"]\n  except: [account:shop]\n`, ['present-and-excepted 4:10']],
  ])('present and absent %s: %j', (_, rest, expected) => {
    expect(findingsOf(resolve(owner(rest), WORLD))).toEqual(expected);
  });

  it('contradict each other with both lines in the message', () => {
    expect(messages(owner(`  bind: [all-accounts]\n  unbind: ["${A}"]\n`))).toEqual([
      `"${A}" is absent by "${A}" and present by "all-accounts" at m.yaml:4:10; put it into except`,
    ]);
  });

  it('are taken out of patterns by except', () => {
    const desired = valueOf(
      resolve(owner(`  bind: [all-accounts]\n  except: [account:shop, accounts-in:/Sandbox]\n`), WORLD),
    );
    expect(ids(desired.contacts.get('c-1' as never)?.present)).toEqual([B, C, E]);
  });

  it.each([
    [
      'all that a pattern matches',
      `  bind: [accounts-in:/Production]\n  except: [account:shop]\n`,
      ['selector-empty 4:10'],
    ],
    [
      'an account that is not there',
      `  bind: [all-accounts]\n  except: ["${GONE}"]\n`,
      ['id-not-in-directory 5:12'],
    ],
    [
      'a pattern that matches nothing',
      `  bind: [all-accounts]\n  except: [tag:a=b]\n`,
      ['selector-empty 5:12'],
    ],
  ])('except takes out %s: refused', (_, rest, expected) => {
    expect(findingsOf(resolve(owner(rest), WORLD))).toEqual(expected);
  });
});

describe('a contact', () => {
  const held = (n: number, status = 'Active') =>
    actualState({ contacts: [contact('c-1', 'Finance', [A, B, C, D, E].slice(0, n), status)] });
  const settings = (ownership: 'add-only' | 'listed' | 'exclusive', targetsPerContact: number) => ({
    ownership,
    limits: { ...DEFAULT_LIMITS, targetsPerContact },
  });

  it.each([
    ['listed', [A, B, C], 0, 3, []],
    ['listed', [A, B, C], 0, 2, ['targets-too-many 3:12']],
    ['listed', [SANDBOX, PROD], 5, 2, []],
    ['exclusive', [SANDBOX, PROD], 5, 2, []],
    ['add-only', [SANDBOX, PROD], 5, 6, ['targets-too-many 3:12']],
    ['add-only', [SANDBOX, PROD], 5, 7, []],
    ['add-only', [A, B], 5, 2, []],
    ['listed', [A, B, C], 3, 2, []],
  ] as const)('%s, writing %j with %i bound and a cap of %i: %j', (ownership, members, n, cap, expected) => {
    expect(findingsOf(resolve(binding(...members), held(n), settings(ownership, cap)))).toEqual(expected);
  });

  it('counts what is unbound, and what is bound and gone', () => {
    const text = `${binding(SANDBOX)}  unbind: ["${A}"]\n`;
    const actual = actualState({ contacts: [contact('c-1', 'Finance', [A, B, GONE])] });
    expect(findingsOf(resolve(text, actual, settings('add-only', 3)))).toEqual([]);
    expect(findingsOf(resolve(text, actual, settings('add-only', 2)))).toEqual(['targets-too-many 3:12']);
    expect(findingsOf(resolve(text, actual, settings('listed', 2)))).toEqual([]);
    expect(findingsOf(resolve(text, actual, settings('listed', 1)))).toEqual(['targets-too-many 3:12']);
  });

  it('counts a folder that is gone only where all folders were read', () => {
    const actual = actualState({ contacts: [contact('c-1', 'Finance', ['fd-Nope000001'])] });
    expect(findingsOf(resolve(binding(A), actual, settings('listed', 1)))).toEqual(['targets-too-many 3:12']);
    expect(findingsOf(resolve(binding(A), { ...actual, folders: undefined }, settings('listed', 1)))).toEqual(
      [],
    );
  });

  it.each([
    ['has all that is written', [A], []],
    ['is to get something', [A, B], ['contact-not-active 6:5']],
    ['is to lose something', [B], ['contact-not-active 3:12', 'contact-not-active 5:5']],
  ])('that is not verified and %s: %j', (_, members, expected) => {
    expect(findingsOf(resolve(binding(...members), held(1, 'Verifying')))).toEqual(expected);
  });

  it('that is not verified loses nothing either', () => {
    const text = (member: string) => `version: 1\ncontacts:\n- contact: c-1\n  unbind: ["${member}"]\n`;
    expect(findingsOf(resolve(text(A), held(1, 'Deleting')))).toEqual(['contact-not-active 4:12']);
    expect(findingsOf(resolve(text(B), held(1, 'Deleting')))).toEqual([]);
    expect(findingsOf(resolve('version: 1\ncontacts:\n- contact: c-1\n', held(1, 'Deleting')))).toEqual([]);
  });
});

describe('an aggregator', () => {
  const withAccounts = (accounts: readonly (typeof A)[], type = 'CUSTOM') =>
    actualState({ aggregators: [aggregator('ca-1', 'prod', accounts, type)] });
  const remove = (...members: readonly string[]) =>
    `version: 1\naggregators:\n- aggregator: ca-1\n  remove: [${members.map((id) => `"${id}"`).join(', ')}]\n`;
  const settings = (ownership: 'add-only' | 'listed', accountsPerAggregator: number) => ({
    ownership,
    limits: { ...DEFAULT_LIMITS, accountsPerAggregator },
  });

  it.each([['RD'], ['FOLDER'], ['NEW']])('of type %s takes no accounts', (type) => {
    expect(findingsOf(resolve(grouping(A), withAccounts([], type)))).toEqual(['aggregator-not-custom 3:15']);
    expect(findingsOf(resolve(remove(A), withAccounts([], type)))).toEqual(['aggregator-not-custom 3:15']);
    expect(
      findingsOf(resolve('version: 1\naggregators:\n- aggregator: ca-1\n', withAccounts([], type))),
    ).toEqual([]);
  });

  it.each([
    ['its last account', remove(A), [A], ['aggregator-emptied 3:15']],
    ['one of two', remove(A), [A, B], []],
    [
      'its last, with a pattern that matches nothing',
      `${grouping('tag:a=b')}  allowEmpty: true\n`,
      [A],
      ['aggregator-emptied 3:15'],
    ],
    ['all but the management account', `${grouping('tag:a=b')}  allowEmpty: true\n`, [A, MANAGEMENT], []],
  ])('that would lose %s', (_, text, accounts, expected) => {
    expect(findingsOf(resolve(text, withAccounts(accounts)))).toEqual(expected);
  });

  it.each([
    ['listed', [A], 2, ['accounts-too-many 3:15']],
    ['listed', [A], 3, []],
    ['listed', [C, D, E], 3, []],
    ['listed', [MANAGEMENT], 3, ['accounts-too-many 3:15']],
    ['listed', [MANAGEMENT], 4, []],
    ['listed', [GONE], 3, ['accounts-too-many 3:15']],
    ['listed', [GONE], 4, []],
    ['add-only', [D], 3, ['accounts-too-many 3:15']],
    ['add-only', [D], 4, []],
    ['add-only', [A, B, C, D], 3, []],
  ] as const)('%s, having %j and a cap of %i: %j', (ownership, accounts, cap, expected) => {
    expect(
      findingsOf(resolve(grouping(A, B, 'account:pay-2'), withAccounts(accounts), settings(ownership, cap))),
    ).toEqual(expected);
  });

  it('keeps ids beyond 2^53, display names and lines', () => {
    const desired = valueOf(resolve(grouping(`{id: ${C}, name: Tony}`), WORLD));
    expect(desired.aggregators.get('ca-1' as never)).toEqual({
      id: 'ca-1',
      statesMembers: true,
      present: new Map([
        [C, { accountId: C, accountName: 'Tony', source: { file: 'm.yaml', line: 5, column: 10 } }],
      ]),
      absent: new Map(),
    });
  });
});

describe('what is protected', () => {
  const guarded = (selector: string) =>
    resolve(
      `protected: ["${selector}"]\n${binding(A)}`,
      actualState({ contacts: [contact('c-1', 'Finance', [GONE])] }),
    );

  it.each<[string, readonly string[]]>([
    [B, [B]],
    ['tag:env=prod', [A, B]],
    ['directory', [RD]],
    ['management-account', [MANAGEMENT]],
    [GONE, [GONE]],
  ])('%s: %j', (selector, expected) => {
    expect([...valueOf(guarded(selector)).protected]).toEqual(expected);
  });

  it.each([
    ['1738084522671299', ['id-not-in-directory 1:13']],
    ['tag:a=b', ['selector-empty 1:13']],
  ])('%s protects nobody: refused', (selector, expected) => {
    expect(findingsOf(guarded(selector))).toEqual(expected);
  });
});

describe('an account that only an aggregator still has', () => {
  it('can be protected', () => {
    const actual = actualState({
      contacts: [contact('c-1', 'Finance')],
      aggregators: [aggregator('ca-1', 'prod', [GONE])],
    });
    expect(findingsOf(resolve(`protected: ["${GONE}"]\n${binding(A)}`, actual))).toEqual([]);
  });
});

describe('the desired state', () => {
  it('carries the ownership that is in force, not the one that is written', () => {
    const manifest = valueOf(read('m.yaml', `ownership: exclusive\n${binding(A)}`));
    expect(valueOf(resolveManifest(manifest, WORLD, { ...LISTED, ownership: 'add-only' })).ownership).toBe(
      'add-only',
    );
  });

  it('has every binding with the line that asks for it', () => {
    const text = `${binding(A, 'folder:/Sandbox')}  unbind: ["${B}"]\n`;
    const at = (line: number, column: number) => ({ file: 'm.yaml', line, column });
    expect(valueOf(resolve(text, WORLD)).contacts.get('c-1' as never)).toEqual({
      id: 'c-1',
      statesMembers: true,
      allowEmpty: false,
      present: new Map<string, unknown>([
        [A, { target: { type: 'account', id: A }, source: at(5, 5) }],
        [SANDBOX, { target: { type: 'folder', id: SANDBOX }, source: at(6, 5) }],
      ]),
      absent: new Map([[B, { target: { type: 'account', id: B }, source: at(7, 12) }]]),
    });
  });
});

it('problems stand as somebody reads the files, whatever they are of', () => {
  const text = `version: 1
contacts:
  - contact: Finance
    bind: ["${GONE}", "account:nobody"]
  - contact: Nobody
    bind: ["${A}"]
aggregators:
  - aggregator: ca-1
    accounts: ["account:nobody"]
  - aggregator: ca-9
    accounts: ["${A}"]
protected: ["account:nobody"]
`;
  const places = all(resolve(text, WORLD)).map(({ source }) => [source?.line, source?.column]);
  expect(places.map(([line]) => line)).toEqual([4, 4, 5, 8, 9, 10, 12]);
  expect(places[0]?.[1]).toBeLessThan(places[1]?.[1] ?? 0);
});
