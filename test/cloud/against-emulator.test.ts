import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createCloudReader } from '../../src/cloud/cloud-reader.ts';
import { createCloudWriter } from '../../src/cloud/cloud-writer.ts';
import { resolveCredential } from '../../src/cloud/credentials.ts';
import type { RpcCall } from '../../src/cloud/rpc-call.ts';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import { startEmulator } from '../../src/emulator/server.ts';
import { stateFrom } from '../../src/emulator/state-file.ts';
import type {
  AccountId,
  AggregatorId,
  ContactId,
  DirectoryId,
  FolderId,
  RootFolderId,
} from '../../src/model/ids.ts';
import { CANARY, callTo, failureOf } from './support/calls.ts';

const RD = { id: 'rd-3mNq8W' as DirectoryId, rootFolderId: 'r-Zo0kQ1' as RootFolderId };
const MANAGEMENT = '1711111111111111';
const BIG = '9738084522671235' as AccountId;
const TONY = '1738084522671234' as AccountId;
const ONCALL = 'c-qL4HqKONzOM7a1b2' as ContactId;
const GROUP = 'ca-dacf86d8314e00eb1234' as AggregatorId;
const FIRST = { pageNumber: 1, pageSize: 100 };

const WORLD = {
  directory: { ...RD, managementAccount: { id: MANAGEMENT, name: 'Example Holding' } },
  folders: [
    { id: 'fd-Production', name: 'Production' },
    { id: 'fd-Payments', name: 'Payments', parent: 'fd-Production' },
  ],
  accounts: [
    { id: BIG, name: 'pay-prod', folder: 'fd-Payments', tags: { env: 'prod' } },
    { id: TONY, name: 'tony' },
  ],
  contacts: [
    { id: ONCALL, name: 'oncall', email: 'oncall@example.com', members: [BIG, 'fd-Payments', RD.id] },
  ],
  aggregators: [{ id: GROUP, name: 'prod', accounts: [TONY] }],
  behaviour: { latencyMs: 0, lockMs: 0, pendingMs: 0, directorySpelling: 'r' },
};

let call: RpcCall;

async function emulate(changes: Record<string, unknown> = {}): Promise<RpcCall> {
  const emulator = await startEmulator({ state: stateFrom({ ...WORLD, ...changes }) });
  onTestFinished(() => emulator.close());
  const credential = await resolveCredential({ keys: DEFAULT_CREDENTIAL });
  return callTo(new URL(emulator.url), { credential });
}

beforeEach(async () => {
  call = await emulate();
});

describe('reading', () => {
  it('finds the directory, its folders and its accounts', async () => {
    const reader = createCloudReader(call);
    expect(await reader.getDirectory()).toEqual({
      ...RD,
      managementAccountId: MANAGEMENT,
      managementAccountName: 'Example Holding',
    });
    const payments = { id: 'fd-Payments', name: 'Payments', parentId: 'fd-Production' };
    expect((await reader.listFolders(RD.rootFolderId, FIRST)).items).toEqual([
      { id: 'fd-Production', name: 'Production', parentId: RD.rootFolderId },
    ]);
    expect((await reader.listFolders('fd-Production' as FolderId, FIRST)).items).toEqual([payments]);
    expect(await reader.getFolder('fd-Payments' as FolderId)).toEqual(payments);
    expect(await reader.getFolder('fd-Nowhere123' as FolderId)).toBeUndefined();
    const accounts = await reader.listAccounts(FIRST, { includeTags: true });
    expect(accounts.totalCount).toBe(2);
    expect(accounts.items).toEqual([
      {
        id: BIG,
        displayName: 'pay-prod',
        folderId: 'fd-Payments',
        folderPath: ['fd-Production', 'fd-Payments'],
        tags: new Map([['env', 'prod']]),
      },
      { id: TONY, displayName: 'tony', folderId: RD.rootFolderId, folderPath: [], tags: new Map() },
    ]);
  });

  it('finds contacts with what they are bound to, the directory under one id', async () => {
    const reader = createCloudReader(call);
    const contact = await reader.getContact(ONCALL, RD);
    expect([...(contact?.bindings.keys() ?? [])]).toEqual([BIG, 'fd-Payments', RD.id]);
    expect(contact?.bindings.get(RD.id)?.wireId).toBe(RD.rootFolderId);
    expect((await reader.listContacts(FIRST, RD)).items).toEqual([contact]);
    expect(await reader.getContact('c-Nobody0000000000' as ContactId, RD)).toBeUndefined();
  });

  it('finds account groups and their members', async () => {
    const reader = createCloudReader(call);
    const group = await reader.getAggregator(GROUP);
    expect([...(group?.accounts.keys() ?? [])]).toEqual([TONY]);
    const { accounts: _, ...summary } = group ?? { accounts: undefined };
    expect(await reader.listAggregators(undefined)).toEqual({ items: [summary], nextToken: undefined });
    expect(await reader.getAggregator('ca-00000000000000000000' as AggregatorId)).toBeUndefined();
  });
});

describe('writing', () => {
  it('binds and unbinds, digit for digit', async () => {
    const reader = createCloudReader(call);
    const writer = createCloudWriter(call);
    expect((await writer.disassociateMembers(ONCALL, [BIG, RD.rootFolderId])).requestId).not.toBe('');
    expect([...((await reader.getContact(ONCALL, RD))?.bindings.keys() ?? [])]).toEqual(['fd-Payments']);
    await writer.associateMembers(ONCALL, [BIG, TONY]);
    expect([...((await reader.getContact(ONCALL, RD))?.bindings.keys() ?? [])]).toEqual([
      'fd-Payments',
      BIG,
      TONY,
    ]);
  });

  it('replaces the members of an account group, digit for digit', async () => {
    await createCloudWriter(call).updateAggregatorAccounts(
      GROUP,
      [{ id: BIG, name: 'Big "one"' }],
      'token-1',
    );
    const group = await createCloudReader(call).getAggregator(GROUP);
    expect([...(group?.accounts.values() ?? [])]).toEqual([{ id: BIG, name: 'Big "one"' }]);
  });

  it('meets the refusals of the service', async () => {
    const writer = createCloudWriter(call);
    const unknown = writer.associateMembers(ONCALL, ['1700000000000000']);
    expect(await failureOf(unknown)).toMatchObject({
      class: 'member-refused',
      code: 'InvalidMember',
      httpStatus: 400,
    });
    const wrongKey = { keys: { ...DEFAULT_CREDENTIAL, accessKeySecret: CANARY.accessKeySecret } };
    const emulator = await startEmulator({ state: stateFrom(WORLD) });
    onTestFinished(() => emulator.close());
    const refused = callTo(new URL(emulator.url), { credential: await resolveCredential(wrongKey) });
    const failure = await failureOf(createCloudReader(refused).getDirectory());
    expect(failure).toMatchObject({ class: 'credentials', code: 'SignatureDoesNotMatch' });
  });
});
