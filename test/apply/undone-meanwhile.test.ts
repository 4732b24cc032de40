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

describe('what was so before its turn, and is not when everything is read back', () => {
  const statusesOf = ({ result }: Run) =>
    Object.fromEntries([...(result?.outcomes ?? [])].map(([id, { status }]) => [id, status]));
  const reportOf = ({ result }: Run) => {
    if (result === undefined) throw new Error('the run died');
    const run = { id: 'run-1', mode: 'apply', startedAt: 0, finishedAt: 1, targets: [result] } as const;
    return buildReport(run, { name: 'rd-reconcile', version: '1.0.0' });
  };

  /** Somebody else's writes, each right before a call, by its action and how many of these there were before. */
  async function playedWith(
    world: Directory,
    writes: Readonly<Record<string, (cloud: EmulatedCloud) => void>>,
  ) {
    const jobs = new EmulatedJobs(world);
    const seen = new Map<string, number>();
    const first = await jobs.run({
      beforeCall: (_, { action }, cloud) => {
        const count = (seen.get(action) ?? 0) + 1;
        seen.set(action, count);
        writes[`${action} ${count}`]?.(cloud);
      },
    });
    return { first, jobs };
  }

  it('is residual where somebody unbound it before the removals, and bound it again after them', async () => {
    const world = {
      accounts: 9,
      contacts: [
        { id: OPS, now: [1, 2], wanted: [1, 3] },
        { id: DUTY, now: [2], wanted: [2] },
      ],
      groups: [],
    };
    const { first, jobs } = await playedWith(world, {
      'AssociateMembers 1': (cloud) => cloud.setContactMembers(OPS, accounts(1)),
      'ListMessageContacts 3': (cloud) => cloud.setContactMembers(OPS, accounts(1, 2, 3)),
    });
    const id = `unbind:${OPS}:${account(2)}`;
    expect(statusesOf(first)).toEqual({ [`bind:${OPS}:${account(3)}`]: 'applied', [id]: 'already' });
    expect(first.result).toMatchObject({ exitCode: 3, result: 'partial' });
    expect(verificationOf(first)).toEqual({ status: 'residual', residual: [id] });
    expect(first.result?.problems).toMatchObject([
      {
        code: 'undone-meanwhile',
        message: `${id}: it was gone before its turn came, and there when everything was read back: somebody else took it away and put it back; run again`,
      },
    ]);
    expect(await renderMetrics(reportOf(first))).toContain(
      'rd_reconcile_open_changes{target="emulated"} 1\n',
    );
    const next = await jobs.run();
    expect([planned(next), next.result?.exitCode]).toEqual([[id], 0]);
  });

  it('is residual where somebody put it into the group before our update, and took it out again', async () => {
    const world = { ...WORLD, contacts: [] };
    const { first } = await playedWith(world, {
      'GetAggregator 2': (cloud) => cloud.setAggregatorAccounts(PCI, [MANAGEMENT, ...accounts(1, 2, 3)]),
      'GetAggregator 3': (cloud) => cloud.setAggregatorAccounts(PCI, [MANAGEMENT, ...accounts(1, 2)]),
    });
    const id = `add-account:${PCI}:${account(3)}`;
    expect(statusesOf(first)).toEqual({ [id]: 'already' });
    expect(first.result?.exitCode).toBe(3);
    expect(verificationOf(first)).toEqual({ status: 'residual', residual: [id] });
    expect(first.result?.problems[0]?.message).toBe(
      `${id}: it was there before its turn came, and gone when everything was read back: somebody else put it there and took it away again; run again`,
    );
  });

  it('is residual where the service refused the member because somebody had bound it, and unbound it then', async () => {
    const jobs = new EmulatedJobs({ ...WORLD, groups: [] });
    const id = `bind:${OPS}:${account(4)}`;
    let isBound = false;
    const first = await jobs.run({
      faults: { 1: { kind: 'error', code: 'InvalidMember', status: 400 } },
      beforeCall: (_, { action }, cloud) => {
        if (action === 'GetMessageContact' && !isBound) {
          isBound = true;
          cloud.setContactMembers(OPS, accounts(1, 2, 3, 4));
        } else if (action === 'ListMessageContacts' && isBound)
          cloud.setContactMembers(OPS, accounts(1, 2, 3));
      },
    });
    expect(statusesOf(first)).toEqual({ [id]: 'already' });
    expect(first.result?.exitCode).toBe(3);
    expect(verificationOf(first)).toEqual({ status: 'residual', residual: [id] });
  });
});
