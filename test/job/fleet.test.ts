import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { statesFrom } from '../../src/emulator/several-states.ts';
import { shardOf } from '../../src/job/choose-targets.ts';
import { thisProcess } from '../../src/job/records/lock-owner.ts';
import { takeLock } from '../../src/job/records/run-lock.ts';
import type { Report, ReportTarget } from '../../src/report/report-schema.ts';
import { ACCOUNTS, type Desk, desk, ensureBuilt, OPS, readReport } from '../support/processes.ts';
import { type Breakage, directoryId, type Fleet, layFleet, nameOf } from './support/fleet.ts';

beforeAll(ensureBuilt, 120_000);

const SIZE = 300;
const LOCKED = 77;

const CONTACT_ONLY_MANIFEST = `version: 1\ncontacts:\n  - {contact: ${OPS}, bind: ["${ACCOUNTS[0]}", "${ACCOUNTS[1]}", "${ACCOUNTS[2]}"]}\n`;

/** Ten directories, each broken in its own way. */
const BROKEN: ReadonlyMap<number, Breakage> = new Map<number, Breakage>([
  [3, { exitCode: 78, says: 'credentials-missing', target: { profile: 'nobody' } }],
  [41, { exitCode: 77, says: 'denied', secret: 'not the secret' }],
  [LOCKED, { exitCode: 75, says: 'locked' }],
  [90, { exitCode: 77, says: 'wrong-directory', target: { directory: 'rd-Elsewhere' } }],
  [121, { exitCode: 69, says: 'cloud-unreadable', state: always('ListAccounts', 'unavailable') }],
  [150, { exitCode: 65, says: 'yaml-unfinished', manifest: 'version: 1\ncontacts: [' }],
  [177, { exitCode: 65, says: 'file-unreadable', target: { manifest: ['nowhere.csv'] } }],
  [
    204,
    {
      exitCode: 4,
      says: 'emptied',
      manifest: `version: 1\ncontacts:\n  - {contact: ${OPS}, unbind: ["${ACCOUNTS[0]}", "${ACCOUNTS[1]}"]}\n`,
    },
  ],
  // Without an account group: whether its list goes out before or after the refusal is a matter of luck.
  [250, { exitCode: 77, state: deny('AssociateMembers'), manifest: CONTACT_ONLY_MANIFEST }],
  [
    299,
    {
      exitCode: 3,
      state: always('AssociateMembers', 'error', { member: ACCOUNTS[2], code: 'InvalidMember', status: 400 }),
    },
  ],
]);

function always(action: string, kind: string, more: object = {}) {
  return { faults: [{ action, kind, times: 'always', ...more }] };
}

function deny(action: string) {
  const key = `LTAIfleet${String(250).padStart(7, '0')}`;
  return { credentials: [{ accessKeyId: key, accessKeySecret: 'fleet-secret-250', deny: [action] }] };
}

/** A desk with the fleet on it, the services behind it, and a run of somebody else in one of the directories. */
async function fleetDesk(): Promise<{ at: Desk; fleet: Fleet; emulator: RunningEmulator }> {
  const at = desk();
  const fleet = layFleet(at.folder, SIZE, BROKEN);
  const emulator = await startEmulator({ state: statesFrom(fleet.state) });
  const folder = join(at.folder, '.rd-reconcile', directoryId(LOCKED));
  await takeLock(folder, thisProcess('somebody-else'), 0, systemClock);
  return { at, fleet, emulator };
}

const ENV = { ALIBABA_CLOUD_ACCESS_KEY_ID: undefined, ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined };
const QUIET = ['--log-level', 'error', '--json'];

test('of 300 directories in one run ten are broken, each says so by itself, and the others are in sync', async () => {
  const { at, fleet, emulator } = await fleetDesk();
  const ended = await at.run(['run', 'job.yaml', '--endpoint', emulator.url, ...QUIET], ENV);
  const report = at.latestReport();
  expect(ended.code).toBe(78);
  expect(report.run).toMatchObject({ mode: 'apply', exitCode: 78, result: 'failed' });
  expect(report.targets.map(({ name }) => name)).toEqual(fleet.names);
  for (const [index, target] of report.targets.entries()) checkTarget(index, target);
  await checkNothingLeft(at, emulator);
  await emulator.close();
}, 180_000);

