import { describe, expect, it } from 'vitest';
import { verify } from '../../src/apply/verify.ts';
import type { Change } from '../../src/model/plan.ts';
import { addAccount, bind, failure, unbind } from '../support/world.ts';
import { Bench } from './support/bench.ts';
import { account } from './support/emulated-directory.ts';

const A = 'c-A000000000000000';
const G = 'ca-A0000000000000000000';
const BIND = bind(A, account(1));
const UNBIND = unbind(A, account(2));
const ADD = addAccount(G, account(1));
const lost = failure('unknown-effect', 'NoAnswer');

interface World {
  /** Numbers of the accounts that the contact and the group hold. */
  readonly now?: readonly number[];
  readonly faults?: readonly object[];
  readonly behaviour?: Readonly<Record<string, unknown>>;
}

function benchWith(changes: readonly Change[], { now = [], faults = [], behaviour = {} }: World = {}): Bench {
  const directory = {
    accounts: 9,
    contacts: [{ id: A, now, wanted: [] }],
    groups: [{ id: G, now, wanted: [] }],
    behaviour,
  };
  return new Bench(directory, changes, faults);
}

const statuses = (outcomes: ReadonlyMap<string, { readonly status: string }>) =>
  [...outcomes.values()].map(({ status }) => status);

describe('what was acknowledged', () => {
  it('is applied and in sync only once it was seen', async () => {
    const bench = benchWith([BIND, UNBIND, ADD], { now: [1] });
    bench.context.ledger.find([BIND, UNBIND, ADD], { kind: 'acknowledged' });
    const { outcomes, verification, contacts } = await bench.finish(verify(bench.context, []));
    expect(statuses(outcomes)).toEqual(['applied', 'applied', 'applied']);
    expect(verification).toEqual({ status: 'in-sync', residual: [] });
    expect(contacts?.size).toBe(1);
    expect(bench.clock.elapsed()).toBeLessThan(100);
  });

  it('is not visible and residual when it does not show for the settle time', async () => {
    const bench = benchWith([BIND, UNBIND], { now: [2] });
    bench.context.ledger.find([BIND, UNBIND], { kind: 'acknowledged' });
    const { outcomes, verification } = await bench.finish(verify(bench.context, []));
    expect(statuses(outcomes)).toEqual(['not-visible', 'not-visible']);
    expect(verification).toEqual({ status: 'residual', residual: [BIND.id, UNBIND.id] });
    expect(bench.clock.elapsed()).toBeGreaterThanOrEqual(30_000);
    expect(bench.clock.elapsed()).toBeLessThan(31_000);
  });

  it('is waited for when readings lag, and is then in sync', async () => {
    const bench = benchWith([BIND], { behaviour: { visibilityDelayMs: 8000 } });
    bench.cloud.setContactMembers(A, [account(1)]);
    bench.context.ledger.find([BIND], { kind: 'acknowledged' });
    const { outcomes, verification } = await bench.finish(verify(bench.context, []));
    expect(statuses(outcomes)).toEqual(['applied']);
    expect(verification.status).toBe('in-sync');
    expect(bench.clock.elapsed()).toBeGreaterThanOrEqual(8000);
    expect(bench.clock.elapsed()).toBeLessThan(13_000);
  });

  it('is no claim of in sync when it cannot be read back', async () => {
    const faults = [{ action: 'ListMessageContacts', kind: 'unavailable', times: 'always' }];
    const bench = benchWith([BIND], { faults });
    bench.context.ledger.find([BIND], { kind: 'acknowledged' });
    const { outcomes, verification, contacts } = await bench.finish(verify(bench.context, []));
    expect(statuses(outcomes)).toEqual(['applied']);
    expect(verification.status).toBe('not-run');
    expect(contacts).toBeUndefined();
  });

  it('of an account group is no claim either when the group cannot be read back', async () => {
    const faults = [{ action: 'GetAggregator', kind: 'unavailable', times: 'always' }];
    const bench = benchWith([ADD], { faults });
    bench.context.ledger.find([ADD], { kind: 'acknowledged' });
    const { verification } = await bench.finish(verify(bench.context, []));
    expect(verification.status).toBe('not-run');
  });
});

