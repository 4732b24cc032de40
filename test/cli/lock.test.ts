import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { RunningEmulator } from '../../src/emulator/server.ts';
import { type LockOwner, thisProcess } from '../../src/job/records/lock-owner.ts';
import { LOCK_EXPIRES_MS, LockedError, takeLock } from '../../src/job/records/run-lock.ts';
import { bundleScript } from '../support/bundle-script.ts';
import {
  cloud,
  type Desk,
  DIRECTORY,
  DRIFT_MANIFEST,
  desk,
  ensureBuilt,
  isWrite,
  patientApply,
  writesOf,
} from '../support/processes.ts';

beforeAll(ensureBuilt, 120_000);

describe('two applies of one directory', () => {
  test('without --wait the second one leaves: exit 75', async () => {
    const { at, args, first, emulator } = await firstStoppedInItsWrite();
    const second = await at.run([...args, '--json']);
    expect(second.code, second.stderr).toBe(75);
    first.send('SIGCONT');
    expect((await first.ended).code).toBe(0);
    expectOneRunWrote(at, emulator);
  }, 60_000);

  test('with --wait it takes its turn and finds nothing to do: exit 0', async () => {
    const { at, args, first, emulator } = await firstStoppedInItsWrite();
    const second = at.start([...args, '--wait', '10m', '--json']);
    // The last call before it asks for the lock.
    await arrivalOf(emulator, ({ action }) => action === 'GetResourceDirectory');
    first.send('SIGCONT');
    expect((await first.ended).code).toBe(0);
    const { code, stderr } = await second.ended;
    expect(code, stderr).toBe(0);
    expectOneRunWrote(at, emulator);
  }, 60_000);

  test('a deadline ends the wait, which was for the lock all the same: exit 75', async () => {
    const { at, args, first, emulator } = await firstStoppedInItsWrite();
    const second = await at.run([...args, '--wait', '10m', '--deadline', '2s', '--json']);
    expect(second.code, second.stderr).toBe(75);
    first.send('SIGCONT');
    expect((await first.ended).code).toBe(0);
    expectOneRunWrote(at, emulator);
  }, 60_000);

  test('a plan needs no lock and leaves it alone', async () => {
    const emulator = await cloud();
    const at = desk();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    const folder = at.path('.rd-reconcile', DIRECTORY);
    const lock = await takeLock(folder, thisProcess('held-by-the-test'), 0, systemClock);
    const before = readFileSync(join(folder, 'lock'), 'utf8');
    expect((await at.run(['plan', 'manifest.yaml', '--endpoint', emulator.url])).code).toBe(2);
    expect((await at.run(['apply', 'manifest.yaml', '--endpoint', emulator.url])).code).toBe(75);
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(before);
    await lock.release();
    expect((await at.run(['apply', 'manifest.yaml', '--endpoint', emulator.url])).code).toBe(0);
  }, 60_000);
});

/** A stopped process is alive and does nothing: the lock is held for as long as the test wants. */
async function firstStoppedInItsWrite() {
  const emulator = await cloud();
  const at = desk();
  at.write('manifest.yaml', DRIFT_MANIFEST);
  const args = patientApply(emulator);
  const first = at.start(args);
  await arrivalOf(emulator, isWrite);
  first.send('SIGSTOP');
  return { emulator, at, args, first };
}

function arrivalOf({ cloud: service }: RunningEmulator, isMeant: (call: { action: string }) => boolean) {
  const receive = service.receive.bind(service);
  return new Promise<void>((resolve) => {
    service.receive = (request) => {
      if (isMeant(request)) resolve();
      return receive(request);
    };
  });
}

function expectOneRunWrote(at: Desk, emulator: RunningEmulator): void {
  expect(writesOf(emulator)).toHaveLength(2);
  expect(at.runIds()).toHaveLength(2);
  // Nobody took the first run, which was alive, for a dead one.
  expect(at.report(at.runIds()[0] ?? '').run).toMatchObject({ result: 'applied', exitCode: 0 });
  expect([...at.journals().values()].flat().some(({ line }) => line === 'recovered')).toBe(false);
  const left = readdirSync(at.path('.rd-reconcile', DIRECTORY)).filter((name) => name.startsWith('lock'));
  expect(left).toEqual([]);
}

const STARTERS = 50;

