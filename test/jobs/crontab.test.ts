import { CronExpressionParser } from 'cron-parser';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ensureBuilt } from '../samples/support/built.ts';
import { bareHome } from './support/bare-home.ts';
import { JOB_NAMES, type JobName, readJobsFile } from './support/job-folder.ts';

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 90_000 });

interface CronLine {
  readonly when: string;
  readonly command: string;
}

interface Crontab {
  readonly environment: Readonly<Record<string, string>>;
  readonly lines: readonly CronLine[];
}

/** As cron reads it: comments, settings, and lines of five fields and a command. */
function crontabOf(name: JobName): Crontab {
  const written = readJobsFile(name, 'crontab.example')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const settings = written.filter((line) => /^[A-Z_]+=/.test(line)).map((line) => line.split('=', 2));
  const lines = written
    .map((line) => /^((?:[\d*,/-]+ ){5})(.+)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, when = '', command = '']) => ({ when: when.trim(), command }));
  expect(settings.length + lines.length).toBe(written.length);
  return { environment: Object.fromEntries(settings) as Record<string, string>, lines };
}

function onlyLine(name: JobName): CronLine & Pick<Crontab, 'environment'> {
  const { environment, lines } = crontabOf(name);
  expect(lines).toHaveLength(1);
  return { ...(lines[0] as CronLine), environment };
}

const nextRuns = (when: string): string[] =>
  CronExpressionParser.parse(when, { currentDate: '2026-11-20T12:00:00Z', tz: 'UTC' })
    .take(3)
    .map((date) => date.toDate().toISOString());

describe('the crontab lines', () => {
  it.each([
    { name: 'nightly', runs: ['2026-11-21T02:17', '2026-11-22T02:17', '2026-11-23T02:17'] },
    { name: 'migration', runs: ['2026-11-20T22:05', '2026-11-23T22:05', '2026-11-24T22:05'] },
    { name: 'dry-run', runs: ['2026-11-20T12:43', '2026-11-20T13:43', '2026-11-20T14:43'] },
  ] as const)('start $name when its comment says', ({ name, runs }) => {
    expect(nextRuns(onlyLine(name).when)).toEqual(runs.map((run) => `${run}:00.000Z`));
  });

  it.each(JOB_NAMES)('of %s have no percent sign, which cron takes for the end of a line', (name) => {
    expect(onlyLine(name).command).not.toContain('%');
  });

  it('share one state directory, so that their runs keep out of each other’s way', () => {
    const folders = JOB_NAMES.map((name) => /--state-dir (\S+)/.exec(onlyLine(name).command)?.[1]);
    expect(new Set(folders)).toEqual(new Set(['"$HOME/.rd-reconcile"']));
  });
});

describe('started by cron, with PATH and HOME alone,', () => {
  it('nightly applies, and the next night finds nothing to do', async () => {
    const { command, environment } = onlyLine('nightly');
    const home = await bareHome();
    expect(await home.sh(command, environment)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(home.report('rd-reconcile/jobs/nightly/reports').run).toMatchObject({
      mode: 'apply',
      result: 'applied',
    });
    expect((await home.sh(command, environment)).code).toBe(0);
    expect(home.report('rd-reconcile/jobs/nightly/reports').run.result).toBe('in-sync');
    const log = home.read('rd-reconcile/jobs/nightly/run.log');
    expect(log.match(/^apply: [a-z-]+/gm)).toEqual(['apply: applied', 'apply: in-sync']);
    expect(log.match(/^exit +\d+/gm)).toEqual(['exit      0', 'exit      0']);
    expect(log).not.toMatch(/quickstart-operator-secret|@example\.com/);
    expect(home.read('rd-reconcile/jobs/nightly/reports/metrics.prom')).toContain('rd_reconcile_');
  });

  it('dry-run prints the result where something differs, for the mail, and writes nothing to the cloud', async () => {
    const { command, environment } = onlyLine('dry-run');
    const home = await bareHome();
    const { stdout, stderr } = await home.sh(command, environment);
    expect(stdout).toMatch(/^exit +2: changes are pending$/m);
    expect(stderr).toBe('');
    expect(home.report('rd-reconcile/jobs/dry-run/reports').run).toMatchObject({ mode: 'plan', exitCode: 2 });
    expect(home.read('rd-reconcile/jobs/dry-run/reports/latest/report.md')).toContain('PayOnCall');
    expect(home.writes()).toEqual([]);
  });

  it('dry-run prints nothing where nothing differs, so that cron sends no mail', async () => {
    const home = await bareHome();
    const nightly = onlyLine('nightly');
    await home.sh(nightly.command, nightly.environment);
    const { command, environment } = onlyLine('dry-run');
    expect(await home.sh(command, environment)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(home.read('rd-reconcile/jobs/dry-run/run.log')).toMatch(/^exit +0: in sync/m);
  });

  it('migration adds and removes nothing that no line asks for', async () => {
    const { command, environment } = onlyLine('migration');
    const home = await bareHome();
    expect((await home.sh(command, environment)).code).toBe(0);
    const changes = home.report('rd-reconcile/jobs/migration/reports').targets[0]?.changes ?? [];
    expect(changes.length).toBeGreaterThan(20);
    const removals = changes.filter(({ action }) => action === 'unbind' || action === 'remove-account');
    expect(removals.filter(({ source }) => source === null)).toEqual([]);
  });

  it('a program that is not on the PATH leaves its trouble in the log', async () => {
    const { command } = onlyLine('nightly');
    const home = await bareHome();
    home.install('rd-reconcile', '#!/nowhere/sh\n');
    expect((await home.sh(command)).code).toBe(127);
    expect(home.read('rd-reconcile/jobs/nightly/run.log')).toMatch(/rd-reconcile.*not found/);
  });
});
