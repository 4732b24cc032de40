import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/report-schema.ts';
import { atFirst } from '../support/at-first.ts';
import {
  ACCOUNTS,
  cloud,
  type Desk,
  DRIFT_MANIFEST,
  desk,
  ensureBuilt,
  IN_SYNC_MANIFEST,
  isWrite,
  type Running,
  TWO_CALLS_MANIFEST,
  unboundState,
  writesOf,
} from '../support/processes.ts';

beforeAll(ensureBuilt, 120_000);

function statuses({ targets }: Report): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of targets.flatMap(({ changes }) => changes))
    counts[outcome.status] = (counts[outcome.status] ?? 0) + 1;
  return counts;
}

const applying = (at: Desk, url: string, ...flags: string[]): Running =>
  at.start(['apply', 'manifest.yaml', '--endpoint', url, '--settle', '1s', ...flags]);

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 143],
] as const)('%s', (signal, code) => {
  test(`the call in flight is answered, no other is sent, the report is written: exit ${code}`, async () => {
    // The answer takes long enough for the signal to be there before it.
    const slow = { action: 'AssociateMembers', kind: 'slow', delayMs: 1500, times: 1 };
    const emulator = await cloud(unboundState({ faults: [slow] }));
    const at = desk({ 'manifest.yaml': TWO_CALLS_MANIFEST });
    const child = applying(at, emulator.url);
    atFirst(emulator, isWrite, () => child.send(signal));
    expect(await child.ended).toMatchObject({ code, signal: null });
    expect(writesOf(emulator).map(({ members }) => members.length)).toEqual([5]);
    const report = at.latestReport();
    expect(report.run).toMatchObject({ exitCode: code, result: 'interrupted' });
    expect(statuses(report)).toEqual({ applied: 5, skipped: 3 });
    expect([...at.journals().values()][0]?.at(-1)).toMatchObject({ line: 'end', exitCode: code });
    expect((await applying(at, emulator.url).ended).code).toBe(0);
    expect(writesOf(emulator).map(({ members }) => members.length)).toEqual([5, 3]);
  }, 60_000);

  test.each([
    ['write', 'AssociateMembers', { skipped: 8 }],
    ['read', 'ListAccounts', {}],
  ])(
    'a %s that waits to be tried again is given up, for that reason',
    async (_, action, expected) => {
      const faults = [{ action, kind: 'throttling', retryAfterMs: 3_600_000, times: 'always' }];
      const emulator = await cloud(unboundState({ faults }));
      const at = desk({ 'manifest.yaml': TWO_CALLS_MANIFEST });
      const child = applying(at, emulator.url);
      atFirst(
        emulator,
        (call) => call.action === action,
        () => void setTimeout(() => child.send(signal), 300),
      );
      expect((await child.ended).code).toBe(code);
      const report = at.latestReport();
      expect(statuses(report)).toEqual(expected);
      expect(JSON.stringify(report.targets)).toContain(`the run was interrupted by ${signal}`);
    },
    60_000,
  );

  test('the second one ends the process at once', async () => {
    const emulator = await cloud(unboundState({ faults: [{ action: 'AssociateMembers', kind: 'silent' }] }));
    const at = desk({ 'manifest.yaml': TWO_CALLS_MANIFEST });
    // The call would be given up after an hour: only the second signal can end this.
    const child = applying(at, emulator.url, '--call-timeout', '1h');
    atFirst(emulator, isWrite, () => {
      child.send(signal);
      // Apart, or the system delivers one for both.
      setTimeout(() => child.send(signal), 300);
    });
    expect((await child.ended).code).toBe(code);
    expect(at.runIds()).toEqual([]);
    expect((await applying(at, emulator.url).ended).code).toBe(0);
    const [killed] = at.runIds();
    expect(statuses(at.report(killed ?? ''))).toEqual({ uncertain: 5, skipped: 3 });
  }, 60_000);

  test('while it waits for the lock it ends the wait', async () => {
    const emulator = await cloud(unboundState({ faults: [{ action: 'AssociateMembers', kind: 'silent' }] }));
    const at = desk({ 'manifest.yaml': TWO_CALLS_MANIFEST });
    const holder = applying(at, emulator.url, '--call-timeout', '1h');
    await new Promise<void>((resolve) => atFirst(emulator, isWrite, resolve));
    const waiting = applying(at, emulator.url, '--wait', '1h');
    await new Promise<void>((resolve) =>
      atFirst(emulator, ({ action }) => action === 'GetResourceDirectory', resolve),
    );
    waiting.send(signal);
    expect((await waiting.ended).code).toBe(code);
    expect(at.latestReport().run).toMatchObject({ result: 'interrupted', exitCode: code });
    holder.send('SIGKILL');
    await holder.ended;
  }, 60_000);

  test('doctor waits for its call in flight and makes no other', async () => {
    const slow = { action: 'GetResourceDirectory', kind: 'slow', delayMs: 1000, times: 1 };
    const emulator = await cloud(unboundState({ faults: [slow] }));
    const child = desk({}).start(['doctor', '--endpoint', emulator.url]);
    atFirst(
      emulator,
      ({ action }) => action === 'GetResourceDirectory',
      () => child.send(signal),
    );
    const ended = await child.ended;
    expect(ended).toMatchObject({ code, signal: null });
    expect(ended.stderr).toContain(`the run was interrupted by ${signal}`);
    expect(emulator.cloud.calls().at(-1)?.action).toBe('GetResourceDirectory');
  }, 60_000);
});

