import { describe, expect, it } from 'vitest';
import { performChunk } from '../../src/apply/perform-chunk.ts';
import { HaltedError } from '../../src/model/halt.ts';
import type { BindingChange, Chunk } from '../../src/model/plan.ts';
import type { PacedCall } from '../../src/model/ports.ts';
import { bind, unbind } from '../support/world.ts';
import { Bench } from './support/bench.ts';
import { account, accounts, type Directory, range } from './support/emulated-directory.ts';

const A = 'c-A000000000000000';
const FIVE = [1, 2, 3, 4, 5];

interface World {
  readonly now?: readonly number[];
  readonly faults?: readonly object[];
  readonly behaviour?: Readonly<Record<string, unknown>>;
  /** The accounts of the directory, as they were read before. */
  readonly read?: readonly number[];
}

/** A chunk of one contact, carried out. */
async function perform(
  changes: readonly [BindingChange, ...BindingChange[]],
  { now = [], faults = [], behaviour = {}, read = [] }: World = {},
  prepare: (bench: Bench) => void = () => undefined,
) {
  const bench = new Bench(directoryWith(now, behaviour), changes, faults, accounts(...read));
  prepare(bench);
  const [{ contactId, action }] = changes;
  const chunk: Chunk = { contactId, action, changes };
  const closed = await bench.finish(performChunk(bench.context, chunk));
  const findings = changes.map((change) => bench.finding(change).kind);
  return { bench, closed, findings, sizes: bench.writes.map(({ members }) => members.length) };
}

function directoryWith(now: readonly number[], behaviour: Readonly<Record<string, unknown>>): Directory {
  return { accounts: 30, contacts: [{ id: A, now, wanted: [] }], groups: [], behaviour };
}

const binds = (numbers: readonly number[]) => numbers.map((n) => bind(A, account(n))) as Some;
const unbinds = (numbers: readonly number[]) => numbers.map((n) => unbind(A, account(n))) as Some;
type Some = [BindingChange, ...BindingChange[]];

describe('a chunk that is taken', () => {
  it('is one call, with its intent on disk before and its answer after', async () => {
    const { bench, closed, findings, sizes } = await perform(binds(FIVE));
    expect(sizes).toEqual([5]);
    expect(findings).toEqual(FIVE.map(() => 'acknowledged'));
    expect(closed).toBeUndefined();
    expect(bench.held(A)).toEqual(accounts(...FIVE));
    expect(bench.journal).toMatchObject([
      { action: 'AssociateMembers', owner: A, members: accounts(...FIVE), clientToken: undefined },
      { settles: 1, result: 'acknowledged' },
    ]);
  });

  it('is unbound by its own action', async () => {
    const { bench, findings } = await perform(unbinds([1, 2]), { now: [1, 2, 3] });
    expect(bench.writes.map(({ action }) => action)).toEqual(['DisassociateMembers']);
    expect(findings).toEqual(['acknowledged', 'acknowledged']);
    expect(bench.held(A)).toEqual(accounts(3));
  });
});