function checkTarget(index: number, target: ReportTarget): void {
  const expected = BROKEN.get(index);
  const { exitCode, says } = expected ?? { exitCode: 0, says: undefined };
  expect([target.name, target.exitCode]).toEqual([nameOf(index), exitCode]);
  if (expected === undefined) {
    expect(target).toMatchObject({ result: 'applied', directoryId: directoryId(index) });
    expect(target.changes.map(({ outcome }) => outcome.status)).toEqual(['applied', 'applied', 'applied']);
  } else if (says !== undefined) {
    const said = [
      ...target.problems.map(({ code }) => code),
      ...(target.plan?.guard.reasons ?? []).map(({ rule }) => rule),
    ];
    expect([target.name, said]).toEqual([target.name, expect.arrayContaining([says])]);
  }
}

/** Every lock of ours is gone; a second run finds the good ones in sync. */
async function checkNothingLeft(at: Desk, emulator: RunningEmulator): Promise<void> {
  const again = await at.run(
    ['run', 'job.yaml', '--endpoint', emulator.url, '--mode', 'plan', ...QUIET],
    ENV,
  );
  const results = (JSON.parse(again.stdout) as Report).targets.map(({ result }) => result);
  expect(results.filter((result) => result === 'in-sync')).toHaveLength(SIZE - BROKEN.size);
}

test('eight shards as processes make, merged, the report of the one run', async () => {
  const one = await fleetDesk();
  const whole = await one.at.run(['run', 'job.yaml', '--endpoint', one.emulator.url, ...QUIET], ENV);
  await one.emulator.close();

  const { at, emulator } = await fleetDesk();
  const args = (shard: number) => [
    '--shard',
    `${shard}/8`,
    '--report-dir',
    `shard-${shard}`,
    '--parallel',
    '2',
  ];
  const shards = Array.from({ length: 8 }, (_, shard) =>
    at.start(['run', 'job.yaml', '--endpoint', emulator.url, ...args(shard), ...QUIET], ENV),
  );
  const ended = await Promise.all(shards.map((shard) => shard.ended));
  await emulator.close();
  const paths = shards.map((_, shard) => join(`shard-${shard}`, 'latest', 'report.json'));
  const merged = await at.run(['merge', ...paths]);
  expect(merged.code).toBe(78);
  expect(essence(readReport(merged.stdout))).toEqual(essence(readReport(whole.stdout)));
  expect(ended.map(({ code }) => code)).toContain(78);
  for (const [shard, path] of paths.entries()) {
    const names = at.report('latest', path.split('/')[0]).targets.map(({ name }) => name);
    expect(names.every((name) => shardOf(name, 8) === shard)).toBe(true);
  }
}, 240_000);

/** Without what differs from run to run: ids, times, counts of tries, and the order in which calls happened. */
function essence({ run, targets }: Report): unknown {
  return {
    run: { mode: run.mode, exitCode: run.exitCode, result: run.result },
    targets: targets.map((target) => ({
      name: target.name,
      directoryId: target.directoryId,
      result: target.result,
      exitCode: target.exitCode,
      manifest: target.manifest,
      plan: target.plan === null ? null : { ...target.plan, estimate: target.plan.estimate?.writes },
      changes: target.changes.map(({ outcome, since: _, ...change }) => ({
        ...change,
        status: outcome.status,
      })),
      byAction: target.exitCode === 69 || target.exitCode === 77 ? undefined : target.calls.byAction,
      coverage: target.coverage,
      verification: target.verification,
      problems: target.problems.map((problem) => ({
        ...problem,
        message: problem.message.replace(/request [0-9A-F-]+/, 'request').replace(/process \d+/, 'process'),
      })),
    })),
  };
}
