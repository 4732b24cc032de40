import { describe, expect, it } from 'vitest';
import { performUpdate } from '../../src/apply/perform-update.ts';
import type { MembershipChange } from '../../src/model/plan.ts';
import { addAccount, aggregatorId, removeAccount } from '../support/world.ts';
import { Bench } from './support/bench.ts';
import { account, accounts, MANAGEMENT, range } from './support/emulated-directory.ts';

const G = 'ca-A0000000000000000000';
const NOW = [1, 2, 3];

interface World {
  readonly now?: readonly number[];
  readonly faults?: readonly object[];
  readonly behaviour?: Readonly<Record<string, unknown>>;
}

async function perform(
  changes: readonly MembershipChange[],
  { now = NOW, faults = [], behaviour = {} }: World = {},
  prepare: (bench: Bench) => void = () => undefined,
) {
  const groups = [{ id: G, now, wanted: [] }];
  const bench = new Bench({ accounts: 30, contacts: [], groups, behaviour }, changes, faults);
  prepare(bench);
  await bench.finish(performUpdate(bench.context, { aggregatorId: aggregatorId(G), changes }));
  return {
    bench,
    findings: changes.map((change) => bench.finding(change).kind),
    held: [...bench.held(G)].filter((id) => id !== MANAGEMENT),
    tokens: bench.writes.map(({ parameters }) => parameters['ClientToken']),
  };
}

const add = (n: number) => addAccount(G, account(n));
const remove = (n: number) => removeAccount(G, account(n));

/** Somebody else writes when the service has received so many of our calls. */
const meanwhile = (after: number, numbers: readonly number[]) => (bench: Bench) => {
  bench.afterCall = ({ n }) => {
    if (n === after) bench.cloud.setAggregatorAccounts(G, [MANAGEMENT, ...accounts(...numbers)]);
  };
};

describe('an update that is taken', () => {
  it('reads the list, then sends it whole, once, whatever the number of changes', async () => {
    const { bench, findings, held } = await perform([add(4), remove(1), add(5)]);
    expect(bench.cloud.calls().map(({ action }) => action)).toEqual(['GetAggregator', 'UpdateAggregator']);
    expect(findings).toEqual(['acknowledged', 'acknowledged', 'acknowledged']);
    expect(held).toEqual(accounts(2, 3, 4, 5));
    expect(bench.held(G)[0]).toBe(MANAGEMENT);
  });

  it('journals the whole list and the token before it leaves', async () => {
    const { bench } = await perform([add(4)]);
    const members = [MANAGEMENT, ...accounts(1, 2, 3, 4)];
    expect(bench.journal).toMatchObject([
      { action: 'UpdateAggregator', owner: G, members, clientToken: 'token-1' },
      { settles: 1, result: 'acknowledged' },
    ]);
  });

  it('sends nothing when all is so already', async () => {
    const { bench, findings } = await perform([add(1), remove(9)]);
    expect(bench.writes).toEqual([]);
    expect(findings).toEqual(['already', 'already']);
  });
});

