/**
 * One measurement in a process of its own: `csv-parse`, `read` or `plan`, with the path of a table and the number of
 * its rows. Prints what it took as JSON.
 */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { createCloudReader } from '../../src/cloud/cloud-reader.ts';
import { Inventory } from '../../src/inventory/inventory.ts';
import { openFile } from '../../src/job/files/open-file.ts';
import { loadManifest } from '../../src/job/load-manifest.ts';
import { makePlan } from '../../src/job/make-plan.ts';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { manifestNeeds } from '../../src/manifest/manifest-needs.ts';
import { resolveManifest } from '../../src/manifest/resolve-manifest.ts';
import type { ActualState } from '../../src/model/actual-state.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { largeCloud } from './large-world.ts';

const CAPS = { targetsPerContact: 1000, accountsPerAggregator: 200 };
const SETTINGS = {
  limits: CAPS,
  only: { contacts: [], aggregators: [], members: [] },
  maxChanges: undefined,
  guard: {
    maxRemovals: undefined,
    maxRemovalShare: 0.25,
    allowRemovals: undefined,
    allowUncovered: undefined,
    onGuard: 'refuse',
  },
} as const;

const [what = '', path = '', rows = ''] = process.argv.slice(2);
const startedAt = performance.now();
const found = await measured(what);
const ms = performance.now() - startedAt;
process.stdout.write(JSON.stringify({ ms, found, peakMb: process.resourceUsage().maxRSS / 1024 }));

/** @returns what was counted, so that nobody measures work that was not done */
async function measured(name: string): Promise<number> {
  switch (name) {
    case 'csv-parse':
      return parseAlone();
    case 'read':
      return (await readTable()).entries;
    case 'plan':
      return planTable();
    default:
      throw new Error(`nothing is called ${name}`);
  }
}

async function parseAlone(): Promise<number> {
  let count = -1;
  const parser = createReadStream(path).pipe(parse());
  parser.on('data', () => {
    count += 1;
  });
  await new Promise((resolve, reject) => {
    parser.on('end', resolve);
    parser.on('error', reject);
  });
  return count;
}

async function readTable(): Promise<Manifest> {
  const checked = await loadManifest([path], CAPS, openFile);
  if (!checked.ok) throw new Error(checked.problems[0]?.message ?? 'the table has problems');
  return checked.value;
}

async function planTable(): Promise<number> {
  const { desired, actual } = await readStates();
  const { plan } = makePlan(desired, actual, SETTINGS, new Set());
  return plan.changes.length;
}

/** As in a run, the manifest is let go of once it is resolved. */
async function readStates(): Promise<{ desired: DesiredState; actual: ActualState }> {
  const manifest = await readTable();
  const inventory = new Inventory(createCloudReader(largeCloud(Number(rows))), async (_, send) => send());
  const actual = await inventory.read(await inventory.directory(), manifestNeeds(manifest, undefined));
  const limits = { ...DEFAULT_LIMITS, ...CAPS };
  const desired = resolveManifest(manifest, actual, { ownership: 'listed', limits });
  if (!desired.ok) throw new Error(desired.problems[0]?.message ?? 'the table has problems');
  return { desired: desired.value, actual };
}
