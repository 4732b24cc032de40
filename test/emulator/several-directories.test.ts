import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/emulator/emulated-request.ts';
import { Gateway } from '../../src/emulator/gateway.ts';
import { startEmulator } from '../../src/emulator/server.ts';
import { readStates, statesFrom } from '../../src/emulator/several-states.ts';
import { StateFileError } from '../../src/emulator/state-file.ts';
import { type CallToSign, signV1, signV3 } from './signed-call.ts';
import { START } from './world.ts';

const ROLE = 'acs:ram::1000000000000002:role/reconcile';
const keyOf = (name: string) => ({ accessKeyId: `key-${name}`, secret: `secret-${name}` });

function written(name: string, digit: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  const { accessKeyId, secret } = keyOf(name);
  return {
    directory: {
      id: `rd-${name}`,
      rootFolderId: `r-${name}`,
      managementAccount: { id: `100000000000000${digit}` },
    },
    accounts: [{ id: `173808452267123${digit}`, name: `only-in-${name}` }],
    contacts: [{ id: `c-${name}`, name: 'SecOps' }],
    credentials: [{ accessKeyId, accessKeySecret: secret }],
    ...more,
  };
}

const TWO = { directories: [written('a', 1), written('b', 2, { roles: [{ arn: ROLE }] })] };
const gatewayOf = (file: unknown) => new Gateway(statesFrom(file), () => () => START);
let nonce = 0;
const fresh = (call: CallToSign) => signV3({ nonce: `several-${nonce++}`, ...call });

function answer(delivery: Delivery): Record<string, unknown> {
  if (delivery.kind !== 'answer') throw new Error(`expected an answer, found ${delivery.kind}`);
  return JSON.parse(delivery.body) as Record<string, unknown>;
}

function accountsSeen(delivery: Delivery): readonly string[] {
  const { Accounts } = answer(delivery) as { Accounts: { Account: { DisplayName: string }[] } };
  return Accounts.Account.map(({ DisplayName }) => DisplayName);
}

/** What is wrong with a file, a line each. */
function problemsOf(file: unknown): readonly string[] {
  try {
    statesFrom(file);
    return [];
  } catch (error) {
    if (error instanceof StateFileError) return error.problems;
    throw error;
  }
}

describe('several directories in one process', () => {
  it('are told apart by the access key of the call, in both signature schemes', () => {
    const gateway = gatewayOf(TWO);
    expect(accountsSeen(gateway.receive(fresh(keyOf('a'))))).toEqual(['only-in-a']);
    expect(accountsSeen(gateway.receive(fresh(keyOf('b'))))).toEqual(['only-in-b']);
    const older = {
      Action: 'ListAccounts',
      Version: '2022-04-19',
      Format: 'JSON',
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      SignatureNonce: 'older-1',
      Timestamp: new Date(START).toISOString(),
      AccessKeyId: 'key-b',
    };
    expect(accountsSeen(gateway.receive(signV1(older, 'secret-b')))).toEqual(['only-in-b']);
  });

  it('do not take the key of one with the secret of another, nor a key that nobody has', () => {
    const gateway = gatewayOf(TWO);
    const mixed = gateway.receive(fresh({ accessKeyId: 'key-b', secret: 'secret-a' }));
    expect(mixed).toMatchObject({ status: 400 });
    expect(answer(mixed)['Code']).toBe('SignatureDoesNotMatch');
    const unknown = gateway.receive(fresh({ accessKeyId: 'key-c', secret: 'secret-c' }));
    expect(unknown).toMatchObject({ status: 404 });
    expect(answer(unknown)['Code']).toBe('InvalidAccessKeyId.NotFound');
    expect(
      gateway
        .cloudOf('rd-b')
        ?.calls()
        .map(({ code }) => code),
    ).toEqual(['SignatureDoesNotMatch']);
    expect(
      gateway
        .cloudOf('rd-a')
        ?.calls()
        .map(({ code }) => code),
    ).toEqual(['InvalidAccessKeyId.NotFound']);
  });

  it('keep their writes, their locks and their nonces to themselves', () => {
    const gateway = gatewayOf(TWO);
    const bind = (name: string, account: string) =>
      gateway.receive(
        signV3({
          ...keyOf(name),
          nonce: 'the same',
          query: { ContactId: `c-${name}`, 'Members.1': account },
          headers: { 'x-acs-action': 'AssociateMembers' },
        }),
      );
    expect(bind('a', '1738084522671231')).toMatchObject({ status: 200 });
    expect(bind('b', '1738084522671232')).toMatchObject({ status: 200 });
    const membersIn = (id: string) => gateway.cloudOf(id)?.snapshot().contacts[0]?.members;
    expect([membersIn('rd-a'), membersIn('rd-b')]).toEqual([['1738084522671231'], ['1738084522671232']]);
  });

  it('answer a temporary key in the directory of the role it was handed out for, until it expires', () => {
    let now = START;
    const gateway = new Gateway(statesFrom(TWO), () => () => now);
    const directoryId = gateway.keys.directoryOfRole(ROLE) ?? '';
    expect(directoryId).toBe('rd-b');
    const credential = { accessKeyId: 'STS.x', accessKeySecret: 'sts', securityToken: 'token', deny: [] };
    gateway.keys.handOut({ credential, directoryId, expiresAt: START + 60_000 });
    const call = (): Delivery =>
      gateway.receive(
        fresh({ accessKeyId: 'STS.x', secret: 'sts', at: now, headers: { 'x-acs-security-token': 'token' } }),
      );
    expect(accountsSeen(call())).toEqual(['only-in-b']);
    now += 60_000;
    expect(answer(call())['Code']).toBe('InvalidSecurityToken.Expired');
    gateway.reset();
    expect(answer(call())['Code']).toBe('InvalidAccessKeyId.NotFound');
  });

  it('take a call without a signature where nobody checks it, by the key that it names', () => {
    const behaviour = { verifySignature: false };
    const gateway = gatewayOf({
      directories: [written('a', 1, { behaviour }), written('b', 2, { behaviour })],
    });
    const named = (AccessKeyId: string) => ({
      method: 'GET',
      path: '/',
      query: new URLSearchParams({
        Action: 'ListAccounts',
        Version: '2022-04-19',
        Format: 'JSON',
        AccessKeyId,
      }),
      headers: {},
      body: Buffer.alloc(0),
    });
    expect(accountsSeen(gateway.receive(named('key-b')))).toEqual(['only-in-b']);
    expect(accountsSeen(gateway.receive(named('')))).toEqual(['only-in-a']);
  });
});

