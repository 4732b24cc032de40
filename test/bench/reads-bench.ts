import { setMaxListeners } from 'node:events';
import { parse } from 'lossless-json';
import { createCloudReader } from '../../src/cloud/cloud-reader.ts';
import { EmulatedCloud } from '../../src/emulator/emulated-cloud.ts';
import { generateStates } from '../../src/emulator/generate.ts';
import { readGeneratedSize } from '../../src/emulator/generated-size.ts';
import type { EmulatorState } from '../../src/emulator/state.ts';
import { Inventory } from '../../src/inventory/inventory.ts';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { manifestNeeds } from '../../src/manifest/manifest-needs.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { HaltSwitch } from '../../src/model/halt.ts';
import type { Needs } from '../../src/model/needs.ts';
import { createPacedCall } from '../../src/pace/paced-caller.ts';
import { emulatedCall } from '../simulation/emulated-call.ts';
import { FakeClock, seededRandom } from '../support/fake-time.ts';
import { type Bench, type Row, repeat, spreadOf } from './bench.ts';
import { countOf, type FolderNames, idealReadMs, leastCalls, namesOfAll } from './reads-ideal.ts';

const LATENCY_MS = 50;
const CALLS_PER_SECOND = 100;
const SEEDS = 5;
const SIZE = 'accounts=5000,folders=1000,contacts=20,aggregators=5';
const CALL_MS = 60_000;
const NOTHING = (): undefined => undefined;
const NO_WATCHER = { leaving: NOTHING, received: NOTHING, answered: NOTHING };

/**
 * Names in the path of a folder that the manifest binds every contact to; 0 for the directory, by its id. Commands that
 * show every folder, such as coverage, need the tree whatever the manifest says.
 */
const MANIFESTS = {
  'ids only': 0,
  'with a folder path': 1,
  'with a path of three names': 3,
  'the whole tree, for coverage': 'all',
} as const satisfies Record<string, FolderNames>;

export const readsBench: Bench = {
  name: 'reads',
  what:
    `Everything that a manifest needs, read out of a directory of ${SIZE}: ${LATENCY_MS} ms a call, ${CALLS_PER_SECOND} calls a second allowed. ` +
    `Ideal: the least calls that can answer it, in as few rounds as the bound on calls in flight and the rate allow. Calls by the emulator's log; virtual time, the emulator's core; median (least to greatest) of ${SEEDS} seeds.`,
  run: async () => {
    const state = stateToRead();
    const rows: Row[] = [];
    for (const manifest of Object.keys(MANIFESTS) as (keyof typeof MANIFESTS)[]) {
      for (const concurrency of [5, 32]) rows.push(await rowOf(state, manifest, concurrency));
    }
    return rows;
  },
};

async function rowOf(
  state: EmulatorState,
  manifest: keyof typeof MANIFESTS,
  concurrency: number,
): Promise<Row> {
  const runs = await repeat(SEEDS, (seed) => readAll(state, MANIFESTS[manifest], concurrency, seed));
  const least = leastCalls(state, MANIFESTS[manifest]);
  const idealMs = idealReadMs(least, concurrency, CALLS_PER_SECOND, LATENCY_MS);
  const [first] = runs;
  return {
    manifest,
    'up to': concurrency,
    'least calls': countOf(least),
    calls: spreadOf(runs.map(({ calls }) => calls.length)),
    'of folders': first?.calls.filter(({ action }) => action.includes('Folder')).length ?? 0,
    throttled: spreadOf(runs.map(({ calls }) => calls.filter(({ status }) => status !== 200).length)),
    'elapsed ms': spreadOf(runs.map(({ elapsedMs }) => elapsedMs)),
    'ideal ms': idealMs,
    'times the ideal': spreadOf(runs.map(({ elapsedMs }) => elapsedMs / idealMs)),
  };
}

/** One complete reading in virtual time. @throws when not everything was read */
async function readAll(state: EmulatorState, names: FolderNames, concurrency: number, seed: number) {
  const clock = new FakeClock();
  const cloud = new EmulatedCloud(state, { now: () => clock.now() });
  const effects = { clock, random: seededRandom(seed), halt: new HaltSwitch(), emit: NOTHING };
  // As many waits as calls in flight hang on it.
  setMaxListeners(0, effects.halt.signal);
  const call = createPacedCall({ concurrency, aggregatorIntervalMs: 1000 }, effects);
  const service = emulatedCall(cloud, clock, CALL_MS, NO_WATCHER, (text) => parse(text));
  const inventory = new Inventory(createCloudReader(service), call);
  const needs = needsOf(state, names);
  const reading = async () => inventory.read(await inventory.directory(), needs);
  const { accounts, folders, foldersOnPaths, contacts, aggregators } = await clock.finish(reading());
  const listed = folders?.size ?? foldersOnPaths?.listed.size ?? 0;
  const found = [accounts?.size, listed, contacts?.size, aggregators.size].join();
  const expected = [
    state.accounts.length,
    names === 'all' ? state.folders.length : names,
    state.contacts.length,
    state.aggregators.length,
  ].join();
  if (found !== expected) throw new Error(`${found} was read, and there is ${expected}`);
  return { calls: cloud.calls(), elapsedMs: clock.elapsed() };
}

/** Of a manifest that names every contact and every group by its id, and binds each contact to one folder or to Root. */
function needsOf(
  { directory, folders, contacts, accounts, aggregators }: EmulatorState,
  names: FolderNames,
): Needs {
  const path = namesOfAll(folders).find(({ length }) => length === names);
  const target = path === undefined ? directory.rootFolderId : `folder:/${path.join('/')}`;
  const written = {
    version: 1,
    contacts: contacts.map(({ id }) => ({ contact: id, bind: [target] })),
    aggregators: aggregators.map(({ id }) => ({ aggregator: id, accounts: [accounts[0]?.id] })),
  };
  const bytes = new TextEncoder().encode(JSON.stringify(written));
  const manifest = readManifest([{ path: 'manifest.json', bytes }], DEFAULT_LIMITS);
  if (!manifest.ok) throw new Error(manifest.problems[0]?.message);
  const needs = manifestNeeds(manifest.value);
  return names === 'all' ? { ...needs, folders: 'all' } : needs;
}

function stateToRead(): EmulatorState {
  const [state] = generateStates(readGeneratedSize(SIZE));
  if (state === undefined) throw new Error('nothing was generated');
  return {
    ...state,
    quotas: { ...state.quotas, callsPerSecond: CALLS_PER_SECOND },
    behaviour: { ...state.behaviour, latencyMs: LATENCY_MS },
  };
}
