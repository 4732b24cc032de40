import { existsSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  ACCOUNTS,
  cloud,
  type Desk,
  DRIFT_MANIFEST,
  desk,
  ensureBuilt,
  OPS,
  writesOf,
} from '../support/processes.ts';

beforeAll(ensureBuilt, 120_000);

const ONE = 'version: 1\nmode: apply\nmanifest: [manifest.yaml]\npace: {settle: 1s}\n';
/** Two looks at one directory: what the one has done, the other finds done. */
const TWO = `${ONE}targets:\n  - {name: first}\n  - {name: second/..}\n`;

const withJob = (job: string): Desk => desk({ 'manifest.yaml': DRIFT_MANIFEST, 'job.yaml': job });

describe('run --out and --plan', () => {
  test('of a job with one target are a file, as for plan and apply', async () => {
    const emulator = await cloud();
    const at = withJob(ONE);
    const run = (...args: string[]) => at.run(['run', 'job.yaml', '--endpoint', emulator.url, ...args]);
    expect((await run('--mode', 'plan', '--out', 'plan.json')).code).toBe(2);
    expect(writesOf(emulator)).toEqual([]);
    expect((await run('--plan', 'plan.json')).code).toBe(0);
  });

  test('of a job with several targets are a folder, whichever of them run', async () => {
    const emulator = await cloud();
    const at = withJob(TWO);
    const run = (...args: string[]) =>
      at.run(['run', 'job.yaml', '--endpoint', emulator.url, '--parallel', '1', ...args]);
    expect((await run('--mode', 'plan', '--out', 'plans/new')).code).toBe(2);
    expect(readdirSync(at.path('plans', 'new')).sort()).toEqual(['first.plan.json', 'second%2F...plan.json']);
    expect((await run('--plan', 'plans/new', '--target', 'first')).code).toBe(0);
    expect((await run('--plan', 'plans/new', '--target', 'second/..')).code).toBe(0);
  });

  test('keep each target to its own plan: 5 for one that would do more, 64 for one without', async () => {
    const emulator = await cloud();
    const at = withJob(TWO);
    const run = (...args: string[]) => at.run(['run', 'job.yaml', '--endpoint', emulator.url, ...args]);
    await run('--mode', 'plan', '--out', 'plans', '--target', 'first');
    at.write('manifest.yaml', `version: 1\ncontacts:\n  - {contact: ${OPS}, bind: ["${ACCOUNTS[7]}"]}\n`);
    await run('--plan', 'plans');
    expect(at.latestReport().targets.map(({ name, exitCode }) => [name, exitCode])).toEqual([
      ['first', 5],
      ['second/..', 64],
    ]);
    expect(writesOf(emulator)).toEqual([]);
  });

  test('save nothing in an apply: 64', async () => {
    const emulator = await cloud();
    const at = withJob(TWO);
    const ended = await at.run(['run', 'job.yaml', '--endpoint', emulator.url, '--out', 'plans']);
    expect(ended.code).toBe(64);
    expect(ended.stderr).toContain(
      '--out saves the plan of a dry run, and this job applies; add --mode plan',
    );
    expect([existsSync(at.path('plans')), writesOf(emulator)]).toEqual([false, []]);
  });
});