describe('--deadline', () => {
  test('no call is sent after it; what was not tried is skipped: exit 3', async () => {
    const slow = { action: 'AssociateMembers', kind: 'slow', delayMs: 6000, times: 1 };
    const emulator = await cloud(unboundState({ faults: [slow] }));
    const at = desk({ 'manifest.yaml': TWO_CALLS_MANIFEST });
    const ended = await applying(at, emulator.url, '--deadline', '5s').ended;
    expect(ended.code, ended.stderr).toBe(3);
    const report = at.latestReport();
    expect(report.run).toMatchObject({ exitCode: 3, result: 'partial' });
    expect(writesOf(emulator)).toHaveLength(1);
    expect(statuses(report)).toEqual({ applied: 5, skipped: 3 });
    expect((await applying(at, emulator.url).ended).code).toBe(0);
  }, 60_000);

  test('two signals end the process also after the deadline', async () => {
    const emulator = await cloud(unboundState({ faults: [{ action: 'AssociateMembers', kind: 'silent' }] }));
    const at = desk({ 'manifest.yaml': TWO_CALLS_MANIFEST });
    const child = applying(at, emulator.url, '--call-timeout', '1h', '--deadline', '2s');
    atFirst(emulator, isWrite, () => {
      setTimeout(() => child.send('SIGINT'), 2100);
      setTimeout(() => child.send('SIGINT'), 2400);
    });
    expect((await child.ended).code).toBe(130);
  }, 60_000);
});

describe('--max-changes', () => {
  test('applies exactly so many, and leaves the rest to the next run', async () => {
    const emulator = await cloud();
    const at = desk({ 'manifest.yaml': DRIFT_MANIFEST });
    const plan = () => at.run(['plan', 'manifest.yaml', '--endpoint', emulator.url]);
    expect((await applying(at, emulator.url, '--max-changes', '2').ended).code).toBe(3);
    expect(statuses(at.latestReport())).toMatchObject({ applied: 2 });
    expect(writesOf(emulator).flatMap(({ members }) => members)).toEqual([ACCOUNTS[2], ACCOUNTS[3]]);
    expect((await plan()).code).toBe(2);
    expect(statuses(at.latestReport())).toEqual({ planned: 1 });
    expect((await applying(at, emulator.url, '--max-changes', '2').ended).code).toBe(0);
    expect((await plan()).code).toBe(0);
  }, 60_000);

  test('with nothing to do it changes nothing', async () => {
    const emulator = await cloud();
    const at = desk({ 'manifest.yaml': IN_SYNC_MANIFEST });
    expect((await applying(at, emulator.url, '--max-changes', '1').ended).code).toBe(0);
    expect(writesOf(emulator)).toEqual([]);
  });
});
