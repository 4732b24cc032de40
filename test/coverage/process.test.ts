import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { CoverageView } from '../../src/report/coverage-json.ts';
import { ensureBuilt } from '../samples/support/built.ts';
import {
  callsOf,
  reconcile,
  startEmulator,
  temporaryFolder,
  writesIn,
} from '../samples/support/processes.ts';
import { CLOUD, MANIFESTS, READER, signingWith } from '../samples/support/quickstart.ts';

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 60_000 });

describe('rd-reconcile coverage', () => {
  it('shows every account of the sample by its folder, and ends with 0', async () => {
    const { code, stdout, stderr } = await reconcile(['coverage', '--emulate', CLOUD, '--quiet']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toBe('rd-3mNq8W: 65 of 65 accounts reached by a contact');
    expect(stdout).toContain('\n/Retail/Production/Storefront ');
  });

  it('prints one side as JSON, and both with manifests', async () => {
    const now = await reconcile(['coverage', '--emulate', CLOUD, '--json', '--quiet']);
    const both = await reconcile(['coverage', ...MANIFESTS, '--emulate', CLOUD, '--json', '--quiet']);
    const { before, after } = JSON.parse(both.stdout) as { before: CoverageView; after: CoverageView };
    expect(JSON.parse(now.stdout)).toEqual(before);
    const risk = ({ accounts }: CoverageView) => accounts.find(({ id }) => id === '1567752096124519');
    expect(risk(before)?.missing).toEqual(['ServiceMessage', 'ProductMessage']);
    expect(risk(after)).toMatchObject({
      name: 'pay-risk-prod',
      path: '/Payments/Production/Acquiring/pay-risk-prod',
      missing: ['ProductMessage'],
    });
  });

  it('sends no write, and leaves no file behind', async () => {
    const url = await startEmulator(CLOUD);
    const state = join(temporaryFolder(), 'state');
    const { code } = await reconcile(['coverage', ...MANIFESTS, '--endpoint', url, '--state-dir', state], {
      env: signingWith(READER),
    });
    expect(code).toBe(0);
    const calls = await callsOf(url);
    expect(calls.length).toBeGreaterThan(0);
    expect(writesIn(calls)).toEqual([]);
  });

  it.each([
    [['coverage', 'no-such-file.yaml', '--emulate', CLOUD], 65, 'cannot be read (ENOENT)'],
    [['coverage', '--emulate', CLOUD, '--directory-id', 'rd-Other1'], 77, 'rd-Other1 was expected'],
    [['coverage', '--emulate', 'no-such-state.yaml'], 64, 'no-such-state.yaml'],
    [['coverage', '--endpoint', 'http://127.0.0.1:1'], 78, ''],
  ] as const)('ends %j with %d and the reason', async (args, code, reason) => {
    const ended = await reconcile(args);
    expect(ended.stderr).toContain(reason);
    expect(ended.code).toBe(code);
    expect(ended.stdout).toBe('');
  });
});