describe('a member that is refused', () => {
  // Halving leaves the refused one alone: with five members after the sizes 5, 3 and 2, with the other halves between.
  it.each([
    { refused: 1, sizes: [5, 3, 2, 1, 1, 1, 2] },
    { refused: 2, sizes: [5, 3, 2, 1, 1, 1, 2] },
    { refused: 3, sizes: [5, 3, 2, 1, 2] },
    { refused: 4, sizes: [5, 3, 2, 1, 1] },
    { refused: 5, sizes: [5, 3, 2, 1, 1] },
  ])('number $refused fails alone, and the other four are bound', async ({ refused, sizes: expected }) => {
    const faults = [{ member: account(refused), kind: 'error', code: 'InvalidMember', times: 'always' }];
    const { bench, closed, findings, sizes } = await perform(binds(FIVE), { faults });
    expect(findings).toEqual(FIVE.map((n) => (n === refused ? 'refused' : 'acknowledged')));
    expect(bench.held(A)).toEqual(accounts(...FIVE.filter((n) => n !== refused)));
    expect(sizes).toEqual(expected);
    expect(closed).toBeUndefined();
  });

  it('alone costs one call', async () => {
    const faults = [{ member: account(1), kind: 'error', code: 'InvalidMember', times: 'always' }];
    const { findings, sizes } = await perform(binds([1]), { faults });
    expect(findings).toEqual(['refused']);
    expect(sizes).toEqual([1]);
  });

  it('all five of them fail in nine calls, each by itself', async () => {
    const faults = [{ action: 'AssociateMembers', kind: 'error', code: 'InvalidMember', times: 'always' }];
    const { findings, sizes } = await perform(binds(FIVE), { faults });
    expect(findings).toEqual(FIVE.map(() => 'refused'));
    expect(sizes).toEqual([5, 3, 2, 1, 1, 1, 2, 1, 1]);
  });

  it('because it left the directory is done when it was to be unbound: the others are unbound', async () => {
    const leave = (bench: Bench) => bench.cloud.removeAccount(account(2));
    const world = { now: [1, 2, 3, 4], read: [1, 3, 4] };
    const { bench, findings } = await perform(unbinds([1, 2, 3]), world, leave);
    expect(findings).toEqual(['acknowledged', 'already', 'acknowledged']);
    expect(bench.held(A)).toEqual(accounts(2, 4));
    expect(bench.finding(unbind(A, account(2)))).toMatchObject({
      because: expect.stringContaining('it left the directory') as string,
    });
  });

  it.each([
    ['that was read as an account of the directory', [1, 2, 3, 4]],
    ['where no accounts were read', []],
  ])('and was to be unbound fails %s: nobody saw it leave', async (_, read) => {
    const leave = (bench: Bench) => bench.cloud.removeAccount(account(2));
    const { findings } = await perform(unbinds([1, 2, 3]), { now: [1, 2, 3, 4], read }, leave);
    expect(findings).toEqual(['acknowledged', 'refused', 'acknowledged']);
  });

  it('because it left the directory fails when it was to be bound', async () => {
    const leave = (bench: Bench) => bench.cloud.removeAccount(account(2));
    const { bench, findings } = await perform(binds([1, 2]), {}, leave);
    expect(findings).toEqual(['acknowledged', 'refused']);
    expect(bench.held(A)).toEqual(accounts(1));
  });
});

describe('a strict service', () => {
  it('that refuses what is bound already: the bound one is done, the others are bound without halving', async () => {
    const { bench, findings, sizes } = await perform(binds(FIVE), {
      now: [3],
      behaviour: { rebind: 'strict' },
    });
    expect(findings).toEqual(['acknowledged', 'acknowledged', 'already', 'acknowledged', 'acknowledged']);
    expect(sizes).toEqual([5, 4]);
    expect([...bench.held(A)].sort()).toEqual(accounts(...FIVE));
  });

  it('that refuses to unbind what is not bound: it is done, the others are unbound', async () => {
    const { bench, findings, sizes } = await perform(unbinds([1, 2, 3]), {
      now: [1, 3, 9],
      behaviour: { unbindAbsent: 'strict' },
    });
    expect(findings).toEqual(['acknowledged', 'already', 'acknowledged']);
    expect(sizes).toEqual([3, 2]);
    expect(bench.held(A)).toEqual(accounts(9));
  });

  it('that had taken the call whose answer was lost: seen when read back, and not sent again', async () => {
    const faults = [{ action: 'AssociateMembers', kind: 'reset-after' }];
    const { findings, sizes } = await perform(binds(FIVE), { faults, behaviour: { rebind: 'strict' } });
    expect(findings).toEqual(FIVE.map(() => 'seen'));
    expect(sizes).toEqual([5]);
  });
});

