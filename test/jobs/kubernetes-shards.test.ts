import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ensureBuilt } from '../samples/support/built.ts';
import { type BareHome, bareHome, type Ended, readReport } from './support/bare-home.ts';
import { cronJob, filesOf } from './support/kubernetes.ts';

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 120_000 });

const POD = cronJob('many-directories.yaml', 'rd-reconcile-fleet');
const MERGE = cronJob('many-directories.yaml', 'rd-reconcile-fleet-report');
const SHARDS = POD.job.completions ?? 0;
const ENTRY = { accessKeyId: 'LTAIentry00000001', accessKeySecret: 'entry-secret' };

/** The three directories of the file, each with the role that its target assumes. */
const CLOUD = {
  directories: ['rd-3mNq8W', 'rd-7kTz2P', 'rd-9wLc5D'].map((id, index) => ({
    directory: {
      id,
      rootFolderId: `r-Fleet${index}`,
      managementAccount: { id: `173808452267123${4 + index}`, name: `Holding ${index}` },
    },
    accounts: [{ id: `100004856887454${index}`, name: `account-${index}` }],
    contacts: [
      { id: `c-Security00000${index}`, name: 'SecOps', members: [] },
      { id: `c-Billing000000${index}`, name: 'Billing', members: [] },
    ],
    aggregators: [],
    roles: [{ arn: `acs:ram::173808452267123${4 + index}:role/rd-reconcile` }],
    credentials:
      index === 0 ? [ENTRY] : [{ accessKeyId: `LTAIother0000000${index}`, accessKeySecret: 'other' }],
    behaviour: { lockScope: 'none', pendingMs: 0, latencyMs: 1 },
  })),
};

/** The volume and the ConfigMap of the pods, as folders. */
async function volumes(): Promise<BareHome> {
  const home = await bareHome(CLOUD);
  for (const folder of ['config', 'data']) mkdirSync(home.path(folder));
  for (const [name, text] of Object.entries(filesOf('many-directories.yaml', 'rd-reconcile-fleet')))
    home.write(join('config', name), text);
  return home;
}

/** One pod of the Indexed Job, as a process: Kubernetes fills in its index. */
function pod(home: BareHome, index: number): Promise<Ended> {
  const args = (POD.container.args ?? []).map((arg) =>
    arg
      .replaceAll('$(JOB_COMPLETION_INDEX)', String(index))
      .replace('/etc/rd-reconcile', home.path('config'))
      .replace('/data', home.path('data')),
  );
  return home.sh(['rd-reconcile', ...args].join(' '), {
    ALIBABA_CLOUD_ACCESS_KEY_ID: ENTRY.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: ENTRY.accessKeySecret,
  });
}

function merge(home: BareHome): Promise<Ended> {
  const script = (MERGE.container.args?.[0] ?? '').replaceAll('/data', home.path('data'));
  expect(MERGE.container.command).toEqual(['sh', '-euc']);
  return home.sh(script, { SHARDS: String(SHARDS) }, { shell: ['/bin/sh', '-euc'] });
}

const indices = Array.from({ length: SHARDS }, (_, index) => index);

describe('the shards as processes', () => {
  it('take each directory once, and their reports become one', async () => {
    const home = await volumes();
    const ended = await Promise.all(indices.map((index) => pod(home, index)));
    expect(ended.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual(indices.map(() => 0));
    const merged = await merge(home);
    expect(merged.code, merged.stderr).toBe(0);
    const report = readReport(home.path('data', 'reports', 'merged.json'));
    expect(report.targets.map(({ name, directoryId, result }) => [name, directoryId, result])).toEqual([
      ['group-a', 'rd-3mNq8W', 'applied'],
      ['group-b', 'rd-7kTz2P', 'applied'],
      ['group-c', 'rd-9wLc5D', 'applied'],
    ]);
    expect(home.read('data', 'reports', 'merged.html')).toContain('group-c');
    for (const id of ['rd-3mNq8W', 'rd-7kTz2P', 'rd-9wLc5D'])
      expect(
        home.emulator
          .cloudOf(id)
          ?.calls()
          .filter(({ action }) => action === 'AssociateMembers').length,
      ).toBe(id === 'rd-9wLc5D' ? 2 : 1);
  });

  it('a shard that left no report tonight is missed, whatever it left last night', async () => {
    const home = await volumes();
    for (const index of indices) await pod(home, index);
    const yesterday = new Date(Date.now() - 24 * 3600 * 1000);
    utimesSync(home.path('data', 'reports', 'shard-2', 'latest', 'report.json'), yesterday, yesterday);
    const merged = await merge(home);
    expect(merged.code).toBe(69);
    expect(merged.stderr).toMatch(/^3 of 4 shards left a report in the last five hours: shard-/);
  });
});
