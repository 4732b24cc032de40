import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/outcome.ts';
import { parseWindow } from '../../src/model/write-window.ts';
import type { Directory } from '../apply/support/emulated-directory.ts';
import { account, range } from '../apply/support/emulated-directory.ts';
import { EmulatedJobs, isWrite, type Run } from '../apply/support/emulated-job.ts';
import { differences } from '../apply/support/scenario.ts';
import { untruths } from '../apply/support/truth.ts';
import { applySettings } from '../support/apply-settings.ts';
import { START } from '../support/fake-time.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** The first run starts at midnight in UTC. */
function windowOf(text: string) {
  const window = parseWindow(text);
  if (window === undefined) throw new Error(`${text} is no window`);
  return window;
}

/** Contacts that want five accounts each and have none: a call each. */
const contacts = (count: number): Directory => ({
  accounts: 200,
  contacts: range(1, count).map((n) => ({
    id: `c-${String(n).padStart(16, '0')}`,
    now: [],
    wanted: range(1, 5).map((step) => ((n * 5 + step) % 200) + 1),
  })),
  groups: [],
});

/** Reaches whoever another contact lets go. */
const KEEPER = { id: 'c-K000000000000000', now: [1, 2], wanted: [1, 2] };

const outcomesOf = ({ result }: Run): Outcome[] => [...(result?.outcomes.values() ?? [])];
const counts = (run: Run): Record<string, number> => {
  const statuses = outcomesOf(run).map(({ status }) => status);
  return Object.fromEntries(
    [...new Set(statuses)].map((status) => [status, statuses.filter((one) => one === status).length]),
  );
};
const reachedIn = ({ result }: Run): number =>
  [...(result?.coverage?.values() ?? [])].filter((reaches) => reaches.length > 0).length;
const writesOf = ({ calls }: Run) => calls.filter(isWrite);

