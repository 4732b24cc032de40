import { describe, expect, it } from 'vitest';
import type { EmulatedCloud } from '../../src/emulator/emulated-cloud.ts';
import { buildReport } from '../../src/report/build-report.ts';
import { renderMetrics } from '../../src/report/metrics.ts';
import { renderSummary } from '../../src/report/summary-text.ts';
import { account, accounts, type Directory, MANAGEMENT } from './support/emulated-directory.ts';
import { EmulatedJobs, isWrite, type Run, type Trouble } from './support/emulated-job.ts';

const OPS = 'c-A000000000000000';
const DUTY = 'c-B000000000000000';
const PCI = 'ca-A0000000000000000000';

const WORLD: Directory = {
  accounts: 9,
  contacts: [
    { id: OPS, now: [1, 2, 3], wanted: [1, 2, 3, 4] },
    { id: DUTY, now: [5], wanted: [5] },
  ],
  groups: [{ id: PCI, now: [1, 2], wanted: [1, 2, 3] }],
};

/** Somebody else's change, once, right before the first write of the run. */
function meanwhile(change: (cloud: EmulatedCloud) => void): NonNullable<Trouble['beforeCall']> {
  let isDone = false;
  return (_, request, cloud) => {
    if (isDone || !isWrite(request)) return;
    isDone = true;
    change(cloud);
  };
}

async function disturbed(change: (cloud: EmulatedCloud) => void, world = WORLD) {
  const jobs = new EmulatedJobs(world);
  const first = await jobs.run({ beforeCall: meanwhile(change) });
  return { first, next: await jobs.run() };
}

const verificationOf = ({ result }: Run) => result?.verification;
const planned = ({ result }: Run) => result?.plan?.changes.map(({ id }) => id);

describe('what was as written, and is not when everything is read back', () => {
  it('is residual where somebody else unbound it, so that the run does not end with 0', async () => {
    const { first, next } = await disturbed((cloud) => cloud.setContactMembers(OPS, accounts(3)));
    const undone = [`bind:${OPS}:${account(1)}`, `bind:${OPS}:${account(2)}`];
    expect(first.result).toMatchObject({ exitCode: 3, result: 'partial' });
    expect([...(first.result?.outcomes.values() ?? [])].map(({ status }) => status)).toEqual([
      'applied',
      'applied',
    ]);
    expect(verificationOf(first)).toEqual({ status: 'residual', residual: undone });
    expect(planned(next)).toEqual(undone);
    expect(next.result?.exitCode).toBe(0);
  });

  it('is residual where somebody else wrote the group without it before our update', async () => {
    const world = { ...WORLD, contacts: [] };
    const overwrite = (cloud: EmulatedCloud) => cloud.setAggregatorAccounts(PCI, [MANAGEMENT, account(8)]);
    const jobs = new EmulatedJobs(world);
    const first = await jobs.run({
      beforeCall: (_, request, cloud) => {
        if (
          request.action === 'GetAggregator' &&
          cloud.calls().some(({ action }) => action === request.action)
        )
          if (!cloud.calls().some(isWrite)) overwrite(cloud);
      },
    });
    const undone = [`add-account:${PCI}:${account(1)}`, `add-account:${PCI}:${account(2)}`];
    expect(first.result?.exitCode).toBe(3);
    expect(verificationOf(first)).toEqual({ status: 'residual', residual: undone });
    const next = await jobs.run({ settings: { mode: 'plan' } });
    expect(planned(next)).toEqual([...undone, `remove-account:${PCI}:${account(8)}`]);
  });

  it('is looked for under every contact that is read back, also one that the plan leaves as it is', async () => {
    const { first } = await disturbed((cloud) => cloud.setContactMembers(DUTY, []));
    expect(verificationOf(first)?.residual).toEqual([`bind:${DUTY}:${account(5)}`]);
  });

  it('is not what others added, and costs no call more', async () => {
    const calm = await new EmulatedJobs(WORLD).run();
    const { first } = await disturbed((cloud) => cloud.setContactMembers(DUTY, accounts(5, 6)));
    expect(first.result?.exitCode).toBe(0);
    expect(verificationOf(first)).toEqual({ status: 'in-sync', residual: [] });
    expect(first.sent).toBe(calm.sent);
    const { first: taken } = await disturbed((cloud) => cloud.setContactMembers(DUTY, []));
    expect(taken.sent).toBe(calm.sent);
  });

  it('is told with the line that wants it, in the summary, and in the metrics', async () => {
    const { first } = await disturbed((cloud) => cloud.setContactMembers(OPS, accounts(2, 3)));
    if (first.result === undefined) throw new Error('the run died');
    expect(first.result.problems).toEqual([
      {
        code: 'undone-meanwhile',
        severity: 'warning',
        source: { file: 'manifest.yaml', line: 5, column: expect.any(Number) },
        message: `bind:${OPS}:${account(1)}: it was there when the plan was made, and gone when everything was read back: somebody else took it away, or it left the directory; run again`,
      },
    ]);
    const run = { id: 'run-1', mode: 'apply', startedAt: 0, finishedAt: 1, targets: [first.result] } as const;
    const report = buildReport(run, { name: 'rd-reconcile', version: '1.0.0' });
    expect(renderSummary(report, { color: false })).toContain(
      'residual  1 change still needed, as last read',
    );
    expect(await renderMetrics(report)).toContain('rd_reconcile_open_changes{target="emulated"} 1\n');
  });

  it('is named twenty times at the most', async () => {
    const many = Array.from({ length: 30 }, (_, index) => index + 1);
    const world = {
      accounts: 40,
      contacts: [{ id: OPS, now: [1], wanted: [1, 2] }],
      groups: [{ id: PCI, now: many, wanted: [...many, 31] }],
    };
    const { first } = await disturbed((cloud) => cloud.setAggregatorAccounts(PCI, [MANAGEMENT]), world);
    expect(first.result?.problems).toHaveLength(21);
    expect(first.result?.problems.at(-1)?.message).toBe(
      '10 more bindings and memberships are not as written any more; run again',
    );
  });
});