describe('what was sent and never answered', () => {
  it('is waited for until it cannot land any more, and only then read: what lands late is applied', async () => {
    const bench = benchWith([BIND]);
    const { ledger } = bench.context;
    ledger.sent([BIND], bench.clock.now());
    ledger.unanswered([BIND], bench.clock.monotonic(), lost);
    void bench.clock.sleep(29_000).then(() => bench.cloud.setContactMembers(A, [account(1)]));
    const { outcomes, verification } = await bench.finish(verify(bench.context, []));
    expect(statuses(outcomes)).toEqual(['applied']);
    expect(verification.status).toBe('in-sync');
    expect(bench.events[0]).toMatchObject({ type: 'wait', ms: 30_000 });
    const [reading] = bench.cloud.calls();
    expect((reading?.at ?? 0) - (ledger.of(BIND).lastUnanswered?.at ?? 0)).toBeGreaterThanOrEqual(30_000);
  });

  it.each([-3_600_000, 3_600_000])('has its time also where the clock is set by %i ms', async (byMs) => {
    const bench = benchWith([BIND]);
    bench.context.ledger.unanswered([BIND], bench.clock.monotonic(), lost);
    bench.clock.set(byMs);
    const { outcomes } = await bench.finish(verify(bench.context, []));
    expect(statuses(outcomes)).toEqual(['failed']);
    expect(bench.clock.elapsed()).toBeGreaterThanOrEqual(30_000);
    expect(bench.clock.elapsed()).toBeLessThan(31_000);
  });

  it('has failed when it does not show after that', async () => {
    const bench = benchWith([BIND]);
    bench.context.ledger.unanswered([BIND], bench.clock.monotonic(), lost);
    const { outcomes, verification } = await bench.finish(verify(bench.context, []));
    expect(outcomes.get(BIND.id)).toMatchObject({ status: 'failed', code: 'NoAnswer' });
    expect(verification).toEqual({ status: 'residual', residual: [BIND.id] });
  });

  it('stays uncertain when the run is halted before it can have landed', async () => {
    const bench = benchWith([BIND]);
    bench.context.ledger.unanswered([BIND], bench.clock.monotonic(), lost);
    bench.halt.halt({ kind: 'deadline' });
    const { outcomes, verification } = await bench.finish(verify(bench.context, []));
    expect(outcomes.get(BIND.id)).toMatchObject({ status: 'uncertain', code: 'NoAnswer' });
    expect(verification.status).toBe('not-run');
    expect(bench.clock.elapsed()).toBeLessThan(1000);
  });

  it('is never in sync while it may land, even if all shows as it should', async () => {
    const bench = benchWith([BIND], { now: [1] });
    const contacts = await bench.finish(bench.context.state.contacts());
    const state = { ...bench.context.state, contacts: () => Promise.resolve(contacts) };
    bench.context.ledger.unanswered([BIND], bench.clock.monotonic(), lost);
    bench.halt.halt({ kind: 'interrupted', signal: 'SIGINT' });
    const { outcomes, verification } = await bench.finish(verify({ ...bench.context, state }, []));
    expect(statuses(outcomes)).toEqual(['applied']);
    expect(verification).toEqual({ status: 'not-run', residual: [] });
  });
});

