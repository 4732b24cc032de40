import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunningEmulator } from '../../src/emulator/server.ts';
import { CLOUD, MANIFESTS, OPERATOR, signingWith } from '../samples/support/quickstart.ts';
import {
  ACCOUNTS,
  cloud,
  type Desk,
  DRIFT_MANIFEST,
  desk,
  ensureBuilt,
  FINANCE,
  GROUP,
  OPS,
  smallState,
  writesOf,
} from '../support/processes.ts';

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 120_000 });

const KEYS = signingWith(OPERATOR);
/** The first run of the sample bound accounts that had no contact, and so on: all that the guard asks about. */
const LIFTED = ['--allow-removals', '23', '--allow-uncovered', '18'];

describe('undo of the quickstart', () => {
  it('plans without a write, is guarded, and gives the first state; undone itself, the second', async () => {
    const emulator = await cloud(load(readFileSync(CLOUD, 'utf8')) as object);
    const { table, run } = at(emulator, KEYS, '3s');
    const first = holdings(emulator);

    expect((await run('apply', ...MANIFESTS)).code).toBe(0);
    const applied = reportPath(table);
    const second = holdings(emulator);
    expect(second).not.toEqual(first);
    const written = writesOf(emulator).length;

    const planned = await run('undo', applied, ...LIFTED);
    expect(planned.code).toBe(2);
    expect(targetOf(table).plan?.counts).toMatchObject({
      bind: 7,
      unbind: 13,
      addAccount: 3,
      removeAccount: 10,
    });

    expect((await run('undo', applied, '--apply')).code).toBe(4);
    const rules = targetOf(table).plan?.guard.reasons.map(({ rule }) => rule);
    expect(new Set(rules)).toEqual(new Set(['max-removal-share', 'last-contact']));
    expect(writesOf(emulator)).toHaveLength(written);

    expect((await run('undo', applied, '--apply', ...LIFTED)).code).toBe(0);
    expect(holdings(emulator)).toEqual(first);
    const undone = reportPath(table);

    expect((await run('undo', applied, '--apply')).code).toBe(0);
    expect(targetOf(table).plan?.counts).toMatchObject({
      bind: 0,
      unbind: 0,
      addAccount: 0,
      removeAccount: 0,
    });

    expect((await run('undo', undone, '--apply')).code).toBe(0);
    expect(holdings(emulator)).toEqual(second);
  });
});

