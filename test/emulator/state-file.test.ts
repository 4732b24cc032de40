import { describe, expect, it } from 'vitest';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import { readState, StateFileError, stateFrom } from '../../src/emulator/state-file.ts';
import { MESSAGE_TYPES } from '../../src/wire/resource-directory.ts';

const DIRECTORY = 'directory: {id: rd-a, rootFolderId: r-b, managementAccount: {id: 1000000000000001}}\n';

function problemsOf(text: string): readonly string[] {
  try {
    readState(text);
  } catch (error) {
    if (error instanceof StateFileError) return error.problems;
    throw error;
  }
  return [];
}

describe('a state file', () => {
  it('needs nothing but the directory', () => {
    expect(readState(DIRECTORY)).toEqual({
      directory: {
        id: 'rd-a',
        rootFolderId: 'r-b',
        managementAccount: { id: '1000000000000001', name: 'management' },
      },
      folders: [],
      accounts: [],
      contacts: [],
      aggregators: [],
      credentials: [DEFAULT_CREDENTIAL],
      roles: [],
      quotas: {
        targetsPerContact: 10,
        contacts: 20,
        accountsPerAggregator: 200,
        aggregators: 5,
        folderDepth: 5,
        verificationsPerDay: 100,
      },
      behaviour: {
        lockScope: 'directory',
        lockMs: 10,
        latencyMs: 10,
        pendingMs: 2000,
        rebind: 'idempotent',
        unbindAbsent: 'idempotent',
        visibilityDelayMs: 0,
        maxPageSize: 100,
        directorySpelling: 'rd',
        statusesThatBind: ['Active'],
        verifySignature: true,
        verification: 'by-hand',
        contactDeletionMs: 2000,
        folderUnbindMs: 0,
        memberDeletion: 'Disabled',
        managementInGroups: true,
        nestedFolders: true,
        leaversLeaveGroups: true,
        leaversStayBound: true,
        unbindGone: 'refused',
        memberFilter: 'exact',
        largePages: 'capped',
        emptyGroupList: 'refused',
        smallLetterKeys: true,
        formParameters: 'merged',
        defaultFormat: 'xml',
      },
      faults: [],
      seed: 1,
    });
  });

  it('fills in what its items leave out, and keeps unquoted ids digit for digit', () => {
    const state = readState(`${DIRECTORY}
folders:
  - {id: fd-1, name: One}
  - {id: fd-2, name: Two, parent: fd-1}
accounts:
  - {id: 9173808452267123, name: far}
  - {id: 0038084522671234, name: zeros, folder: fd-2, tags: {env: prod, cost: 12}}
contacts:
  - {id: c-1, name: 42, members: [9173808452267123, rd-a]}
aggregators:
  - {id: ca-1, name: g, accounts: [9173808452267123, {id: 1000000000000001}, {id: 1711111111111111, name: Left}]}
behaviour: {verifySignature: false, latencyMs: 0, now: 2026-01-15T08:00:00Z}
quotas: {callsPerSecond: 5}
seed: 7
`);
    expect(state.folders.map(({ parent }) => parent)).toEqual(['r-b', 'fd-1']);
    expect(state.accounts).toEqual([
      { id: '9173808452267123', name: 'far', folder: 'r-b', tags: {}, status: 'CreateSuccess' },
      {
        id: '0038084522671234',
        name: 'zeros',
        folder: 'fd-2',
        tags: { env: 'prod', cost: '12' },
        status: 'CreateSuccess',
      },
    ]);
    expect(state.contacts[0]).toEqual({
      id: 'c-1',
      name: '42',
      email: '',
      phone: '',
      title: 'Other',
      messageTypes: [...MESSAGE_TYPES],
      status: 'Active',
      members: ['9173808452267123', 'rd-a'],
    });
    expect(state.aggregators[0]?.accounts).toEqual([
      { id: '9173808452267123', name: 'far' },
      { id: '1000000000000001', name: 'management' },
      { id: '1711111111111111', name: 'Left' },
    ]);
    expect(state.behaviour).toMatchObject({
      verifySignature: false,
      lockMs: 0,
      now: Date.UTC(2026, 0, 15, 8),
    });
    expect(state.quotas.callsPerSecond).toBe(5);
    expect(state.seed).toBe(7);
  });

  it('may be JSON, with ids as numbers above 2^53', () => {
    const text =
      '{"directory":{"id":"rd-a","rootFolderId":"r-b","managementAccount":{"id":"1000000000000001"}},"accounts":[{"id":9173808452267123,"name":"far"}]}';
    expect(readState(text).accounts[0]?.id).toBe('9173808452267123');
  });

  it.each([
    ['an unknown section', 'acounts: []', 'file: unknown key "acounts", did you mean "accounts"?'],
    [
      'an unknown key in a list',
      'accounts: [{id: 1738084522671234, name: x, fodler: fd-1}]',
      'accounts[0]: unknown key "fodler", did you mean "folder"?',
    ],
    [
      'an unknown key that is near to none',
      'behaviour: {zzz: 1}',
      'behaviour: unknown key "zzz" (known: lockScope, ',
    ],
    [
      'a short account id',
      'accounts: [{id: 17380845, name: x}]',
      'accounts[0].id: found "17380845", expected an account id of 16 digits, as text; correct it',
    ],
    [
      'an odd target',
      'contacts: [{id: c-1, name: x, members: [everyone]}]',
      'contacts[0].members[0]: found "everyone", expected the id of an account, a folder or the directory; correct it',
    ],
    [
      'an unknown choice',
      'behaviour: {lockScope: global}',
      'behaviour.lockScope: found "global", expected one of directory, contact, none; correct it',
    ],
    [
      'text for a number',
      'behaviour: {lockMs: soon}',
      'behaviour.lockMs: found "soon", expected a whole number; correct it',
    ],
    ['a missing name', 'folders: [{id: fd-1}]', 'folders[0].name: missing, expected a text; add it'],
    [
      'an unknown fault kind',
      'faults: [{kind: boom}]',
      'faults[0].kind: found "boom", expected one of throttling, conflict, ',
    ],
    [
      'a fault of call 0',
      'faults: [{kind: silent, call: 0}]',
      'faults[0].call[0]: found "0", calls are counted from 1; correct it',
    ],
    ['a list for a section', 'quotas: [1]', 'quotas: found a list, expected keys and values; correct it'],
    [
      'a page of nothing',
      'behaviour: {maxPageSize: 0}',
      'behaviour.maxPageSize: found "0", expected 1 or more; ',
    ],
    [
      'an odd account in a group, as an id alone',
      'aggregators: [{id: ca-1, name: x, accounts: [all]}]',
      'aggregators[0].accounts[0].id: found "all", expected an account id of 16 digits, as text; correct it',
    ],
    [
      'an id twice',
      'contacts: [{id: c-1, name: x}, {id: c-1, name: y}]',
      'contacts[1].id: "c-1" stands there twice',
    ],
    [
      'the management account among the members',
      'accounts: [{id: 1000000000000001, name: x}]',
      'accounts[0].id: "1000000000000001" is the management account, expected member accounts only',
    ],
    [
      'a folder that is not there',
      'accounts: [{id: 1738084522671234, name: x, folder: fd-9}]',
      'accounts[0].folder: there is no folder "fd-9", expected an id under folders or the root folder',
    ],
    [
      'a parent that is not there',
      'folders: [{id: fd-1, name: x, parent: fd-9}]',
      'folders[0].parent: there is no folder "fd-9"',
    ],
    [
      'a circle of folders',
      'folders: [{id: fd-1, name: x, parent: fd-2}, {id: fd-2, name: y, parent: fd-1}]',
      'folders[0].parent: "fd-1" is below itself, expected a tree',
    ],
    [
      'a group over a folder that is not there',
      'aggregators: [{id: ca-1, name: x, type: FOLDER, folders: [fd-9]}]',
      'aggregators[0].folders[0]: there is no folder "fd-9"',
    ],
    [
      'accounts in a group of type RD',
      'aggregators: [{id: ca-1, name: x, type: RD, accounts: [1000000000000001]}]',
      'aggregators[0].accounts: a group of type RD takes its accounts from the directory, expected none',
    ],
  ])('with %s is refused by place and expectation', (_, text, expected) => {
    const problems = problemsOf(`${DIRECTORY}${text}\n`);
    expect(problems[0]?.slice(0, expected.length)).toBe(expected);
  });

  it('tells every problem at once', () => {
    expect(problemsOf(`${DIRECTORY}seed: x\nquotas: {contacts: y}\n`)).toHaveLength(2);
  });

  it.each([
    [
      'an empty file',
      '',
      'file: found neither YAML nor JSON (expected a document, but the input is empty), expected a state; correct it',
    ],
    ['a list', '- a', 'file: found a list, expected keys and values; correct it'],
    ['a word', 'state', 'file: found "state", expected keys and values; correct it'],
    [
      'broken YAML',
      'directory: {',
      'line 1, column 13: found neither YAML nor JSON (unexpected end of the stream within a flow collection), expected a state; correct it',
    ],
    [
      'a key twice',
      `${DIRECTORY}seed: 1\nseed: 2`,
      'line 3, column 1: found neither YAML nor JSON (duplicated mapping key), expected a state; correct it',
    ],
  ])('that is %s is refused in one line', (_, text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });

  it.each([
    ['version: 1\ncontacts: []', 'it has the keys "version" and "contacts"'],
    ['contacts: [{contact: ops, bind: [directory]}]', 'its contacts have the key "contact"'],
    [
      'aggregators: [{aggregator: pci, accounts: [all-accounts]}]',
      'its aggregators have the key "aggregator"',
    ],
  ])('that is a manifest, %j, is refused as one, in one line', (text, likeness) => {
    expect(problemsOf(text)).toEqual([
      `this looks like a manifest, not like an emulator state (${likeness}); give a file that describes the directory with its accounts`,
    ]);
  });

  it('never repeats a secret in its problems', () => {
    const text = `${DIRECTORY}credentials: [{accessKeyId: "", accessKeySecret: top-secret, securityToken: [top-secret]}]`;
    const problems = problemsOf(text);
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('top-secret');
  });

  it('takes ids as text only when it comes as a value', () => {
    const directory = { id: 'rd-a', rootFolderId: 'r-b', managementAccount: { id: 1000000000000001 } };
    expect(() => stateFrom({ directory })).toThrow(
      'directory.managementAccount.id: found 1000000000000001, expected a text; put it in quotes',
    );
  });
});