describe('another writer', () => {
  it('who changed the group since the plan keeps what he added', async () => {
    const { held } = await perform([add(4), remove(1)], {}, ({ cloud }) =>
      cloud.setAggregatorAccounts(G, [MANAGEMENT, ...accounts(1, 2, 3, 7)]),
    );
    expect(held).toEqual(accounts(2, 3, 7, 4));
  });

  it('who writes while the group is pending keeps what he added: every attempt reads anew', async () => {
    const faults = [{ action: 'UpdateAggregator', kind: 'pending' }];
    const { held, tokens } = await perform([add(4)], { faults }, meanwhile(2, [1, 2, 3, 7]));
    expect(held).toEqual(accounts(1, 2, 3, 7, 4));
    expect(tokens).toEqual(['token-1', 'token-2']);
  });

  it('who writes after a call whose answer was lost is not overwritten, and the lost call is waited for', async () => {
    const faults = [{ action: 'UpdateAggregator', kind: 'silent' }];
    const { bench, held } = await perform([add(4)], { faults }, meanwhile(2, [1, 2, 3, 7]));
    expect(held).toEqual(accounts(1, 2, 3, 7, 4));
    const [lost, again] = bench.writes;
    expect((again?.at ?? 0) - (lost?.at ?? 0)).toBeGreaterThanOrEqual(30_000);
    expect(bench.events).toContainEqual({
      type: 'wait',
      reason: `a lost update of ${G} may still land`,
      ms: 27_980,
    });
  });

  it.each([
    { when: 'after the look for its effect', pending: [], after: 3 },
    { when: 'while later attempts are refused as pending', pending: [2, 3], after: 5 },
  ])('who writes $when is not overwritten by a lost call that lands late', async ({ pending, after }) => {
    const faults = [
      { action: 'UpdateAggregator', call: 1, kind: 'late', delayMs: 20_000 },
      ...pending.map((call) => ({ action: 'UpdateAggregator', call, kind: 'pending' })),
    ];
    const { bench, held, findings } = await perform(
      [add(4)],
      { faults, behaviour: { pendingMs: 0 } },
      meanwhile(after, [1, 2, 3, 7]),
    );
    expect(held).toEqual(accounts(1, 2, 3, 4, 7));
    expect(findings).toEqual(['seen']);
    const [lost, last] = [bench.writes[0], bench.writes.at(-1)];
    expect((last?.at ?? 0) - (lost?.at ?? 0)).toBeGreaterThanOrEqual(30_000);
    expect(bench.events).toContainEqual({
      type: 'warning',
      code: 'overwritten-late',
      message: `a lost update of ${G} landed late and overwrote what somebody else had added: ${account(7)} is put back`,
    });
  });

  it('who writes while a lost call can still land keeps what he added where it never lands', async () => {
    const faults = [{ action: 'UpdateAggregator', call: 1, kind: 'silent' }];
    const { bench, held, findings } = await perform([add(4)], { faults }, meanwhile(3, [1, 2, 3, 7]));
    expect([held, findings]).toEqual([accounts(1, 2, 3, 7, 4), ['acknowledged']]);
    expect((bench.writes[1]?.at ?? 0) - (bench.writes[0]?.at ?? 0)).toBeGreaterThanOrEqual(30_000);
  });

  it('who undoes what a lost call did gets a new request, not an answer from memory', async () => {
    const faults = [{ action: 'UpdateAggregator', kind: 'silent-after' }];
    const { held, tokens } = await perform(
      [add(4)],
      { faults, behaviour: { pendingMs: 0 } },
      meanwhile(2, [1, 2]),
    );
    expect(held).toEqual(accounts(1, 2, 4));
    expect(new Set(tokens).size).toBe(2);
  });

  it('who empties the group of all but those to be removed stops the update', async () => {
    const changes = [remove(1)];
    const { bench, findings } = await perform(changes, {}, ({ cloud }) =>
      cloud.setAggregatorAccounts(G, accounts(1)),
    );
    expect(bench.writes).toEqual([]);
    expect(findings).toEqual(['skipped']);
  });
});

describe('the token', () => {
  it.each(['throttling', 'unavailable', 'unavailable-after', 'silent', 'reset-before', 'pending'])(
    'is the same for the same list sent again after %s',
    async (kind) => {
      const faults = [{ action: 'UpdateAggregator', call: [1, 2], kind }];
      const { tokens, held } = await perform([add(4)], { faults });
      expect(new Set(tokens)).toEqual(new Set(['token-1']));
      expect(held).toEqual(accounts(1, 2, 3, 4));
    },
  );

  it('is another one for a list that a half-taken call has changed', async () => {
    const faults = [{ action: 'UpdateAggregator', kind: 'partial' }];
    const { tokens, held, findings } = await perform([remove(1), remove(2)], { faults });
    expect(tokens).toEqual(['token-1', 'token-2']);
    expect(held).toEqual(accounts(3));
    expect(findings).toEqual(['seen', 'acknowledged']);
  });
});

describe('a group that is pending', () => {
  it('is waited for', async () => {
    const faults = [{ action: 'UpdateAggregator', kind: 'pending', times: 5 }];
    const { bench, findings } = await perform([add(4)], { faults });
    expect(findings).toEqual(['acknowledged']);
    expect(bench.writes).toHaveLength(6);
    expect(bench.clock.elapsed()).toBeGreaterThan(5 * 1000);
  });

  it('for longer than ten minutes fails, and nothing is assumed', async () => {
    const faults = [{ action: 'UpdateAggregator', kind: 'pending', times: 'always' }];
    const { bench, findings } = await perform([add(4)], { faults });
    expect(findings).toEqual(['refused']);
    expect(bench.clock.elapsed()).toBeGreaterThan(600_000);
    expect(bench.clock.elapsed()).toBeLessThan(630_000);
  });
});

