import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Explanation } from '../../src/report/explanation.ts';
import { ensureBuilt } from '../samples/support/built.ts';
import { callsOf, reconcile, startEmulator, writesIn } from '../samples/support/processes.ts';
import { CLOUD, MANIFESTS, OPERATOR, signingWith } from '../samples/support/quickstart.ts';

const [MANIFEST] = MANIFESTS;

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 60_000 });

describe('rd-reconcile explain', () => {
  it('says of an account what the plan does about it, and from which line', async () => {
    const { code, stdout } = await reconcile([
      'explain',
      'net-edge-prod',
      MANIFEST,
      '--emulate',
      CLOUD,
      '--quiet',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /contact ShipOnCall \(c-6oFL5RgtiWc5VnA7\) {2}named at \S+manifest\.yaml:62:14\n {2}- unbind {2}this account: written as absent\n +\S+manifest\.yaml:64:9 {2}absent 1115218972075388\n/,
    );
  });

  it('prints JSON, and shows what is there without a manifest', async () => {
    const { code, stdout } = await reconcile([
      'explain',
      'sandbox-watch',
      '--emulate',
      CLOUD,
      '--json',
      '--quiet',
    ]);
    expect(code).toBe(0);
    const explanation = JSON.parse(stdout) as Explanation;
    expect(explanation.subject).toMatchObject({ kind: 'aggregator', status: 'CUSTOM' });
    expect(explanation.items.map(({ member, now, after }) => [member.name, now, after])).toEqual([
      ['ci-dev', true, null],
      ['sandbox-payments', true, null],
      ['sandbox-retail', true, null],
    ]);
  });

  it('asks nothing of Cloud Config for a contact, and never writes', async () => {
    const url = await startEmulator(CLOUD);
    const { code } = await reconcile(['explain', 'c-0pTfrKGVLNnjKgoN', '--endpoint', url], {
      env: signingWith(OPERATOR),
    });
    expect(code).toBe(0);
    const calls = await callsOf(url);
    expect(calls.map(({ action }) => action)).not.toContain('ListAggregators');
    expect(writesIn(calls)).toEqual([]);
  });

  it('ends with 65 and a guess when nothing is called so', async () => {
    const { code, stdout, stderr } = await reconcile(['explain', 'ShipOnCal', MANIFEST, '--emulate', CLOUD]);
    expect(stderr).toContain('did you mean \\"ShipOnCall\\"?');
    expect({ code, stdout }).toEqual({ code: 65, stdout: '' });
  });
});
