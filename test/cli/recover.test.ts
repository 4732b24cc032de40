import { beforeAll, expect, test } from 'vitest';
import type { RunningEmulator } from '../../src/emulator/server.ts';
import { writeReportFiles } from '../../src/job/report-files/report-files.ts';
import {
  cloud,
  type Desk,
  DRIFT_MANIFEST,
  desk,
  ensureBuilt,
  isWrite,
  patientApply,
  type Running,
  readReport,
  smallState,
} from '../support/processes.ts';

beforeAll(ensureBuilt, 120_000);

/** The group's update is acknowledged, the contact's call is never answered. */
const HANGING = smallState({ faults: [{ action: 'AssociateMembers', kind: 'silent' }] });

/** An apply that hangs in its bind, its other write over. */
async function hangingApply(at: Desk, emulator: RunningEmulator): Promise<Running> {
  at.write('manifest.yaml', DRIFT_MANIFEST);
  const child = at.start(patientApply(emulator));
  await until(() => {
    const lines = [...at.journals().values()].flat();
    return (
      emulator.cloud.calls().filter(isWrite).length === 2 &&
      lines.some((line) => line.line === 'settled' && line.result === 'acknowledged')
    );
  });
  return child;
}

async function killedApply(at: Desk, emulator: RunningEmulator): Promise<void> {
  const child = await hangingApply(at, emulator);
  child.send('SIGKILL');
  await child.ended;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('where no run died there is nothing to recover: exit 0', async () => {
  const at = desk();
  expect(await at.run(['recover'])).toMatchObject({
    code: 0,
    stdout: 'no run died before its report\n',
    stderr: '',
  });
  const { url } = await cloud();
  at.write('manifest.yaml', DRIFT_MANIFEST);
  expect((await at.run(['apply', 'manifest.yaml', '--endpoint', url, '--settle', '1s'])).code).toBe(0);
  expect(await at.run(['recover'])).toMatchObject({ code: 0, stdout: 'no run died before its report\n' });
});

test('it prints and writes the report of a run that was killed, once, and without the cloud', async () => {
  const emulator = await cloud(HANGING);
  const at = desk();
  await killedApply(at, emulator);
  const calls = emulator.cloud.calls().length;
  const { code, stdout } = await at.run(['recover', '--json']);
  expect(code).toBe(3);
  const report = readReport(stdout);
  expect(report.run).toMatchObject({ mode: 'apply', result: 'interrupted', exitCode: 3 });
  const [target] = report.targets;
  expect(target?.changes.map(({ action, outcome }) => [action, outcome.status])).toEqual([
    ['bind', 'uncertain'],
    ['bind', 'uncertain'],
    ['add-account', 'applied'],
  ]);
  expect(target?.problems.map(({ code: name }) => name)).toEqual(['killed']);
  expect(at.report([...at.journals().keys()][0] ?? '')).toEqual(report);
  expect(emulator.cloud.calls()).toHaveLength(calls);
  expect(await at.run(['recover'])).toMatchObject({ code: 0, stdout: 'no run died before its report\n' });
});

test('in words it names what is uncertain', async () => {
  const emulator = await cloud(HANGING);
  const at = desk();
  await killedApply(at, emulator);
  const { code, stdout } = await at.run(['recover']);
  expect(code).toBe(3);
  expect(stdout).toContain('apply: interrupted');
  expect(stdout).toContain('3: 1 applied, 2 uncertain');
});

test('it leaves a run that is alive alone: exit 75', async () => {
  const emulator = await cloud(HANGING);
  const at = desk();
  const child = await hangingApply(at, emulator);
  const before = [...at.journals()];
  const { code, stderr } = await at.run(['recover']);
  expect(code).toBe(75);
  expect(stderr).toContain('holds the lock of this directory');
  expect([...at.journals()]).toEqual(before);
  expect(at.runIds()).toEqual([]);
  child.send('SIGKILL');
  await child.ended;
});

test('a report that the run had come to write itself is kept', async () => {
  const emulator = await cloud(HANGING);
  const at = desk();
  await killedApply(at, emulator);
  const recovered = readReport((await at.run(['recover', '--json', '--report-dir', 'elsewhere'])).stdout);
  const again = desk();
  await killedApply(again, await cloud(HANGING));
  const [runId = ''] = again.journals().keys();
  const own = { ...recovered, run: { ...recovered.run, id: runId, elapsedMs: 77 } };
  await writeReportFiles(own, again.path('reports'), ['json']);
  expect((await again.run(['recover'])).code).toBe(0);
  expect(again.report(runId)).toEqual(own);
});

test('a report folder that cannot be written: the report is on stdout, and recover can be repeated', async () => {
  const emulator = await cloud(HANGING);
  const at = desk();
  await killedApply(at, emulator);
  at.write('file', 'in the way');
  const lost = await at.run(['recover', '--report-dir', 'file/reports']);
  expect(lost.code).toBe(3);
  expect(lost.stderr).toContain('cannot be written to file/reports (ENOTDIR)');
  const repeated = await at.run(['recover', '--json']);
  expect(readReport(repeated.stdout)).toEqual(readReport(lost.stdout));
});
