import { readFileSync } from 'node:fs';
import { parse } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import { createCloudReader } from '../../src/cloud/cloud-reader.ts';
import { EmulatedCloud } from '../../src/emulator/emulated-cloud.ts';
import { readState } from '../../src/emulator/state-file.ts';
import { Inventory } from '../../src/inventory/inventory.ts';
import { resolveDesired } from '../../src/job/resolve-desired.ts';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { manifestNeeds } from '../../src/manifest/manifest-needs.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { HaltSwitch } from '../../src/model/halt.ts';
import { createPacedCall } from '../../src/pace/paced-caller.ts';
import { emulatedCall } from '../simulation/emulated-call.ts';
import { FakeClock } from '../support/fake-time.ts';

const QUICKSTART = new URL('../../samples/quickstart/', import.meta.url);
const fileOf = (name: string): Buffer => readFileSync(new URL(name, QUICKSTART));
const EMPTY = { id: 'fd-Empty00001', name: 'Empty' };
const SAMPLE = readState(fileOf('cloud.yaml').toString());
const IN_ROOT = SAMPLE.folders.filter(({ name }) => name === 'Payments');
/** Beside the sample, a folder that shows in no account's path. */
const STATE = { ...SAMPLE, folders: [...SAMPLE.folders, ...IN_ROOT.map((one) => ({ ...one, ...EMPTY }))] };
const folderNamed = (name: string): string =>
  STATE.folders.find((one) => one.name === name)?.id ?? `no folder ${name}`;
const none = (): undefined => undefined;

interface File {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Reads the sample company for a manifest, in virtual time. @returns the calls by the emulator's log, and what was found */
async function readFor(files: readonly File[], state = STATE) {
  const clock = new FakeClock();
  const cloud = new EmulatedCloud(state, { now: () => clock.now() });
  const effects = { clock, random: () => 0.5, halt: new HaltSwitch(), emit: none };
  const watcher = { leaving: none, received: none, answered: none };
  const service = emulatedCall(cloud, clock, 60_000, watcher, (text) => parse(text));
  const inventory = new Inventory(
    createCloudReader(service),
    createPacedCall({ concurrency: 5, aggregatorIntervalMs: 1000 }, effects),
  );
  const read = readManifest(files, DEFAULT_LIMITS);
  if (!read.ok) throw new Error(read.problems[0]?.message);
  const manifest = read.value;
  const desired = await clock.finish(
    (async () => {
      const actual = await inventory.read(await inventory.directory(), manifestNeeds(manifest));
      return resolveDesired(manifest, actual, { ownership: undefined, limits: DEFAULT_LIMITS }, inventory);
    })(),
  );
  const actions = cloud.calls().map(({ action, parameters }) => {
    const { ParentFolderId, FolderId } = parameters;
    const folder = STATE.folders.find(({ id }) => id === (ParentFolderId ?? FolderId))?.name;
    return folder === undefined ? action : `${action} ${folder}`;
  });
  return { actions, desired, elapsedMs: clock.elapsed() };
}

const binding = (...members: readonly string[]): readonly File[] => [
  {
    path: 'manifest.json',
    bytes: new TextEncoder().encode(
      JSON.stringify({ version: 1, contacts: [{ contact: STATE.contacts[0]?.id, bind: members }] }),
    ),
  },
];

const ALWAYS = ['GetResourceDirectory', 'ListAccounts', 'ListMessageContacts'];
const listings = (...folders: readonly string[]): readonly string[] =>
  folders.map((name) => `ListFoldersForParent ${name}`.trim());

describe('by the call log of the emulator, a directory of 32 folders', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['lists none of them for an account', ['1544091867047956'], []],
    ['lists none of them for the whole directory', ['directory'], []],
    ['lists none of them for a folder by id that holds accounts', [folderNamed('Network')], []],
    ['lists none of them for everybody', ['all-accounts'], []],
    ['asks for one by id where no account is in it', [EMPTY.id], ['GetFolder Empty']],
    ['lists Root for a folder in Root', ['folder:/Platform'], listings('')],
    [
      'lists the way to a folder',
      ['folder:/Payments/Production/Ledger'],
      listings('', 'Payments', 'Production'),
    ],
    [
      'lists the same way for the accounts below it',
      ['accounts-in:/Payments/Production/**'],
      listings('', 'Payments'),
    ],
    [
      'lists a shared way once',
      ['folder:/Payments/Production/Ledger', 'folder:/Payments/Staging'],
      listings('', 'Payments', 'Production'),
    ],
    ['lists a way that ends, and no further', ['folder:/Payments/Prod/Ledger'], listings('', 'Payments')],
  ])('%s', async (_, members, folders) => {
    const { actions } = await readFor(binding(...members));
    expect([...actions].sort()).toEqual([...ALWAYS, ...folders].sort());
  });

  test('takes eleven calls in three rounds for the sample, where the whole tree takes 40', async () => {
    const files = ['manifest.yaml', 'manifest.csv'].map((path) => ({ path, bytes: fileOf(path) }));
    const { actions, desired, elapsedMs } = await readFor(files);
    expect(desired.ok).toBe(true);
    expect([...actions].sort()).toEqual(
      [
        ...ALWAYS,
        'ListAggregators',
        'GetAggregator',
        'GetAggregator',
        'GetAggregator',
        ...listings('', 'Data', 'Payments', 'Retail'),
      ].sort(),
    );
    expect(elapsedMs).toBe(3 * STATE.behaviour.latencyMs);
  });
});

describe('a folder on the way of a path', () => {
  const messages = async (path: string, folders: typeof STATE.folders): Promise<readonly string[]> => {
    const { desired } = await readFor(binding(path), { ...STATE, folders });
    return desired.ok ? [] : desired.problems.map(({ message }) => message);
  };
  const renamed = (from: string, to: string) =>
    STATE.folders.map((one) => (one.name === from ? { ...one, name: to } : one));

  test('that was renamed is a problem that names the nearest name', async () => {
    expect(await messages('folder:/Payments/Staging', renamed('Payments', 'Payment'))).toEqual([
      'folder "/Payments/Staging" is not in the directory: "/" has no folder "Payments"; did you mean "Payment"?',
    ]);
  });

  test('that is there twice is a problem that names both ids', async () => {
    const twins = IN_ROOT.map((one) => ({ ...one, id: 'fd-Twin000001' }));
    expect(await messages('folder:/Payments/Staging', [...STATE.folders, ...twins])).toEqual([
      'folder "/Payments/Staging" is ambiguous: "/" has 2 folders "Payments"; write its id, fd-TJiHXRQIGE or fd-Twin000001',
    ]);
  });

  test('in the middle is told by the place where the way ends', async () => {
    expect(await messages('accounts-in:/Payments/Producton/Ledger/**', STATE.folders)).toEqual([
      'folder "/Payments/Producton/Ledger" is not in the directory: "/Payments" has no folder "Producton"; did you mean "Production"?',
    ]);
  });
});