describe('an answer that never came', () => {
  it('is followed by a reading after two seconds, and by what is missing alone', async () => {
    const faults = [{ action: 'AssociateMembers', kind: 'partial' }];
    const { bench, findings } = await perform(binds(FIVE), { faults });
    expect(bench.writes.map(({ members }) => members)).toEqual([accounts(...FIVE), accounts(4, 5)]);
    expect(findings).toEqual(['seen', 'seen', 'seen', 'acknowledged', 'acknowledged']);
    const [first, look] = bench.cloud.calls();
    expect(look).toMatchObject({ action: 'GetMessageContact', owner: A });
    expect((look?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(2000);
    expect(bench.journal[1]).toMatchObject({ settles: 1, result: 'unknown', code: 'InternalError' });
  });

  it('is given up after four calls, and stays open', async () => {
    const faults = [{ action: 'AssociateMembers', kind: 'silent', times: 'always' }];
    const { bench, findings, sizes } = await perform(binds([1, 2]), { faults });
    expect(sizes).toEqual([2, 2, 2, 2]);
    expect(findings).toEqual(['open', 'open']);
    expect(bench.context.ledger.of(bind(A, account(1))).unanswered).toBe(4);
  });

  it('is not sent again when the contact cannot be read', async () => {
    const faults = [
      { action: 'AssociateMembers', kind: 'silent', times: 'always' },
      { action: 'GetMessageContact', kind: 'unavailable', times: 'always' },
    ];
    const { findings, sizes } = await perform(binds([1, 2]), { faults });
    expect(sizes).toEqual([2]);
    expect(findings).toEqual(['open', 'open']);
  });

  it('and then a refusal because of that very call counts as done', async () => {
    const faults = [{ action: 'AssociateMembers', kind: 'late', delayMs: 12_500 }];
    const { bench, findings, sizes } = await perform(binds([1, 2]), {
      faults,
      behaviour: { rebind: 'strict', latencyMs: 1000, lockMs: 0 },
    });
    expect(sizes).toEqual([2, 2]);
    expect(bench.writes[1]?.code).toBe('InvalidParameter.Members');
    expect(findings).toEqual(['seen', 'seen']);
  });
});

describe('a refusal of the contact', () => {
  it('for its status closes it: the failure is returned, and no member is tried alone', async () => {
    const faults = [{ kind: 'error', code: 'ContactStatusMismatchAction', times: 'always' }];
    const { closed, findings, sizes } = await perform(binds(FIVE), { faults });
    expect(closed?.code).toBe('ContactStatusMismatchAction');
    expect(findings).toEqual(FIVE.map(() => 'refused'));
    expect(sizes).toEqual([5]);
  });

  it('for its cap fails the chunk and leaves it open to smaller ones and to removals', async () => {
    const { bench, closed, findings, sizes } = await perform(binds(FIVE), { now: range(21, 26) });
    expect(bench.writes[0]?.code).toBe('LimitExceeded.ContactMembers');
    expect(closed).toBeUndefined();
    expect(findings).toEqual(FIVE.map(() => 'refused'));
    expect(sizes).toEqual([5]);
  });

  it('while members are tried alone fails the rest of them as well', async () => {
    const faults = [
      { action: 'AssociateMembers', call: 1, kind: 'error', code: 'InvalidMember' },
      { action: 'AssociateMembers', call: 2, kind: 'error', code: 'ContactStatusMismatchAction' },
    ];
    const { closed, findings, sizes } = await perform(binds(FIVE), { faults });
    expect(closed?.code).toBe('ContactStatusMismatchAction');
    expect(findings).toEqual(FIVE.map(() => 'refused'));
    expect(sizes).toEqual([5, 3]);
  });
});

describe('a halt', () => {
  it('before the call skips the chunk and says why', async () => {
    const changes = binds([1, 2]);
    const { bench, sizes } = await perform(changes, {}, ({ halt }) => halt.halt({ kind: 'deadline' }));
    expect(sizes).toEqual([]);
    expect(bench.finding(changes[0])).toEqual({ kind: 'skipped', because: 'the deadline was reached' });
  });

  it('after an answer that never came leaves open what may have been done', async () => {
    const faults = [{ action: 'AssociateMembers', kind: 'silent' }];
    const { findings, sizes } = await perform(binds([1, 2]), { faults }, (bench) => {
      bench.afterCall = () => bench.halt.halt({ kind: 'deadline' });
    });
    expect(sizes).toEqual([2]);
    expect(findings).toEqual(['open', 'open']);
  });

  it('between two attempts skips what was refused so far: none of it can take effect', async () => {
    const [change] = binds([1]);
    const faults = [{ action: 'AssociateMembers', kind: 'throttling' }];
    const bench = new Bench(directoryWith([], {}), [change], faults);
    const call: PacedCall = async (_, send) => {
      await send().catch(() => undefined);
      throw new HaltedError({ kind: 'deadline' });
    };
    const chunk: Chunk = { contactId: change.contactId, action: 'bind', changes: [change] };
    await bench.finish(performChunk({ ...bench.context, call }, chunk));
    expect(bench.writes).toHaveLength(1);
    expect(bench.finding(change)).toEqual({ kind: 'skipped', because: 'the deadline was reached' });
  });
});
