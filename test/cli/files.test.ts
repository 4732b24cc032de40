import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeFileSafely } from '../../src/job/files/write-file-safely.ts';
import { writeReportFiles } from '../../src/job/report-files/report-files.ts';
import { atFirst } from '../support/at-first.ts';
import {
  cloud,
  DRIFT_MANIFEST,
  desk,
  ensureBuilt,
  IN_SYNC_MANIFEST,
  isWrite,
  readReport,
  writesOf,
} from '../support/processes.ts';

beforeAll(ensureBuilt, 120_000);

describe('a file that is written safely', () => {
  test('is readable by its owner only, also where an older one was not', async () => {
    const at = desk();
    const path = at.path('report.json');
    writeFileSync(path, 'old');
    chmodSync(path, 0o644);
    await writeFileSafely(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('takes the place of a symbolic link, and leaves alone what that led to', async () => {
    const at = desk();
    writeFileSync(at.path('target'), 'precious');
    symlinkSync(at.path('target'), at.path('report.json'));
    await writeFileSafely(at.path('report.json'), 'new');
    expect(lstatSync(at.path('report.json')).isFile()).toBe(true);
    expect(readFileSync(at.path('target'), 'utf8')).toBe('precious');
  });

  test('is not there in half after a failure, nor is anything beside it', async () => {
    const at = desk();
    mkdirSync(at.path('folder', 'report.json', 'inside'), { recursive: true });
    await expect(writeFileSafely(at.path('folder', 'report.json'), 'new')).rejects.toThrow(
      /EISDIR|ENOTEMPTY|EEXIST/,
    );
    expect(readdirSync(at.path('folder'))).toEqual(['report.json']);
    expect(readdirSync(at.path('folder', 'report.json'))).toEqual(['inside']);
  });

  test('needs its folder', async () => {
    await expect(writeFileSafely(desk().path('none', 'report.json'), 'new')).rejects.toThrow('ENOENT');
  });
});

describe('a report folder that cannot be written', () => {
  test.each([
    ['plan', DRIFT_MANIFEST, 2],
    ['plan', IN_SYNC_MANIFEST, 0],
  ])(
    '%s: the report stands on stdout, why on stderr, and the exit code does not say that all is well',
    async (mode, manifest, own) => {
      const emulator = await cloud();
      const at = desk();
      at.write('manifest.yaml', manifest);
      at.write('file', 'in the way');
      const args = [
        mode,
        'manifest.yaml',
        '--endpoint',
        emulator.url,
        '--settle',
        '1s',
        '--report-dir',
        'file/reports',
      ];
      const ended = await at.run([...args, '--quiet']);
      expect(ended.code).toBe(1);
      expect(readReport(ended.stdout).run).toMatchObject({ mode, exitCode: own });
      expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(JSON.parse(ended.stderr)).toMatchObject({
        level: 50,
        msg: expect.stringMatching(
          /^the report of run \S+ cannot be written to file\/reports \(ENOTDIR\); .*stands on stdout/,
        ),
      });
    },
  );

  test('is told as such also where making folders takes no end', async () => {
    const at = desk();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    const { url } = await cloud();
    const planned = ['plan', 'manifest.yaml', '--endpoint', url];
    const { code, stderr } = await at.run([...planned, '--report-dir', '/proc/nope']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('cannot be written to /proc/nope (ENOENT)')]);
    const applied = ['apply', 'manifest.yaml', '--endpoint', url, '--state-dir', '/proc/nope'];
    expect((await at.run(applied)).code).toBe(64);
  });

  test.each([
    ['a file', 'there', 'the report folder there cannot be used (EEXIST)'],
    ['below a file', 'there/reports', 'the report folder there/reports cannot be used (ENOTDIR)'],
    ['where no file can be made', '/proc', 'the report folder /proc cannot be used'],
    ['with a folder for its latest report', 'kept', 'kept/latest is a folder, expected the link'],
    ['with a file for its latest report', 'noted', 'noted/latest is a file, expected the link'],
  ])('%s is told by an apply before any call: 64', async (_, folder, message) => {
    const emulator = await cloud();
    const at = desk();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    at.write('there', 'in the way');
    mkdirSync(at.path('kept/latest'), { recursive: true });
    mkdirSync(at.path('noted'));
    at.write('noted/latest', 'mine');
    const ended = await at.run([
      'apply',
      'manifest.yaml',
      '--endpoint',
      emulator.url,
      '--report-dir',
      folder,
    ]);
    expect(ended).toMatchObject({ code: 64, stdout: '', stderr: expect.stringContaining(message) });
    expect(emulator.cloud.calls()).toEqual([]);
    expect(readdirSync(at.path('.')).sort()).toEqual(['home', 'kept', 'manifest.yaml', 'noted', 'there']);
    expect(readdirSync(at.path('kept'))).toEqual(['latest']);
  });

  test('a code that says what went wrong is kept', async () => {
    const at = desk();
    at.write('manifest.yaml', 'version: 1\n');
    at.write('file', 'in the way');
    const { url } = await cloud();
    const ended = await at.run(['plan', 'manifest.yaml', '--endpoint', url, '--report-dir', 'file/reports']);
    expect(ended.code).toBe(65);
    expect(readReport(ended.stdout).run.exitCode).toBe(65);
  });

  test('the next run that can write makes the report of the run before from its journal', async () => {
    const emulator = await cloud();
    const at = desk();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    const args = ['apply', 'manifest.yaml', '--endpoint', emulator.url, '--settle', '1s'];
    atFirst(emulator, isWrite, () => {
      rmSync(at.path('lost'), { recursive: true });
      at.write('lost', 'in the way');
    });
    const ended = await at.run([...args, '--report-dir', 'lost']);
    expect([ended.code, ended.stderr]).toEqual([1, expect.stringMatching(/cannot be written to lost/)]);
    expect(ended.stderr).not.toContain('defect');
    const lost = readReport(ended.stdout);
    expect(writesOf(emulator)).toHaveLength(2);
    expect((await at.run(args)).code).toBe(0);
    expect(writesOf(emulator)).toHaveLength(2);
    const statuses = at.report(lost.run.id).targets[0]?.changes.map(({ outcome }) => outcome.status);
    expect(statuses).toEqual(['applied', 'applied', 'applied']);
  });
});

test('metrics alone stand in the report folder, and leave no folder of the run', async () => {
  const at = desk();
  const { url } = await cloud();
  at.write('manifest.yaml', IN_SYNC_MANIFEST);
  const plan = (...format: string[]) => at.run(['plan', 'manifest.yaml', '--endpoint', url, ...format]);
  expect((await plan('--format', 'metrics')).code).toBe(0);
  expect(readdirSync(at.path('reports'))).toEqual(['metrics.prom']);
  await plan();
  const [id = ''] = at.runIds();
  expect((await plan('--format', 'metrics')).stdout).toContain('metrics.prom');
  expect(readdirSync(at.path('reports')).sort()).toEqual([id, 'latest', 'metrics.prom']);
  expect(at.latestReport().run.id).toBe(id);
});

test('a run that was killed between its report and the link to it is recovered all the same', async () => {
  const at = desk();
  const emulator = await cloud();
  at.write('manifest.yaml', DRIFT_MANIFEST);
  const args = ['apply', 'manifest.yaml', '--endpoint', emulator.url, '--settle', '1s'];
  expect((await at.run(args)).code).toBe(0);
  const report = at.latestReport();
  const { id } = report.run;
  symlinkSync(id, at.path('reports', `latest.${id}`));
  await writeReportFiles(report, at.path('reports'), ['json']);
  expect(readdirSync(at.path('reports')).sort()).toEqual([id, 'latest']);
  expect(at.latestReport()).toEqual(report);
});

test('a state folder that cannot be used is said before anything is written: exit 64', async () => {
  const emulator = await cloud();
  const at = desk();
  at.write('manifest.yaml', DRIFT_MANIFEST);
  at.write('file', 'in the way');
  const ended = await at.run([
    'apply',
    'manifest.yaml',
    '--endpoint',
    emulator.url,
    '--state-dir',
    'file/state',
  ]);
  expect(ended.code).toBe(64);
  expect(at.latestReport().targets[0]?.problems[0]).toMatchObject({
    code: 'state-folder',
    message: expect.stringContaining('cannot be used (ENOTDIR)') as string,
  });
  expect(writesOf(emulator)).toEqual([]);
});

test('reports, journal and lock are for their owner only', async () => {
  const emulator = await cloud();
  const at = desk();
  at.write('manifest.yaml', DRIFT_MANIFEST);
  await at.run(['apply', 'manifest.yaml', '--endpoint', emulator.url, '--format', 'json,markdown']);
  const others = readdirSync(at.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(?:reports|\.rd-reconcile)\/.*\.(?:json|md|jsonl)$/.test(name))
    .map((name) => [name, statSync(at.path(name)).mode & 0o077]);
  expect(others.length).toBeGreaterThanOrEqual(3);
  expect(others.filter(([, mode]) => mode !== 0)).toEqual([]);
  expect(existsSync(at.path('reports', 'latest', 'report.md'))).toBe(true);
});