describe('an account that is refused', () => {
  const refused = (n: number) => ({
    action: 'UpdateAggregator',
    member: account(n),
    kind: 'error',
    code: 'Invalid.AggregatorAccounts.Value',
    times: 'always',
  });

  it.each([4, 5, 6, 7])('number %i fails alone: all others are added and removed', async (bad) => {
    const changes = [add(4), add(5), add(6), add(7), remove(1)];
    const { findings, held } = await perform(changes, { faults: [refused(bad)] });
    expect(findings).toEqual([4, 5, 6, 7, 1].map((n) => (n === bad ? 'refused' : 'acknowledged')));
    const others = [2, 3, ...range(4, 7).filter((n) => n !== bad)];
    expect([...held].sort()).toEqual(accounts(...others));
  });

  it('once only is not blamed: it may be a member that just left', async () => {
    const faults = [{ ...refused(4), times: 1 }];
    const { bench, findings } = await perform([add(4), add(5)], { faults });
    expect(findings).toEqual(['acknowledged', 'acknowledged']);
    expect(bench.writes).toHaveLength(2);
  });

  it('alone is tried a second time, and not a third', async () => {
    const { bench, findings } = await perform([add(4)], { faults: [refused(4)] });
    expect(findings).toEqual(['refused']);
    expect(bench.writes).toHaveLength(2);
  });

  it('and that is in the group already fails the removals, without an end in halving', async () => {
    const { bench, findings } = await perform([remove(1)], { faults: [refused(2)] });
    expect(findings).toEqual(['refused']);
    expect(bench.writes.length).toBeLessThan(8);
  });
});

describe('own writes that do not show yet', () => {
  it('are waited for before the next list is made, so that it does not undo them', async () => {
    const refusal = {
      action: 'UpdateAggregator',
      member: account(7),
      kind: 'error',
      code: 'Invalid.AggregatorAccounts.Value',
      times: 'always',
    };
    const changes = [add(4), add(5), add(6), add(7)];
    const behaviour = { visibilityDelayMs: 5000, pendingMs: 0 };
    const { findings, held } = await perform(changes, { faults: [refusal], behaviour });
    expect(findings).toEqual(['acknowledged', 'acknowledged', 'acknowledged', 'refused']);
    expect(held).toEqual(accounts(1, 2, 3, 4, 5, 6));
  });
});

describe('nothing is sent', () => {
  it('for a group that cannot be read', async () => {
    const faults = [{ action: 'GetAggregator', kind: 'unavailable', times: 'always' }];
    const changes = [add(4)] as const;
    const { bench } = await perform(changes, { faults });
    expect(bench.writes).toEqual([]);
    expect(bench.finding(changes[0])).toEqual({
      kind: 'skipped',
      because: 'it could not be read right before the write',
    });
  });

  it('for a group that is gone', async () => {
    const faults = [
      { action: 'GetAggregator', kind: 'error', code: 'Invalid.AggregatorId.Value', times: 'always' },
    ];
    const changes = [add(4)] as const;
    const { bench } = await perform(changes, { faults });
    expect(bench.writes).toEqual([]);
    expect(bench.finding(changes[0])).toEqual({
      kind: 'skipped',
      because: 'it does not exist any more, or is not ours to see',
    });
  });

  it('once the run is halted', async () => {
    const changes = [add(4)] as const;
    const { bench } = await perform(changes, {}, ({ halt }) => halt.halt({ kind: 'deadline' }));
    expect(bench.writes).toEqual([]);
    expect(bench.finding(changes[0])).toEqual({ kind: 'skipped', because: 'the deadline was reached' });
  });
});

describe('an update whose effect never shows', () => {
  it('is sent six times at the most, and stays unanswered', async () => {
    const faults = [{ action: 'UpdateAggregator', kind: 'silent', times: 'always' }];
    const { bench } = await perform([add(4)], { faults });
    expect(bench.writes).toHaveLength(6);
    expect(bench.context.ledger.of(add(4)).unanswered).toBe(6);
  });
});