describe('undo --apply', () => {
  it('undoes of a run that went partly wrong only what was applied, and says what else', async () => {
    const faults = [
      { action: 'UpdateAggregator', kind: 'error', code: 'AggregatorNotExist', times: 'always' },
    ];
    const emulator = await cloud(smallState({ faults }));
    const first = holdings(emulator);
    const { table, run } = at(emulator);
    expect((await run('apply', table.write('manifest.yaml', DRIFT_MANIFEST))).code).toBe(3);
    expect(holdings(emulator)).not.toEqual(first);
    const applied = reportPath(table);

    expect((await run('undo', applied, '--apply')).code).toBe(0);
    expect(idsOf(table)).toEqual([`unbind:${OPS}:${ACCOUNTS[2]}`, `unbind:${OPS}:${ACCOUNTS[3]}`]);
    expect(holdings(emulator)).toEqual(first);
  });

  it('leaves alone what was undone meanwhile, and what others did', async () => {
    const { emulator, table, run, applied } = await appliedDrift();
    emulator.cloud.setContactMembers(OPS, [...ACCOUNTS.slice(0, 3), ACCOUNTS[5] ?? '']);
    expect((await run('undo', applied, '--apply')).code).toBe(0);
    expect(idsOf(table)).toEqual([`unbind:${OPS}:${ACCOUNTS[2]}`, `remove-account:${GROUP}:${ACCOUNTS[1]}`]);
    expect(holdings(emulator)[OPS]).toEqual([ACCOUNTS[0], ACCOUNTS[1], ACCOUNTS[5]]);
  });

  it('leaves a journal and a report like any apply', async () => {
    const { table, run, applied } = await appliedDrift();
    expect((await run('undo', applied, '--apply')).code).toBe(0);
    const report = table.latestReport();
    expect(report.run).toMatchObject({ mode: 'apply', result: 'applied', exitCode: 0 });
    expect(report.targets[0]?.manifest).toMatchObject({ files: [{ path: applied }], entries: 3 });
    expect(report.targets[0]?.changes[0]?.source?.file).toBe(applied);
    expect(table.journals().get(report.run.id)?.at(-1)).toMatchObject({ line: 'end', exitCode: 0 });
  });

  it('goes on without what has left the directory, and says so', async () => {
    const manifest = `version: 1
contacts:
  - contact: ${OPS}
    bind: ["${ACCOUNTS[0]}"]
aggregators:
  - aggregator: ${GROUP}
    accounts: ["${ACCOUNTS[0]}", "${ACCOUNTS[2]}"]
`;
    const emulator = await cloud();
    const { table, run } = at(emulator);
    expect((await run('apply', table.write('manifest.yaml', manifest))).code).toBe(0);
    const applied = reportPath(table);
    emulator.cloud.removeAccount(ACCOUNTS[1] ?? '');

    expect((await run('undo', applied, '--apply')).code).toBe(0);
    expect(idsOf(table)).toEqual([`remove-account:${GROUP}:${ACCOUNTS[2]}`]);
    expect(targetOf(table).problems.map(({ code, message }) => [code, message])).toEqual([
      ['undo-impossible', `${ACCOUNTS[1]} is no longer there, so what was done to it cannot be undone`],
    ]);
  });

  it('takes the last binding of a contact only where that is said', async () => {
    const contacts = [
      { id: OPS, name: 'Operations', members: [] },
      { id: FINANCE, name: 'Finance', members: ['rd-3mNq8W'] },
    ];
    const emulator = await cloud(smallState({ contacts }));
    const { table, run } = at(emulator);
    const manifest = `version: 1\ncontacts:\n  - contact: ${OPS}\n    bind: ["${ACCOUNTS[0]}"]\n`;
    expect((await run('apply', table.write('manifest.yaml', manifest))).code).toBe(0);
    const applied = reportPath(table);
    expect((await run('undo', applied, '--apply')).code).toBe(4);
    expect(targetOf(table).plan?.guard.reasons.map(({ rule, subject }) => [rule, subject])).toEqual([
      ['emptied', OPS],
    ]);
    expect((await run('undo', applied, '--apply', '--allow-empty', OPS)).code).toBe(0);
    expect(holdings(emulator)[OPS]).toEqual([]);
  });

  it('never takes what the manifest of the run protected', async () => {
    const emulator = await cloud();
    const { table, run } = at(emulator);
    const manifest = `${DRIFT_MANIFEST}protected: ["${ACCOUNTS[2]}"]\n`;
    expect((await run('apply', table.write('manifest.yaml', manifest))).code).toBe(0);
    const written = writesOf(emulator).length;
    expect((await run('undo', reportPath(table), '--apply')).code).toBe(4);
    expect(targetOf(table).plan?.guard.reasons.map(({ rule, subject }) => [rule, subject])).toEqual([
      ['protected', ACCOUNTS[2]],
    ]);
    expect(writesOf(emulator)).toHaveLength(written);
  });

  it('is confined like an apply', async () => {
    const { table, run, applied } = await appliedDrift();
    expect((await run('undo', applied, '--apply', '--member', ACCOUNTS[3] ?? '')).code).toBe(0);
    expect(idsOf(table)).toEqual([`unbind:${OPS}:${ACCOUNTS[3]}`]);
  });

  it('waits for a review like an apply: a saved plan, or a digest', async () => {
    const { emulator, table, run, applied } = await appliedDrift();
    const confined = ['--contact', OPS];
    expect((await run('undo', applied, ...confined, '--out', 'undo-plan.json')).code).toBe(2);
    const written = writesOf(emulator).length;
    expect((await run('undo', applied, '--apply', '--plan', 'undo-plan.json')).code).toBe(5);
    expect((await run('undo', applied, '--apply', '--expect', 'another')).code).toBe(5);
    expect(writesOf(emulator)).toHaveLength(written);
    expect((await run('undo', applied, '--apply', ...confined, '--plan', 'undo-plan.json')).code).toBe(0);
    expect(idsOf(table)).toHaveLength(2);
  });
});