describe('a running emulator', () => {
  it('gives the key of each directory, and shows each by its id', async () => {
    const emulator = await startEmulator({ state: statesFrom(TWO) });
    try {
      expect(emulator.directoryIds).toEqual(['rd-a', 'rd-b']);
      const keys = [undefined, 'rd-a', 'rd-b', 'rd-c'].map((id) => emulator.keysOf(id)?.accessKeyId);
      expect(keys).toEqual(['key-a', 'key-a', 'key-b', undefined]);
      const accounts = async (query: string) => {
        const response = await fetch(`${emulator.url}/_emulator/state${query}`);
        return ((await response.json()) as { accounts: { name: string }[] }).accounts[0]?.name;
      };
      expect([await accounts(''), await accounts('?directory=rd-b')]).toEqual(['only-in-a', 'only-in-b']);
      const missing = await fetch(`${emulator.url}/_emulator/state?directory=rd-c`);
      expect([missing.status, await missing.json()]).toEqual([
        404,
        { error: 'there is no directory "rd-c"; there are rd-a, rd-b' },
      ]);
    } finally {
      await emulator.close();
    }
  });
});

describe('a state file of several directories', () => {
  it('is read like each of its states alone, ids as text', () => {
    const text =
      'directories:\n' +
      '  - {directory: {id: rd-a, rootFolderId: r-a, managementAccount: {id: 1000000000000001}}}\n' +
      '  - {directory: {id: rd-b, rootFolderId: r-b, managementAccount: {id: 1000000000000002}},\n' +
      '     credentials: [{accessKeyId: b, accessKeySecret: b}]}\n';
    const ids = readStates(text).map(({ directory }) => [directory.id, directory.managementAccount.id]);
    expect(ids).toEqual([
      ['rd-a', '1000000000000001'],
      ['rd-b', '1000000000000002'],
    ]);
  });

  it.each<[string, unknown, readonly string[]]>([
    ['has no directory', { directories: [] }, ['directories: expected a list of one state or more; add one']],
    [
      'has a section beside the list',
      { ...TWO, faults: [] },
      ['faults: stands beside directories, expected it inside each of them; move it there'],
    ],
    [
      'has mistakes in two directories',
      {
        directories: [
          written('a', 1, { accounts: [{ id: '12', name: 'x' }] }),
          written('b', 2, { folders: [{ id: 'fd-1', name: 'x', parent: 'fd-2' }] }),
        ],
      },
      [
        'directories[0].accounts[0].id: found "12", expected an account id of 16 digits, as text; correct it',
        'directories[1].folders[0].parent: there is no folder "fd-2", expected an id under folders or the root folder; add the folder, or correct the id',
      ],
    ],
    [
      'has a directory twice',
      { directories: [written('a', 1), { ...written('b', 2), directory: written('a', 1)['directory'] }] },
      ['directories[1].directory.id: stands in directories[0] too; give it an id of its own'],
    ],
    [
      'has an access key twice, and does not show it',
      { directories: [written('a', 1), { ...written('b', 2), credentials: written('a', 1)['credentials'] }] },
      [
        'directories[1].credentials[0]: stands in directories[0] too; the access key chooses the directory, give each its own',
      ],
    ],
    [
      'has a role twice',
      { directories: [written('a', 1, { roles: [{ arn: ROLE }] }), TWO.directories[1]] },
      ['directories[1].roles[0]: stands in directories[0] too; a role belongs to one directory, take it out'],
    ],
    [
      'has a secret of the wrong form, and does not show it',
      {
        directories: [written('a', 1, { credentials: [{ accessKeyId: 'a', accessKeySecret: ['s3cret'] }] })],
      },
      ['directories[0].credentials[0].accessKeySecret: expected a text; correct it'],
    ],
  ])('that %s is refused with its place', (_, file, problems) => {
    expect(problemsOf(file)).toEqual(problems);
  });
});
