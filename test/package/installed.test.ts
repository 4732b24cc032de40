import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Ended, ended, readReport, SYSTEM_PATH } from '../jobs/support/bare-home.ts';
import { ensureBuilt, ROOT } from '../samples/support/built.ts';
import { npm } from './support/npm.ts';

vi.setConfig({ testTimeout: 90_000 });

interface Packed {
  readonly filename: string;
  readonly version: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

const folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-package-'));
/** An empty folder that has nothing of the checkout, where somebody installs the tarball. */
const there = join(folder, 'somewhere');
const sample = 'node_modules/rd-reconcile/samples/quickstart';
let packed: Packed;

const QUIETLY = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];

beforeAll(() => {
  ensureBuilt();
  mkdirSync(there);
  // The scripts would build into the dist/ that tests beside this one are using.
  const [one] = JSON.parse(
    npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder]),
  ) as Packed[];
  if (one === undefined) throw new Error('npm pack made no package');
  packed = one;
  // Without --prefix npm looks for a package.json in the folders above, and installs there.
  npm(['install', '--prefix', there, ...QUIETLY, join(folder, one.filename)], there);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LEFT_BY_RUNS = [
  'run.log',
  'reports/2026-11-22T02-17-00.000Z-1352fa/report.json',
  '.rd-reconcile/rd-3mNq8W/lock',
];

/** With nothing but PATH and HOME; Node is where this one is. */
const run = (...args: readonly string[]): Promise<Ended> =>
  ended('node_modules/.bin/rd-reconcile', args, { cwd: there, env: surroundings() });

const surroundings = () => ({
  HOME: there,
  PATH: `${join(process.execPath, '..')}:${SYSTEM_PATH}`,
  TMPDIR: folder,
});

describe('the package', () => {
  it('holds the program, the samples and the jobs, and nothing of how they are made', () => {
    const tops = new Set(packed.files.map(({ path }) => path.split('/')[0]));
    expect([...tops].sort()).toEqual(['LICENSE', 'README.md', 'dist', 'jobs', 'package.json', 'samples']);
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toContain('jobs/nightly/job.yaml');
    expect(
      paths.filter((path) => /(?:^|\/)(?:reports|\.rd-reconcile|node_modules|run\.log)(?:\/|$)/.test(path)),
    ).toEqual([]);
  });

  it('leaves out what runs have left in the folders of the jobs', () => {
    const copy = join(folder, 'used');
    cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
    cpSync(join(ROOT, 'jobs', 'nightly'), join(copy, 'jobs', 'nightly'), { recursive: true });
    for (const left of LEFT_BY_RUNS) {
      mkdirSync(join(copy, 'jobs', 'nightly', left, '..'), { recursive: true });
      writeFileSync(join(copy, 'jobs', 'nightly', left), '');
    }
    const [used] = JSON.parse(npm(['pack', '--dry-run', '--ignore-scripts', '--json'], copy)) as Packed[];
    expect(used?.files.map(({ path }) => path).sort()).toEqual([
      'jobs/nightly/crontab.example',
      'jobs/nightly/job.yaml',
      'jobs/nightly/rd-reconcile-nightly.service',
      'jobs/nightly/rd-reconcile-nightly.timer',
      'package.json',
    ]);
  });

  it('brings no package that is for development', () => {
    const installed = readdirSync(join(there, 'node_modules'));
    expect(installed).toContain('commander');
    for (const name of ['typescript', 'vitest', 'eslint', 'kubernetes-models'])
      expect(installed).not.toContain(name);
  });
});

describe('installed in an empty folder, the program', () => {
  it('says its version', async () => {
    expect(await run('--version')).toEqual({ code: 0, stdout: `${packed.version}\n`, stderr: '' });
  });

  it('validates, plans, applies and renders its own sample', async () => {
    const manifest = `${sample}/manifest.yaml`;
    const emulated = [manifest, '--emulate', `${sample}/cloud.yaml`, '--settle', '1s', '--log-level', 'warn'];
    expect((await run('validate', manifest)).stdout).toMatch(/^ok: \d+ entries in 1 file\n$/);
    expect((await run('plan', ...emulated)).code).toBe(2);
    const applied = await run('apply', ...emulated, '--format', 'json,html');
    expect(applied.code, applied.stderr).toBe(0);
    expect(readReport(join(there, 'reports', 'latest', 'report.json')).run.result).toBe('applied');
    expect(readdirSync(join(there, 'reports', 'latest')).sort()).toEqual(['report.html', 'report.json']);
    const rendered = await run('render', 'reports/latest/report.json', '--format', 'markdown');
    expect(rendered).toMatchObject({ code: 0, stdout: expect.stringContaining('PayOnCall') });
  });

  it('runs its nightly job', async () => {
    const job = 'node_modules/rd-reconcile/jobs/nightly/job.yaml';
    const options = [
      '--emulate',
      `${sample}/cloud.yaml`,
      '--settle',
      '1s',
      '--report-dir',
      'nightly',
      '--state-dir',
      'state',
    ];
    const { code, stderr } = await run('run', job, ...options);
    expect(code, stderr).toBe(0);
    expect(readReport(join(there, 'nightly', 'latest', 'report.json')).run.mode).toBe('apply');
  });

  it('shows its demo', async () => {
    const { code, stdout } = await ended('node', [`${sample}/demo.mjs`], { cwd: there, env: surroundings() });
    expect(stdout).toContain('All steps ended as expected.');
    expect(code).toBe(0);
  });

  it('prints its schemas', async () => {
    const { stdout } = await run('schema', 'job');
    expect(JSON.parse(stdout)).toMatchObject({ title: expect.stringMatching(/^rd-reconcile /) });
  });
});