describe('undo is refused', () => {
  it('with 77 in another directory, before anything else is read', async () => {
    const { emulator, table, run, applied } = await appliedDrift();
    const report = readFileSync(table.path(applied), 'utf8').replaceAll('rd-3mNq8W', 'rd-another');
    table.write('other.json', report);
    const before = emulator.cloud.calls().length;
    expect((await run('undo', 'other.json', '--apply')).code).toBe(77);
    expect((await run('undo', 'other.json', '--apply', '--directory-id', 'rd-3mNq8W')).code).toBe(77);
    expect(targetOf(table).problems.map(({ code }) => code)).toEqual(['wrong-directory']);
    const calls = emulator.cloud.calls().slice(before);
    expect(calls.map(({ action }) => action)).toEqual(['GetResourceDirectory']);
  });

  it.each([
    ['65 when the report is cut off', ['cut.json'], 65],
    ['65 when there is no report', ['missing.json'], 65],
    ['64 when no report is named', [], 64],
    ['64 when a plan is to be saved and applied at once', ['cut.json', '--apply', '--out', 'plan.json'], 64],
    ['64 when an ownership is given: it removes nothing else', ['cut.json', '--ownership', 'exclusive'], 64],
  ])('with %s', async (_, args, code) => {
    const { table, run } = at(await cloud());
    table.write('cut.json', '{"schemaVersion": 1,');
    expect((await run('undo', ...args)).code).toBe(code);
  });

  it('never: the report of a dry run leaves nothing to do', async () => {
    const { table, run } = at(await cloud());
    expect((await run('plan', table.write('manifest.yaml', DRIFT_MANIFEST))).code).toBe(2);
    expect((await run('undo', reportPath(table), '--apply')).code).toBe(0);
    expect(targetOf(table).problems.map(({ code }) => code)).toEqual(['nothing-applied']);
  });
});

async function appliedDrift() {
  const emulator = await cloud();
  const { table, run } = at(emulator);
  expect((await run('apply', table.write('manifest.yaml', DRIFT_MANIFEST))).code).toBe(0);
  return { emulator, table, run, applied: reportPath(table) };
}

/** A desk from which programs talk to the emulator. */
function at(emulator: RunningEmulator, env: Readonly<Record<string, string>> = {}, settle = '100ms') {
  const table = desk();
  const options = ['--endpoint', emulator.url, '--settle', settle, '--log-level', 'error'];
  const run = (...args: readonly string[]) => table.run([...args, ...options], env);
  return { table, run };
}

const reportPath = (table: Desk): string => join('reports', table.latestReport().run.id, 'report.json');

function targetOf(table: Desk) {
  const [target] = table.latestReport().targets;
  if (target === undefined) throw new Error('the report has no target');
  return target;
}

const idsOf = (table: Desk): string[] => targetOf(table).changes.map(({ id }) => id);

/** What everybody has, by id, without order. */
function holdings({ cloud: service }: RunningEmulator): Record<string, readonly unknown[]> {
  const { contacts, aggregators } = service.snapshot();
  return Object.fromEntries([
    ...contacts.map(({ id, members }) => [id, [...members].sort()]),
    ...aggregators.map(({ id, accounts }) => [id, accounts.map((account) => account.id).sort()]),
  ]);
}