describe('what was as written', () => {
  const KEPT = [bind(A, account(3)), unbind(A, account(4)), addAccount(G, account(3))];

  it('is residual and undone where the readings show that it is not so any more', async () => {
    const bench = benchWith([BIND, ADD], { now: [1, 4] });
    bench.context.ledger.find([BIND, ADD], { kind: 'acknowledged' });
    const { verification, undone } = await bench.finish(verify(bench.context, KEPT));
    expect(verification).toEqual({ status: 'residual', residual: KEPT.map(({ id }) => id) });
    expect(undone).toEqual(KEPT);
    expect(bench.clock.elapsed()).toBeLessThan(100);
  });

  it('is in sync where it is so still, and not looked at where nothing is read back for the plan', async () => {
    const bench = benchWith([BIND], { now: [1, 3] });
    bench.context.ledger.find([BIND], { kind: 'acknowledged' });
    const { verification, undone } = await bench.finish(verify(bench.context, KEPT));
    expect(verification).toEqual({ status: 'in-sync', residual: [] });
    expect(undone).toEqual([]);
    expect(bench.cloud.calls().map(({ action }) => action)).toEqual(['ListMessageContacts']);
  });

  it('is undone with a contact that does not exist any more, and what was absent there is as it should be', async () => {
    const bench = benchWith([BIND], { now: [1] });
    bench.context.ledger.find([BIND], { kind: 'acknowledged' });
    const kept = [bind('c-gone', account(3)), unbind('c-gone', account(4))];
    const { undone } = await bench.finish(verify(bench.context, kept));
    expect(undone.map(({ id }) => id)).toEqual([`bind:c-gone:${account(3)}`]);
  });

  it('is not said to be undone where the readings failed', async () => {
    const faults = [{ action: 'ListMessageContacts', kind: 'unavailable', times: 'always' }];
    const bench = benchWith([BIND], { faults });
    bench.context.ledger.find([BIND], { kind: 'acknowledged' });
    const { verification, undone } = await bench.finish(verify(bench.context, KEPT));
    expect(verification).toEqual({ status: 'not-run', residual: [] });
    expect(undone).toEqual([]);
  });
});

describe('what is left', () => {
  it('is what does not show, but not what the service no longer lets be done', async () => {
    const bench = benchWith([BIND, UNBIND, ADD], { now: [2] });
    const { ledger } = bench.context;
    ledger.find([BIND], { kind: 'refused', failure: failure('member-refused', 'InvalidMember') });
    ledger.find([UNBIND], { kind: 'already', because: 'it left the directory', code: 'InvalidMember' });
    ledger.find([ADD], { kind: 'skipped', because: 'the deadline was reached' });
    const { outcomes, verification } = await bench.finish(verify(bench.context, []));
    expect(statuses(outcomes)).toEqual(['failed', 'already', 'skipped']);
    expect(verification).toEqual({ status: 'residual', residual: [BIND.id, ADD.id] });
  });

  it('is also what was so before its turn, and is not so any more', async () => {
    const changes = [BIND, UNBIND, ADD];
    const bench = benchWith(changes, { now: [2] });
    bench.context.ledger.find(changes, { kind: 'already', because: 'it was so' });
    const { outcomes, verification, takenBack } = await bench.finish(verify(bench.context, []));
    expect(statuses(outcomes)).toEqual(['already', 'already', 'already']);
    expect(verification).toEqual({ status: 'residual', residual: changes.map(({ id }) => id) });
    expect(takenBack).toEqual(changes);
    expect(bench.clock.elapsed()).toBeLessThan(100);
  });

  it('is nothing of what was so before its turn, and still is', async () => {
    const changes = [BIND, UNBIND, ADD];
    const bench = benchWith(changes, { now: [1] });
    bench.context.ledger.find(changes, { kind: 'already', because: 'it was so' });
    const { verification, takenBack } = await bench.finish(verify(bench.context, []));
    expect([verification, takenBack]).toEqual([{ status: 'in-sync', residual: [] }, []]);
  });

  it('is one reading of the contacts and one of each group, and none of what the plan does not touch', async () => {
    const bench = benchWith([ADD], { now: [1] });
    bench.context.ledger.find([ADD], { kind: 'acknowledged' });
    await bench.finish(verify(bench.context, []));
    expect(bench.cloud.calls().map(({ action }) => action)).toEqual(['GetAggregator']);
  });
});