describe('a window', () => {
  const BECAUSE = 'no write starts outside of the window 00:00-00:01 UTC';

  it('that ends while a job writes leaves the rest to the next run, and what was written is read back', async () => {
    const directory = contacts(20);
    const jobs = new EmulatedJobs(directory);
    const settings = { window: windowOf('00:00-00:01'), pauseMs: 10 * SECOND_MS };
    const first = await jobs.run({ settings });
    expect(counts(first)).toEqual({ applied: 30, skipped: 70 });
    expect(new Set(outcomesOf(first).filter(({ status }) => status === 'skipped'))).toEqual(
      new Set(Array.from({ length: 70 }, () => ({ status: 'skipped', because: BECAUSE }))),
    );
    expect(first.result).toMatchObject({
      exitCode: 3,
      result: 'partial',
      verification: { status: 'residual' },
      problems: [
        {
          code: 'window-closed',
          severity: 'warning',
          message: `70 changes are left because ${BECAUSE}; run again inside of it`,
        },
      ],
    });
    expect(first.result?.verification.residual).toHaveLength(70);
    expect([...jobs.violations, ...untruths(first)]).toEqual([]);
  });

  it('that is not open when a job starts lets it read and plan, and no more', async () => {
    const directory = contacts(3);
    const jobs = new EmulatedJobs(directory);
    const run = await jobs.run({ settings: { window: windowOf('22:00-05:00 America/New_York') } });
    expect(writesOf(run)).toEqual([]);
    expect([run.result?.exitCode, run.result?.result, counts(run)]).toEqual([3, 'partial', { skipped: 15 }]);
    expect(jobs.events.filter(({ type }) => type === 'warning')).toEqual([
      {
        type: 'warning',
        message:
          'it is 19:00, outside of the window 22:00-05:00 America/New_York: this run reads and plans, and writes nothing',
      },
    ]);
    expect(run.result?.problems.map(({ code }) => code)).toEqual(['window-closed']);
  });

  it('that is not open leaves everybody reached by whom they were, and the report says so', async () => {
    const jobs = new EmulatedJobs(contacts(3));
    const shut = await jobs.run({ settings: { window: windowOf('22:00-23:00') } });
    const open = await jobs.run();
    expect([shut, open].map(reachedIn)).toEqual([0, 15]);
  });

  it('that is not open is no reason for a removal that the guard withheld', async () => {
    const moved = { id: 'c-A000000000000000', now: range(1, 8), wanted: [1, 9] };
    const keeper = { id: KEEPER.id, now: range(1, 8), wanted: range(1, 8) };
    const jobs = new EmulatedJobs({ accounts: 20, contacts: [moved, keeper], groups: [] });
    const guard = { ...applySettings().guard, maxRemovals: 1, onGuard: 'additions-only' as const };
    const run = await jobs.run({ settings: { guard, window: windowOf('22:00-23:00') } });
    const reasons = outcomesOf(run).map((outcome) => outcome.status === 'skipped' && outcome.because);
    const shut = 'no write starts outside of the window 22:00-23:00 UTC';
    expect(reasons.filter((because) => because === shut)).toHaveLength(1);
    expect(
      reasons.filter((because) => because === 'the guard refused the removals of this plan'),
    ).toHaveLength(7);
    expect(run.result?.problems.map(({ message }) => message)).toEqual([
      `1 change is left because ${shut}; run again inside of it`,
    ]);
  });

  it('says nothing about a directory that is in sync: 0', async () => {
    const directory = contacts(1);
    const jobs = new EmulatedJobs(directory);
    await jobs.run();
    const run = await jobs.run({ settings: { window: windowOf('22:00-23:00') } });
    expect([run.result?.exitCode, run.result?.problems]).toEqual([0, []]);
  });

  it('does not bind a dry run', async () => {
    const jobs = new EmulatedJobs(contacts(1));
    const run = await jobs.run({ settings: { mode: 'plan', window: windowOf('22:00-23:00') } });
    expect([run.result?.exitCode, run.result?.problems, jobs.events.map(({ type }) => type)]).toEqual([
      2,
      [],
      expect.not.arrayContaining(['warning']),
    ]);
  });

  it('that ends between a removal that makes room and its addition lets the addition out', async () => {
    const full = { id: 'c-A000000000000000', now: range(1, 10), wanted: range(2, 11) };
    const jobs = new EmulatedJobs({ accounts: 20, contacts: [full, KEEPER], groups: [] });
    await jobs.clock.finish(jobs.clock.sleep(55 * SECOND_MS));
    const run = await jobs.run({
      settings: { window: windowOf('00:00-00:01') },
      faults: { 1: { kind: 'slow', delayMs: 8 * SECOND_MS } },
    });
    expect(writesOf(run).map(({ action, at }) => [action, at >= START + MINUTE_MS])).toEqual([
      ['DisassociateMembers', false],
      ['AssociateMembers', true],
    ]);
    expect(run.result?.exitCode).toBe(0);
  });

  it('that ends before that removal keeps both back', async () => {
    const full = { id: 'c-A000000000000000', now: range(1, 10), wanted: range(2, 11) };
    const first = { id: 'c-B000000000000000', now: [1], wanted: [1, 2] };
    const jobs = new EmulatedJobs({ accounts: 20, contacts: [full, first, KEEPER], groups: [] });
    await jobs.clock.finish(jobs.clock.sleep(55 * SECOND_MS));
    const run = await jobs.run({
      settings: { window: windowOf('00:00-00:01') },
      faults: { 1: { kind: 'slow', delayMs: 8 * SECOND_MS } },
    });
    expect(writesOf(run).map(({ owner }) => owner)).toEqual([first.id]);
    expect(counts(run)).toEqual({ skipped: 2, applied: 1 });
  });
});

describe('pauses', () => {
  it('do not stand between a removal that makes room and its addition', async () => {
    const full = { id: 'c-A000000000000000', now: range(1, 10), wanted: [...range(3, 10), 11, 12] };
    const jobs = new EmulatedJobs({ accounts: 20, contacts: [full, KEEPER], groups: [] });
    const run = await jobs.run({ settings: { pauseMs: HOUR_MS } });
    expect(writesOf(run).map(({ action }) => action)).toEqual(['DisassociateMembers', 'AssociateMembers']);
    expect(run.elapsedMs).toBeLessThan(HOUR_MS);
    expect(run.result?.exitCode).toBe(0);
  });

  it('have the contacts read before every removal, so that one is held back when its ground is gone', async () => {
    const keeper = { id: 'c-B000000000000000', now: range(1, 3), wanted: range(1, 3) };
    const leaving = ['C', 'D', 'E'].map((letter, index) => ({
      id: `c-${letter}000000000000000`,
      now: [index + 1, 9],
      wanted: [9],
    }));
    const jobs = new EmulatedJobs({ accounts: 20, contacts: [keeper, ...leaving], groups: [] });
    let removals = 0;
    const run = await jobs.run({
      settings: { pauseMs: HOUR_MS },
      beforeCall: (_, { action }, cloud) => {
        if (action !== 'DisassociateMembers' || (removals += 1) > 1) return;
        // Somebody takes the last account from the contact that the plan counts on.
        cloud.setContactMembers(keeper.id, [1, 2].map(account));
      },
    });
    expect(counts(run)).toEqual({ applied: 2, skipped: 1 });
    expect(run.result?.outcomes.get(`unbind:${leaving[2]?.id}:${account(3)}`)).toEqual({
      status: 'skipped',
      because: `account ${account(3)} would be left without what the plan keeps for it: ${keeper.id} is not bound to ${account(3)}`,
    });
  });
});