/** Takes the lock, notes that it is in, does some work, notes that it leaves. */
const starter = (folder: string, log: string): string => `
import { appendFileSync } from 'node:fs';
import { takeLock } from './job/records/run-lock.ts';
import { thisProcess } from './job/records/lock-owner.ts';
import { systemClock } from './clock.ts';
const me = 'starter-' + process.argv[2];
const lock = await takeLock(${JSON.stringify(folder)}, thisProcess(me), 120000, { ...systemClock, sleep: (ms) => systemClock.sleep(ms / 20) });
appendFileSync(${JSON.stringify(log)}, 'in ' + me + '\\n');
await systemClock.sleep(5);
// Every third dies with the lock in its hands.
if (Number(process.argv[2]) % 3 === 0) process.kill(process.pid, 'SIGKILL');
appendFileSync(${JSON.stringify(log)}, 'out ' + me + '\\n');
await lock.release();
`;

test(`of ${STARTERS} that start at once, a third of which are killed inside, never are two inside`, async () => {
  const at = desk();
  const log = at.path('log');
  writeFileSync(log, '');
  bundleScript(starter(at.path('state'), log), at.path('starter.mjs'));
  const all = Array.from({ length: STARTERS }, (_, index) => at.startNode(['starter.mjs', String(index)]));
  const ends = await Promise.all(all.map(({ ended }) => ended));
  expect(ends.map(({ code, signal }) => signal ?? code)).toEqual(
    ends.map((_, index) => (index % 3 === 0 ? 'SIGKILL' : 0)),
  );
  let inside: string | undefined;
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  for (const line of lines) {
    const [step, who] = line.split(' ') as [string, string];
    const deadInside = inside !== undefined && Number(inside.replace('starter-', '')) % 3 === 0;
    if (step === 'in')
      expect(inside === undefined || deadInside, `${who} came in beside ${inside}`).toBe(true);
    else expect(who).toBe(inside);
    inside = step === 'in' ? who : undefined;
  }
  expect(lines.filter((line) => line.startsWith('in '))).toHaveLength(STARTERS);
  expect(readdirSync(at.path('state')).filter((name) => name !== 'lock')).toEqual([]);
}, 120_000);

describe('a lock that was left behind', () => {
  const NOW = 1_800_000_000_000;
  const clock = { now: () => NOW, monotonic: () => 0, sleep: () => Promise.resolve() };
  const me = thisProcess('me');
  const inAnHour = NOW + 3_600_000;
  const left = (changes: Partial<LockOwner>): LockOwner => ({
    ...me,
    runId: 'other',
    expiresAt: inAnHour,
    ...changes,
  });
  const elsewhere = { host: `not-${hostname()}`, bootId: 'another-boot' };
  /** Above the largest that Linux gives. */
  const NO_PID = 4_194_305;

  test.each([
    ['a process that is alive', JSON.stringify(left({})), false],
    ['a process that is gone', JSON.stringify(left({ pid: NO_PID })), true],
    ['a process whose number was given to another', JSON.stringify(left({ startedAtTick: '1' })), true],
    ['a process from before the machine was started anew', JSON.stringify(left({ bootId: 'before' })), true],
    ['another machine, not expired', JSON.stringify(left({ ...elsewhere, expiresAt: NOW + 1 })), false],
    ['another machine, expired', JSON.stringify(left({ ...elsewhere, expiresAt: NOW })), true],
    ['a cut-off file', JSON.stringify(left({})).slice(0, 40), true],
    ['an empty file', '', true],
    ['a file that holds no owner', '"lock"', true],
    ['a file that holds null', 'null', true],
  ])('of %s', async (_, text, isTaken) => {
    const folder = desk().path('state');
    mkdirSync(folder);
    writeFileSync(join(folder, 'lock'), text);
    const taking = takeLock(folder, me, 0, clock);
    if (isTaken) {
      const lock = await taking;
      const owner = JSON.parse(readFileSync(join(folder, 'lock'), 'utf8')) as LockOwner;
      expect(owner).toEqual({ ...me, expiresAt: NOW + LOCK_EXPIRES_MS });
      await lock.release();
      expect(readdirSync(folder)).toEqual([]);
    } else {
      await expect(taking).rejects.toThrow(LockedError);
      expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(text);
      expect(readdirSync(folder)).toEqual(['lock']);
    }
  });

  test('one that the same run holds is not waited for: it would wait for itself', async () => {
    const folder = desk().path('state');
    const lock = await takeLock(folder, me, 0, clock);
    await expect(takeLock(folder, me, 600_000, clock)).rejects.toThrow(LockedError);
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('it is not released by a run that lost it', async () => {
    const folder = desk().path('state');
    const lock = await takeLock(folder, me, 0, clock);
    const others = JSON.stringify(left({}));
    writeFileSync(join(folder, 'lock'), others);
    await lock.release();
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(others);
  });
});
