import { mkdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RunningEmulator } from '../../src/emulator/server.ts';
import { startEmulator } from '../../src/emulator/server.ts';
import { statesFrom } from '../../src/emulator/several-states.ts';
import {
  ACCOUNTS,
  cloud,
  type Desk,
  DIRECTORY,
  DRIFT_MANIFEST,
  desk,
  ensureBuilt,
  IN_SYNC_MANIFEST,
  isWrite,
  OPS,
  readReport,
  smallState,
  writesOf,
} from '../support/processes.ts';
import { directoryId, layFleet, nameOf } from './support/fleet.ts';

beforeAll(ensureBuilt, 120_000);

const ROLE = 'acs:ram::1738084522670000:role/reconcile';
/** Takes away one of two bindings: half of what is managed. */
const REMOVAL = `version: 1\ncontacts:\n  - {contact: ${OPS}, unbind: ["${ACCOUNTS[0]}"]}\n`;

function withJob(job: string, manifest = DRIFT_MANIFEST): Desk {
  const at = desk();
  at.write('manifest.yaml', manifest);
  at.write('job.yaml', job);
  return at;
}

const at = (emulator: RunningEmulator): string[] => ['--endpoint', emulator.url, '--settle', '1s'];
const JOB = 'version: 1\nmode: apply\nmanifest: [manifest.yaml]\n';

describe('run', () => {
  test('applies what a job of one directory says, and finds nothing to do afterwards', async () => {
    const emulator = await cloud();
    const table = withJob(JOB);
    expect((await table.run(['run', 'job.yaml', ...at(emulator)])).code).toBe(0);
    expect(table.latestReport()).toMatchObject({
      run: { mode: 'apply', result: 'applied' },
      targets: [
        { name: 'default', directoryId: DIRECTORY, manifest: { files: [{ path: 'manifest.yaml' }] } },
      ],
    });
    expect((await table.run(['run', 'job.yaml', ...at(emulator)])).code).toBe(0);
    expect(table.latestReport().run.result).toBe('in-sync');
  });

  test.each(['1', '2'])(
    'that names one directory twice waits for nobody and says so, with %s targets at once: 78 for one of them',
    async (parallel) => {
      const emulator = await cloud();
      const table = withJob(`${JOB}targets:\n  - {name: first}\n  - {name: second}\n`);
      const args = ['run', 'job.yaml', '--wait', '10m', '--parallel', parallel, ...at(emulator)];
      expect((await table.run(args)).code).toBe(78);
      const { targets } = table.latestReport();
      expect(targets.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 78]);
      expect(targets.find(({ exitCode }) => exitCode === 78)).toMatchObject({
        result: 'failed',
        problems: [
          {
            code: 'same-directory',
            severity: 'error',
            message: `another target of this job is the same resource directory, ${DIRECTORY}; give each directory once, with all of its manifests`,
          },
        ],
      });
      expect(writesOf(emulator)).toHaveLength(2);
    },
  );

  test('writes nothing with --mode plan, whatever the job says', async () => {
    const emulator = await cloud();
    const table = withJob(JOB);
    expect((await table.run(['run', 'job.yaml', '--mode', 'plan', ...at(emulator)])).code).toBe(2);
    expect(writesOf(emulator)).toEqual([]);
    expect((await table.run(['run', 'job.yaml', '--mode', 'apply', ...at(emulator)])).code).toBe(64);
  });

  test('started from elsewhere, finds manifest, reports and state beside the job file', async () => {
    const emulator = await cloud();
    const table = desk();
    mkdirSync(table.path('jobs'));
    table.write('jobs/manifest.yaml', DRIFT_MANIFEST);
    table.write('jobs/job.yaml', `${JOB}report: {dir: out, formats: [json, csv]}\n`);
    expect((await table.run(['run', 'jobs/job.yaml', ...at(emulator)])).code).toBe(0);
    expect(table.runIds('jobs/out')).toHaveLength(1);
    expect([...table.journals('jobs/.rd-reconcile').keys()]).toEqual(table.runIds('jobs/out'));
  });

  test.each([
    ['the job file', 'policy: {maxRemovals: 0}\n', [], 4],
    ['the job file', 'policy: {maxRemovals: 1}\n', [], 2],
    ['a flag over the job file', 'policy: {maxRemovals: 0}\n', ['--max-removals', '1'], 2],
    [
      'a flag over the job file, also a stricter one',
      'policy: {maxRemovals: 1}\n',
      ['--max-removals', '0'],
      4,
    ],
  ])('the guard goes by %s', async (_, policy, flags, exitCode) => {
    const emulator = await cloud();
    const table = withJob(`version: 1\nmode: plan\nmanifest: [manifest.yaml]\n${policy}`, REMOVAL);
    const ended = await table.run(['run', 'job.yaml', ...flags, ...at(emulator)]);
    expect(ended.code).toBe(exitCode);
  });

  test('ownership of the job file wins over that of the manifest, and a flag over both', async () => {
    const emulator = await cloud();
    const manifest = `ownership: listed\n${IN_SYNC_MANIFEST.replace(`, "${ACCOUNTS[1]}"`, '')}`;
    const table = withJob(
      `version: 1\nmode: plan\nmanifest: [manifest.yaml]\npolicy: {ownership: add-only}\n`,
      manifest,
    );
    expect((await table.run(['run', 'job.yaml', ...at(emulator)])).code).toBe(0);
    expect((await table.run(['run', 'job.yaml', '--ownership', 'listed', ...at(emulator)])).code).toBe(2);
  });

  test('a job file that is wrong ends with 78, every problem on a line of its own', async () => {
    const table = withJob(
      'version: 1\nmode: plann\nmanifest: [m.yaml]\nnotify: [{type: slack, url: env:NOT_SET_HERE}]\n',
    );
    const ended = await table.run(['run', 'job.yaml']);
    expect(ended.code).toBe(78);
    expect(ended.stderr).toContain('job.yaml:2:7  mode is');
    table.write('job.yaml', `${JOB}notify: [{type: slack, url: env:NOT_SET_HERE}]\n`);
    const unset = await table.run(['run', 'job.yaml']);
    expect([unset.code, unset.stderr]).toEqual([78, expect.stringContaining('NOT_SET_HERE is not set')]);
    expect((await table.run(['run', 'nowhere.yaml'])).code).toBe(78);
  });

  test('a target that the job does not have ends with 64 and the nearest name', async () => {
    const table = withJob(
      'version: 1\nmode: plan\nmanifest: [manifest.yaml]\ntargets: [{name: group-a}, {name: group-b}]\n',
    );
    const ended = await table.run(['run', 'job.yaml', '--target', 'grup-a']);
    expect(ended.code).toBe(64);
    expect(ended.stderr).toContain('did you mean \\"group-a\\" or \\"group-b\\"?');
  });
});

