import { accessSync, constants, cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ensureBuilt, ROOT, TOOL } from './support/built.ts';
import { type Ended, latestReport, run, temporaryFolder } from './support/processes.ts';

const JOBS = join(ROOT, 'jobs');
const JOB_KEYS = ['version', 'mode', 'manifest', 'policy', 'pace', 'report', 'notify', 'targets'];
const names = readdirSync(JOBS).sort();

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 60_000 });

describe.each(names)('job %s', (name) => {
  const job = load(readFileSync(join(JOBS, name, 'job.yaml'), 'utf8')) as Record<string, unknown>;
  const script = readFileSync(join(JOBS, name, 'run.sh'), 'utf8');

  it('has the version, a mode and no key that the contract does not have', () => {
    expect(job['version']).toBe(1);
    expect(['plan', 'apply']).toContain(job['mode']);
    expect(Object.keys(job).filter((key) => !JOB_KEYS.includes(key))).toEqual([]);
  });

  it('names manifests that are there, relative to itself, and its script names the same', () => {
    const manifests = job['manifest'] as string[];
    expect(manifests.filter((path) => !existsSync(join(JOBS, name, path)))).toEqual([]);
    expect(script.match(/\.\.\/\S+\.(?:yaml|csv)/g)).toEqual(manifests);
  });

  it('has a script that can be executed, for a plain POSIX shell', async () => {
    accessSync(join(JOBS, name, 'run.sh'), constants.X_OK);
    expect(script.startsWith('#!/bin/sh\n')).toBe(true);
    expect(await run('sh', ['-n', join(JOBS, name, 'run.sh')])).toMatchObject({ code: 0, stderr: '' });
  });

  it('has no path of somebody else’s machine', () => {
    const files = readdirSync(join(JOBS, name)).map((file) => readFileSync(join(JOBS, name, file), 'utf8'));
    expect(files.join('\n')).not.toMatch(/\/(?:home|root|work|Users)\//);
  });
});

describe('run.sh, started from another folder', () => {
  it('nightly applies, within the guard', async () => {
    const { start, report } = copyOf('nightly');
    expect((await start([])).code).toBe(0);
    expect(report().run).toMatchObject({ mode: 'apply', result: 'applied' });
  });

  it('dry-run plans and says that changes are pending', async () => {
    const { start, report } = copyOf('dry-run');
    expect((await start([])).code).toBe(2);
    expect(report().run).toMatchObject({ mode: 'plan', result: 'drift' });
  });

  it('migration adds without removing', async () => {
    const { start, report } = copyOf('migration');
    expect((await start(['add'])).code).toBe(0);
    const actions = new Set(report().targets[0]?.changes.map(({ action }) => action));
    // What the manifest writes as absent goes in every mode.
    expect([...actions].sort()).toEqual(['add-account', 'bind', 'remove-account', 'unbind']);
    expect(report().targets[0]?.changes.filter((change) => isUnwrittenRemoval(change))).toEqual([]);
  });

  it('migration prints the digest of its second look, and removes only with that one', async () => {
    const { start, report } = copyOf('migration');
    const look = await start(['look-again']);
    expect(look.code).toBe(2);
    const digest = report().targets[0]?.plan?.digest ?? '';
    expect(look.stdout).toContain(`then: ./run.sh remove ${digest}\n`);
    expect((await start(['remove', '0'.repeat(64)])).code).toBe(5);
    expect((await start(['remove', digest])).code).toBe(0);
  });

  it.each([{ args: [] }, { args: ['destroy'] }, { args: ['remove'] }, { args: ['remove', '--quiet'] }])(
    'migration answers $args with its usage and 64',
    async ({ args }) => {
      const { folder } = copyOf('migration');
      const { code, stderr } = await run('sh', [join(folder, 'run.sh'), ...args]);
      expect(stderr).toContain('usage: ./run.sh look | add | look-again | remove DIGEST');
      expect(code).toBe(64);
    },
  );
});

/** A removal that no line of a manifest asks for. */
const isUnwrittenRemoval = ({ action, source }: { action: string; source: unknown }): boolean =>
  (action === 'unbind' || action === 'remove-account') && source === null;

/** A job beside the samples in a folder of its own, run against the sample's emulator. */
function copyOf(name: string) {
  const root = temporaryFolder();
  for (const folder of ['jobs', 'samples'])
    cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
  const folder = join(root, 'jobs', name);
  const emulated = [
    '--emulate',
    '../../samples/quickstart/cloud.yaml',
    '--settle',
    '2s',
    '--log-level',
    'warn',
  ];
  const env = { RD_RECONCILE: `${process.execPath} ${TOOL}` };
  return {
    folder,
    start: (args: readonly string[]): Promise<Ended> =>
      run(join(folder, 'run.sh'), [...args, ...emulated], { cwd: dirname(root), env }),
    report: () => latestReport(join(folder, 'reports')),
  };
}
