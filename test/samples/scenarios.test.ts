import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../src/emulator/snapshot.ts';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { ensureBuilt, ROOT } from './support/built.ts';
import { callsOf, reconcile, startEmulator, temporaryFolder, writesIn } from './support/processes.ts';

const SCENARIOS = join(ROOT, 'samples', 'scenarios');

/** What plan ends with; each folder of samples/scenarios stands here. */
const STORIES = {
  'cap-swap': 2,
  'foreign-addition': 2,
  'guard-refusal': 4,
  leaver: 2,
  'move-between-folders': 2,
};
const names = Object.keys(STORIES) as (keyof typeof STORIES)[];

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 60_000 });

it('lists every scenario there is', () => {
  expect(readdirSync(SCENARIOS).sort()).toEqual(names);
});

describe.each(names)('scenario %s', (name) => {
  it('has manifests that read without a problem or a warning', () => {
    const files = manifestsOf(name).map((path) => ({
      path,
      bytes: readFileSync(join(folderOf(name), path)),
    }));
    expect(readManifest(files, DEFAULT_LIMITS)).toMatchObject({ ok: true, warnings: [] });
  });

  it('plans what plan.txt says', async () => {
    const asked = ['plan', ...manifestsOf(name), '--emulate', 'cloud.yaml'];
    const { code, stdout } = await reconcile([...asked, ...quietly()], { cwd: folderOf(name) });
    const shown = `$ rd-reconcile ${asked.join(' ')}\n${steady(stdout)}`;
    await expect(shown).toMatchFileSnapshot(join(folderOf(name), 'plan.txt'));
    expect(code).toBe(STORIES[name]);
  });
});

describe('applied', () => {
  it('cap-swap makes room first, never has more than ten targets, and ends in sync', async () => {
    const { url, apply, plan } = await world('cap-swap');
    expect((await apply()).code).toBe(0);
    const calls = writesIn(await callsOf(url));
    expect(calls.map(({ action, members }) => [action, members.length])).toEqual([
      ['DisassociateMembers', 3],
      ['AssociateMembers', 3],
    ]);
    expect((await plan()).code).toBe(0);
  });

  it('foreign-addition leaves alone what is not managed, and ends in sync', async () => {
    const { url, apply, plan } = await world('foreign-addition');
    expect((await apply()).code).toBe(0);
    const { contacts, aggregators } = await stateOf(url);
    expect(contacts.find(({ name }) => name === 'Theirs')?.members).toEqual([
      '1738084522670003',
      '1738084522670004',
    ]);
    expect(aggregators[0]?.accounts.map(({ id }) => id)).toEqual([
      '1711111111111111',
      '1738084522670001',
      '1738084522670002',
    ]);
    expect((await plan()).code).toBe(0);
  });

  it('move-between-folders adds before it removes, and ends in sync', async () => {
    const { url, apply, plan } = await world('move-between-folders');
    expect((await apply()).code).toBe(0);
    const ofContacts = writesIn(await callsOf(url)).filter(({ action }) => action !== 'UpdateAggregator');
    expect(ofContacts.map(({ action, owner }) => [action, owner])).toEqual([
      ['AssociateMembers', 'c-ShoD5678aBcD9012'],
      ['DisassociateMembers', 'c-PayD5678aBcD9012'],
    ]);
    expect((await plan()).code).toBe(0);
  });

  it('guard-refusal is refused as well, and nothing is written', async () => {
    const { url, apply } = await world('guard-refusal');
    expect((await apply()).code).toBe(4);
    expect(writesIn(await callsOf(url))).toEqual([]);
  });
});

const folderOf = (name: string): string => join(SCENARIOS, name);

/** manifest.yaml first. */
const manifestsOf = (name: string): readonly string[] =>
  readdirSync(folderOf(name))
    .filter((file) => file.startsWith('manifest.') || file.endsWith('.csv'))
    .sort((a, b) => b.localeCompare(a, 'en'));

/** No log, and reports in a folder that the test removes. */
function quietly(): readonly string[] {
  const folder = temporaryFolder();
  const folders = ['--report-dir', join(folder, 'reports'), '--state-dir', join(folder, 'state')];
  return ['--log-level', 'silent', ...folders];
}

/** The output without what differs from run to run. */
const steady = (text: string): string =>
  text
    .replace(/^(plan: \S+) in .*$/m, '$1 in TIME')
    .replace(/^(planned .*; about) .*$/m, '$1 TIME')
    .replace(/(the slowest took) .*$/m, '$1 TIME')
    .replace(/^(report +).*$/m, '$1REPORT');

async function stateOf(url: string): Promise<Snapshot> {
  const response = await fetch(`${url}/_emulator/state`);
  return (await response.json()) as Snapshot;
}

async function world(name: string) {
  const url = await startEmulator(join(folderOf(name), 'cloud.yaml'));
  const options = [...manifestsOf(name), '--endpoint', url, '--settle', '1s', ...quietly()];
  const env = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'EmulatorAccessKeyId',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'EmulatorAccessKeySecret',
  };
  const where = { cwd: folderOf(name), env };
  return {
    url,
    plan: () => reconcile(['plan', ...options], where),
    apply: () => reconcile(['apply', ...options], where),
  };
}