test('each target acts in the directory whose role it assumes, with the credentials of the environment', async () => {
  const table = desk();
  const { state } = layFleet(table.folder, 3, new Map());
  const directories = state.directories.map((one, index) =>
    index === 2 ? one : { ...one, roles: [{ arn: `${ROLE}-${index}` }] },
  );
  const emulator = await startEmulator({
    state: statesFrom({ directories: [smallState(), ...directories] }),
  });
  const targets = [0, 1, 2].map(
    (index) => `  - {name: ${nameOf(index)}, roleArn: "${ROLE}-${index}", directory: ${directoryId(index)}}`,
  );
  table.write(
    'job.yaml',
    `version: 1\nmode: apply\nmanifest: [manifests/${nameOf(0)}.yaml]\ntargets:\n${targets.join('\n')}\n`,
  );
  const ended = await table.run(['run', 'job.yaml', '--log-level', 'trace', ...at(emulator)]);
  expect(ended.code).toBe(77);
  const report = table.latestReport();
  expect(report.targets.map(({ directoryId: id, exitCode }) => [id, exitCode])).toEqual([
    [directoryId(0), 0],
    [directoryId(1), 0],
    [null, 77],
  ]);
  expect(report.targets[2]?.problems[0]).toMatchObject({
    code: 'role-refused',
    message: expect.stringContaining(`role ${ROLE}-2 cannot be assumed: NoPermission`),
  });
  expect(ended.stdout + ended.stderr).not.toMatch(/STS\.[A-Za-z]{8}/);
  await emulator.close();
});

test('a run over several directories that is killed is reported by the next, target by target', async () => {
  const table = desk();
  const { state } = layFleet(table.folder, 3, new Map());
  const hanging = { faults: [{ action: 'AssociateMembers', kind: 'silent' }] };
  const directories = state.directories.map((one, index) => (index === 0 ? one : { ...one, ...hanging }));
  const emulator = await startEmulator({ state: statesFrom({ directories }) });
  const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: undefined, ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined };
  const child = table.start(['run', 'job.yaml', '--call-timeout', '1h', ...at(emulator)], env);
  const writes = () =>
    [0, 1, 2].map((one) => emulator.cloudOf(directoryId(one))?.calls().filter(isWrite).length);
  while (writes().join() !== '2,2,2') await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 500));
  child.send('SIGKILL');
  await child.ended;
  expect(table.runIds()).toEqual([]);

  const next = await table.run(['run', 'job.yaml', ...at(emulator)], env);
  expect(next.code).toBe(0);
  const [dead] = table.runIds();
  const recovered = table.report(dead ?? '');
  expect(recovered.targets.map(({ name }) => name).sort()).toEqual([nameOf(0), nameOf(1), nameOf(2)]);
  for (const { name, result, changes } of recovered.targets) {
    const statuses = changes.map(({ outcome }) => outcome.status);
    expect([name, result]).toEqual([name, 'interrupted']);
    const bound = name === nameOf(0) ? 'applied' : 'uncertain';
    expect(statuses.sort()).toEqual(['applied', bound, bound].sort());
  }
  expect((await table.run(['recover'])).stdout).toBe('no run died before its report\n');
  await emulator.close();
});

describe('merge', () => {
  test('refuses a target that stands twice, a mix of modes and what is no report: 65', async () => {
    const emulator = await cloud();
    const table = withJob(JOB);
    await table.run(['run', 'job.yaml', '--mode', 'plan', '--report-dir', 'a', ...at(emulator)]);
    await table.run(['run', 'job.yaml', '--report-dir', 'b', ...at(emulator)]);
    const ended = await table.run(['merge', 'a/latest/report.json', 'b/latest/report.json']);
    expect(ended.code).toBe(65);
    expect(ended.stderr).toContain(
      'target default stands in a/latest/report.json and in b/latest/report.json',
    );
    expect(ended.stderr).toContain('is of mode apply');
    expect((await table.run(['merge', 'job.yaml'])).code).toBe(65);
  });

  test('of one report is that report; --out and --format give it another place and form', async () => {
    const emulator = await cloud();
    const table = withJob(JOB);
    await table.run(['run', 'job.yaml', '--mode', 'plan', ...at(emulator)]);
    const ended = await table.run(['merge', 'reports/latest/report.json']);
    expect(ended.code).toBe(2);
    expect(readReport(ended.stdout)).toEqual(table.latestReport());
    const markdown = await table.run([
      'merge',
      'reports/latest/report.json',
      '--format',
      'markdown',
      '--out',
      'm.md',
    ]);
    expect([markdown.code, markdown.stdout]).toEqual([2, '']);
  });
});
