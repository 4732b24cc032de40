import { expect, it } from 'vitest';
import { performChunk } from '../../src/apply/perform-chunk.ts';
import { performTurn } from '../../src/apply/perform-turn.ts';
import type { BindingChange } from '../../src/model/plan.ts';
import { bind, unbind } from '../support/world.ts';
import { Bench } from './support/bench.ts';
import { account, accounts, range } from './support/emulated-directory.ts';

const A = 'c-A000000000000000';
const ALL = 'rd-3mNq8W';

/** The contact holds 5, 6 and the directory; account 1 takes room of 6, and 7 takes room of what is given. */
async function turn(last: BindingChange, faults: readonly object[] = []) {
  const changes = [unbind(A, account(6)), bind(A, account(1)), last, bind(A, account(7))];
  const everything = bind(A, ALL);
  const directory = { accounts: 9, contacts: [{ id: A, now: [5, 6], wanted: [] }], groups: [] };
  const bench = new Bench(directory, [everything, ...changes], [], accounts(...range(1, 9)));
  const chunks = [everything, ...changes].map((one) => ({
    contactId: one.contactId,
    action: one.action,
    changes: [one],
  }));
  await Promise.all(chunks.slice(0, 1).map((chunk) => bench.finish(performChunk(bench.context, chunk))));
  const before = bench.cloud.calls().length;
  bench.cloud.addFaults(faults);
  await bench.finish(performTurn(bench.context, chunks.slice(1), new Map()));
  const findings = changes.map((change) => bench.finding(change));
  const reads = bench.cloud
    .calls()
    .slice(before)
    .filter(({ action }) => action === 'ListMessageContacts');
  return { kinds: findings.map(({ kind }) => kind), findings, reads, held: new Set(bench.held(A)) };
}

const refusedAccount = {
  action: 'AssociateMembers',
  member: account(1),
  kind: 'error',
  code: 'InvalidMember',
  status: 400,
  times: 'always',
};

it('removals and additions go in turn, and nothing is read in between', async () => {
  const { kinds, reads, held } = await turn(unbind(A, ALL));
  expect(kinds).toEqual(['acknowledged', 'acknowledged', 'acknowledged', 'acknowledged']);
  expect(held).toEqual(new Set(accounts(1, 5, 7)));
  expect(reads).toEqual([]);
});

it('what is removed to make room stays while it alone reaches an account whose addition was refused', async () => {
  const { kinds, findings, held } = await turn(unbind(A, ALL), [refusedAccount]);
  expect(kinds).toEqual(['acknowledged', 'refused', 'skipped', 'acknowledged']);
  expect(findings[2]).toEqual({
    kind: 'skipped',
    because: `account ${account(1)} would be left without what the plan keeps for it: ${A} is not bound to ${account(1)}`,
  });
  expect([...held].some((id) => id === ALL || id.startsWith('r-'))).toBe(true);
});

it('what does not reach that account goes all the same', async () => {
  const { kinds, held } = await turn(unbind(A, account(5)), [refusedAccount]);
  expect(kinds).toEqual(['acknowledged', 'refused', 'acknowledged', 'acknowledged']);
  expect(held.has(account(7))).toBe(true);
});

it('nothing more goes where an addition was refused and the contacts cannot be read then', async () => {
  const unreadable = { action: 'ListMessageContacts', kind: 'unavailable', times: 'always' };
  const { kinds, findings } = await turn(unbind(A, account(5)), [refusedAccount, unreadable]);
  expect(kinds).toEqual(['acknowledged', 'refused', 'skipped', 'skipped']);
  expect(findings[2]).toEqual({
    kind: 'skipped',
    because: 'the contacts could not be read again, completely, before removing',
  });
});
