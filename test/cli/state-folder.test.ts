import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import {
  cloud,
  DIRECTORY,
  DRIFT_MANIFEST,
  desk,
  ensureBuilt,
  smallState,
  writesOf,
} from '../support/processes.ts';

beforeAll(ensureBuilt, 120_000);

/** A file stands where the folder of the journals should be. */
test.each(['plan', 'apply'])(
  '%s says that journals cannot be read, before anything is written: exit 64',
  async (command) => {
    const emulator = await cloud();
    const at = desk();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    const folder = at.path('.rd-reconcile', DIRECTORY);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'journal'), 'in the way');
    const ended = await at.run([command, 'manifest.yaml', '--endpoint', emulator.url]);
    expect(ended.code, ended.stderr).toBe(64);
    expect(at.latestReport().targets[0]?.problems).toEqual([
      {
        code: 'state-folder',
        severity: 'error',
        file: null,
        line: null,
        column: null,
        message: `the state folder ${join('.rd-reconcile', DIRECTORY)} cannot be used (ENOTDIR); check its permissions, or pass --state-dir DIR`,
      },
    ]);
    expect(writesOf(emulator)).toEqual([]);
  },
  60_000,
);

test('a deadline that is reached while the cloud is read: exit 69, and nothing is written', async () => {
  const slow = { action: 'ListMessageContacts', kind: 'slow', delayMs: 3000, times: 1 };
  const emulator = await cloud(
    smallState({ faults: [slow, { action: 'ListAccounts', kind: 'slow', delayMs: 3000, times: 1 }] }),
  );
  const at = desk();
  at.write('manifest.yaml', DRIFT_MANIFEST);
  const ended = await at.run([
    'apply',
    'manifest.yaml',
    '--endpoint',
    emulator.url,
    '--deadline',
    '1s',
    '--concurrency',
    '1',
  ]);
  expect(ended.code, ended.stderr).toBe(69);
  const { run, targets } = at.latestReport();
  expect(run).toMatchObject({ exitCode: 69, result: 'failed' });
  expect(targets[0]?.problems.map(({ code, message }) => [code, message])).toEqual([
    ['halted', 'the deadline was reached'],
  ]);
  expect(ended.stderr).toContain('halted: the deadline was reached');
  expect(writesOf(emulator)).toEqual([]);
}, 60_000);

test.each([
  ['--state-dir', 'the state folder shared may be written to by everybody'],
  ['--report-dir', 'the report folder shared may be written to by everybody'],
])(
  '%s that anybody may write to is refused, before anything is written: exit 64',
  async (option, said) => {
    const emulator = await cloud();
    const at = desk();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    mkdirSync(at.path('shared'));
    const apply = () =>
      at.run(['apply', 'manifest.yaml', '--endpoint', emulator.url, '--settle', '1s', option, 'shared']);
    chmodSync(at.path('shared'), 0o777);
    const refused = await apply();
    expect({ code: refused.code, writes: writesOf(emulator) }).toEqual({ code: 64, writes: [] });
    expect(refused.stdout + refused.stderr).toContain(
      `${said}, who could replace what stands in it; chmod o-w it, or pass ${option} DIR`,
    );
    chmodSync(at.path('shared'), 0o1777);
    expect((await apply()).code).toBe(0);
  },
  60_000,
);
