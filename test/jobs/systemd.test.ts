import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ensureBuilt } from '../samples/support/built.ts';
import { type Key, OPERATOR, READER } from '../samples/support/quickstart.ts';
import { bareHome, type Ended, ended, SYSTEM_PATH } from './support/bare-home.ts';
import { JOB_NAMES, type JobName, readJobsFile } from './support/job-folder.ts';

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 60_000 });

const INSTALLED = '/usr/local/bin/rd-reconcile';
/** systemd's own scale goes from 0 (confined) to 10; it calls less than 2 good. */
const MOST_EXPOSURE = 2;

const unitOf = (name: JobName, kind: 'service' | 'timer'): string =>
  readJobsFile(name, `rd-reconcile-${name}.${kind}`);

/** The values of a key, in their order; continuation lines are not used here. */
const valuesOf = (unit: string, key: string): string[] =>
  unit
    .split('\n')
    .filter((line) => line.startsWith(`${key}=`))
    .map((line) => line.slice(key.length + 1));

function analyze(args: readonly string[], cwd: string): Promise<Ended> {
  return ended('systemd-analyze', args, { cwd, env: { PATH: `${SYSTEM_PATH}:/usr/sbin` } });
}

/** systemd belongs to Linux; there, these tests need it. */
const isLinux = process.platform === 'linux';

async function expectAnalyzer(): Promise<void> {
  const { code } = await analyze(['--version'], '/').catch(() => ({ code: null }));
  if (code === 0) return;
  throw new Error('systemd-analyze is missing, which checks the units of jobs/; install systemd');
}

/** Service and timer of a job in a folder, with a program that exists in place of the one that is not installed here. */
function unitsIn(name: JobName, change: (service: string) => string = (service) => service): string {
  const folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-units-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const service = unitOf(name, 'service').replace(INSTALLED, process.execPath);
  writeFileSync(join(folder, `rd-reconcile-${name}.service`), change(service));
  writeFileSync(join(folder, `rd-reconcile-${name}.timer`), unitOf(name, 'timer'));
  return folder;
}

async function verify(name: JobName, folder: string): Promise<Ended> {
  return analyze(
    ['verify', '--man=no', `./rd-reconcile-${name}.service`, `./rd-reconcile-${name}.timer`],
    folder,
  );
}

describe.runIf(isLinux).each(JOB_NAMES)('the units of %s', (name) => {
  beforeAll(expectAnalyzer);

  it('are accepted by systemd without a word', async () => {
    expect(await verify(name, unitsIn(name))).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('would not be with a key that systemd does not know', async () => {
    const folder = unitsIn(name, (service) => service.replace('ProtectClock=', 'ProtectClocks='));
    expect((await verify(name, folder)).stderr).toContain('ProtectClocks');
  });

  it('leave the service little to do harm with', async () => {
    const { stdout } = await analyze(
      ['security', '--offline=true', '--no-pager', `./rd-reconcile-${name}.service`],
      unitsIn(name),
    );
    const exposure = Number(/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
    expect(exposure).toBeGreaterThan(0);
    expect(exposure).toBeLessThan(MOST_EXPOSURE);
  });

  it('start when the timer’s calendar says', async () => {
    const [calendar = ''] = valuesOf(unitOf(name, 'timer'), 'OnCalendar');
    expect(await analyze(['calendar', calendar], '/')).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('the services', () => {
  it('have the same user, the same state directory and the same fences', () => {
    const fences = JOB_NAMES.map((name) => unitOf(name, 'service').split('\n# All jobs have')[1] ?? '').map(
      (text, index) => text.replaceAll(`rd-reconcile/${JOB_NAMES[index]}`, 'rd-reconcile/NAME'),
    );
    expect(fences[0]).toContain('StateDirectory=rd-reconcile\n');
    expect(new Set(fences).size).toBe(1);
  });

  it('do not set what hides the processes of other runs from the lock, or forbids Node to compile', () => {
    for (const name of JOB_NAMES)
      for (const key of ['ProtectProc', 'ProcSubset', 'PrivateUsers', 'MemoryDenyWriteExecute'])
        expect([name, key, valuesOf(unitOf(name, 'service'), key)]).toEqual([name, key, []]);
  });

  it.each([
    { name: 'nightly', fine: ['143'] },
    { name: 'migration', fine: ['3', '143'] },
    { name: 'dry-run', fine: ['2', '143'] },
  ] as const)('take $fine of $name for no failure, beside 0', ({ name, fine }) => {
    expect(valuesOf(unitOf(name, 'service'), 'SuccessExitStatus')).toEqual([fine.join(' ')]);
  });

  it.each([
    { name: 'nightly', key: OPERATOR, code: 0, result: 'applied' },
    { name: 'migration', key: OPERATOR, code: 0, result: 'applied' },
    { name: 'dry-run', key: READER, code: 2, result: 'drift' },
  ] as const)('run $name as their command says, with the key as a credential of systemd', async (job) => {
    const home = await bareHome();
    const folders = { '%S': home.path('state'), '%L': home.path('logs'), '%d': home.path('credentials.d') };
    for (const folder of Object.values(folders)) mkdirSync(folder);
    home.write('credentials.d/credentials', iniOf(job.key));
    const filled = (text: string): string =>
      Object.entries(folders).reduce((sofar, [from, to]) => sofar.replaceAll(from, to), text);
    const service = unitOf(job.name, 'service');
    const [command = ''] = valuesOf(service, 'ExecStart');
    const environment = valuesOf(service, 'Environment').map((line) => filled(line).split('=', 2));
    expect(command.startsWith(`${INSTALLED} run /etc/rd-reconcile/${job.name}/job.yaml `)).toBe(true);
    const here = filled(command)
      .replace(INSTALLED, 'rd-reconcile')
      .replace(`/etc/rd-reconcile/${job.name}`, home.job(job.name));
    const run = await home.sh(here, { ...Object.fromEntries(environment), HOME: '/' });
    expect(run.code, run.stderr).toBe(job.code);
    expect(home.report('logs', 'rd-reconcile', job.name).run.result).toBe(job.result);
  });
});

const iniOf = ({ id, secret }: Key): string =>
  `[default]\nenable = true\ntype = access_key\naccess_key_id = ${id}\naccess_key_secret = ${secret}\n`;
