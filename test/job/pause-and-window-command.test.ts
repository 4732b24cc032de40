import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Report } from '../../src/report/report-schema.ts';
import {
  cloud,
  type Desk,
  desk,
  ensureBuilt,
  isWrite,
  TWO_CALLS_MANIFEST,
  unboundState,
  writesOf,
} from '../support/processes.ts';

beforeAll(ensureBuilt, 120_000);

const unbound = () => cloud(unboundState());

const withJob = (pace: string): Desk =>
  desk({
    'manifest.yaml': TWO_CALLS_MANIFEST,
    'job.yaml': `version: 1\nmode: apply\nmanifest: [manifest.yaml]\npace: {settle: 1s, ${pace}}\n`,
  });

/** An hour that is over, or is hours away. */
function shutWindow(): string {
  const hour = (from: number): string => String((new Date().getUTCHours() + from) % 24).padStart(2, '0');
  return `${hour(6)}:00-${hour(7)}:00`;
}

const statusesOf = ({ targets }: Report): string[] =>
  targets.flatMap(({ changes }) => changes.map(({ outcome }) => outcome.status));

describe('a window', () => {
  test('of the job file keeps a run from writing when it is shut: 3; a flag wins over it', async () => {
    const emulator = await unbound();
    const window = shutWindow();
    const at = withJob(`window: "${window}"`);
    const shut = await at.run(['run', 'job.yaml', '--endpoint', emulator.url]);
    expect(shut.code).toBe(3);
    expect(writesOf(emulator)).toEqual([]);
    expect(shut.stderr).toMatch(/it is \d\d:\d\d, outside of the window/);
    expect(shut.stdout).toContain(
      `warning: 8 changes are left because no write starts outside of the window ${window} UTC; run again inside of it`,
    );
    expect(new Set(statusesOf(at.latestReport()))).toEqual(new Set(['skipped']));

    const open = ['--window', '00:00-24:00 Asia/Shanghai'];
    expect((await at.run(['run', 'job.yaml', '--endpoint', emulator.url, ...open])).code).toBe(0);
    expect(new Set(statusesOf(at.latestReport()))).toEqual(new Set(['applied']));
  });

  test('does not bind plan', async () => {
    const emulator = await unbound();
    const at = withJob('parallel: 1');
    const asked = ['plan', 'manifest.yaml', '--window', shutWindow(), '--endpoint', emulator.url];
    const { code, stdout } = await at.run(asked);
    expect([code, stdout.includes('window')]).toEqual([2, false]);
  });

  test.each(['22:00', '22:00-05:00 Nowhere/City', '05:00-05:00'])('"%s" is none: 64', async (window) => {
    const { code, stderr } = await withJob('parallel: 1').run(['apply', 'manifest.yaml', '--window', window]);
    expect(code).toBe(64);
    expect(stderr).toContain('Expected a time of day such as 22:00-05:00');
  });
});

describe('a pause', () => {
  test('of an hour is cut by SIGINT at once, and what waited for it is skipped: 130', async () => {
    const emulator = await unbound();
    const at = withJob('pause: 1h');
    const running = at.start(['run', 'job.yaml', '--endpoint', emulator.url]);
    const isAnswered = (): boolean => JSON.stringify([...at.journals()]).includes('acknowledged');
    await vi.waitFor(() => expect(isAnswered()).toBe(true), { timeout: 30_000 });
    running.send('SIGINT');
    expect((await running.ended).code).toBe(130);
    expect(emulator.cloud.calls().filter(isWrite)).toHaveLength(1);
    expect(statusesOf(at.latestReport()).sort()).toEqual([
      ...Array.from({ length: 5 }, () => 'applied'),
      ...Array.from({ length: 3 }, () => 'skipped'),
    ]);
  });

  test('ends with the deadline: 3', async () => {
    const emulator = await unbound();
    const at = withJob('pause: 1h, deadline: 2s');
    expect((await at.run(['run', 'job.yaml', '--endpoint', emulator.url])).code).toBe(3);
    expect(emulator.cloud.calls().filter(isWrite)).toHaveLength(1);
  });

  test('is part of the time that a plan is said to take', async () => {
    const emulator = await unbound();
    const at = withJob('pause: 10m');
    const asked = [
      'run',
      'job.yaml',
      '--mode',
      'plan',
      '--endpoint',
      emulator.url,
      '--format',
      'json,markdown',
    ];
    const { stdout } = await at.run(asked);
    expect(stdout).toMatch(/^planned {3}2 AssociateMembers; about 11 min$/m);
    const [target] = at.latestReport().targets;
    expect(target?.plan?.estimate).toMatchObject({ writes: 2 });
    expect(target?.plan?.estimate?.leastMs).toBeGreaterThanOrEqual(600_000);
  });
});