describe('pauses between contacts at their cap', () => {
  it('have all contacts read before each, so that one is held back when its ground is gone', async () => {
    const keeper = { id: 'c-K000000000000000', now: [1, 2], wanted: [1, 2] };
    const full = ['A', 'B'].map((letter, index) => ({
      id: `c-${letter}000000000000000`,
      now: [index + 1, ...range(3, 11)],
      wanted: range(3, 12),
    }));
    const jobs = new EmulatedJobs({ accounts: 20, contacts: [keeper, ...full], groups: [] });
    let removals = 0;
    const run = await jobs.run({
      settings: { pauseMs: HOUR_MS },
      beforeCall: (_, { action }, cloud) => {
        if (action !== 'DisassociateMembers' || (removals += 1) > 1) return;
        // Somebody takes the account of the second from the contact that the plan counts on.
        cloud.setContactMembers(keeper.id, [account(1)]);
      },
    });
    expect(writesOf(run).map(({ owner, action }) => [owner, action])).toEqual([
      [full[0]?.id, 'DisassociateMembers'],
      [full[0]?.id, 'AssociateMembers'],
    ]);
    expect(counts(run)).toEqual({ applied: 2, skipped: 2 });
    const because = `account ${account(2)} would be left without what the plan keeps for it: ${keeper.id} is not bound to ${account(2)}`;
    expect(run.result?.outcomes.get(`unbind:${full[1]?.id}:${account(2)}`)).toEqual({
      status: 'skipped',
      because,
    });
  });
});

describe('a migration of 3,000 bindings', () => {
  const PAUSE_MS = 50 * SECOND_MS;
  const DAY_MS = 24 * HOUR_MS;

  it('that is stopped by a canary, a deadline and windows goes on each time, and ends in sync', async () => {
    const directory = contacts(600);
    const jobs = new EmulatedJobs(directory);
    const paced = { pauseMs: PAUSE_MS, window: windowOf('22:00-02:00 UTC') };
    const bound = (): number =>
      jobs.cloud.snapshot().contacts.reduce((sum, { members }) => sum + members.length, 0);
    const runs: Run[] = [];
    const run = async (trouble: Parameters<EmulatedJobs['run']>[0]): Promise<number> => {
      const done = await jobs.run(trouble);
      runs.push(done);
      return done.result?.exitCode ?? Number.NaN;
    };

    expect([await run({ settings: { ...paced, maxChanges: 50 } }), bound()]).toEqual([3, 50]);
    expect([await run({ settings: paced, deadlineMs: HOUR_MS }), bound() > 50]).toEqual([3, true]);
    const afterDeadline = bound();
    expect([await run({ settings: paced }), bound() > afterDeadline]).toEqual([3, true]);
    for (let night = 1; night <= 2; night += 1) {
      const tenAtNight = START + (night - 1) * DAY_MS + 22 * HOUR_MS;
      await jobs.clock.finish(jobs.clock.sleep(tenAtNight - jobs.clock.now()));
      await run({ settings: paced });
    }
    expect([await run({ settings: { mode: 'plan' } }), bound()]).toEqual([0, 3000]);

    expect(runs.map(({ result }) => result?.exitCode)).toEqual([3, 3, 3, 3, 0, 0]);
    const writes = runs.flatMap(writesOf);
    expect(writes).toHaveLength(600);
    for (const { calls } of runs) {
      const at = calls.filter(isWrite).map((call) => call.at);
      expect(at.filter((time, index) => index > 0 && time - (at[index - 1] ?? 0) < PAUSE_MS)).toEqual([]);
    }
    expect(writes.filter(({ at }) => ((at - START) / HOUR_MS + 2) % 24 >= 4)).toEqual([]);
    expect(differences(directory, jobs.cloud)).toEqual([]);
    expect([...jobs.violations, ...runs.flatMap(untruths)]).toEqual([]);
  }, 120_000);
});
