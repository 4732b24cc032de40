import { readFileSync, statSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunningEmulator } from '../../src/emulator/server.ts';
import { type SavedPlan, savedPlanSchema } from '../../src/job/saved-plan/saved-plan-schema.ts';
import {
  ACCOUNTS,
  cloud,
  type Desk,
  DRIFT_MANIFEST,
  desk,
  ensureBuilt,
  GROUP,
  OPS,
  smallState,
  writesOf,
} from '../support/processes.ts';

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 120_000 });

describe('plan --out', () => {
  it('saves what was planned, for its owner only, without addresses and keys', async () => {
    const { table, run } = await world();
    expect((await run('plan', 'manifest.yaml', '--out', 'plan.json')).code).toBe(2);
    const text = readFileSync(table.path('plan.json'), 'utf8');
    const plan = savedPlanSchema.parse(JSON.parse(text));
    const [target] = table.latestReport().targets;
    expect(plan.digest).toBe(target?.plan?.digest);
    expect(plan.changes).toEqual(target?.changes.map(({ outcome: _, since: __, ...change }) => change));
    expect(plan.manifest.files).toEqual(target?.manifest.files);
    expect(plan.policy.ownership).toBe('listed');
    expect(plan.createdAt).toBe(table.latestReport().run.startedAt);
    expect(statSync(table.path('plan.json')).mode & 0o777).toBe(0o600);
    expect(text).not.toMatch(/@|[Ss]ecret|AccessKey/);
  });

  it('saves no plan that the guard refused, says so, and leaves what stood there', async () => {
    const { table, run } = await world();
    table.write('plan.json', 'of yesterday');
    table.write('removal.yaml', `version: 1\ncontacts:\n  - contact: ${OPS}\n    bind: ["${ACCOUNTS[0]}"]\n`);
    expect((await run('plan', 'removal.yaml', '--max-removals', '0', '--out', 'plan.json')).code).toBe(4);
    expect(readFileSync(table.path('plan.json'), 'utf8')).toBe('of yesterday');
    expect(table.latestReport().targets[0]?.problems).toMatchObject([
      { code: 'plan-not-saved', severity: 'warning' },
    ]);
  });

  it.each([
    ['a folder that is not there', 'nowhere/plan.json', /cannot be saved to nowhere\/plan\.json \(ENOENT\)/],
    ['the manifest itself', './manifest.yaml', /is the manifest itself/],
  ])('is a usage error for %s, and the report says so', async (_, out, message) => {
    const { table, run } = await world();
    expect((await run('plan', 'manifest.yaml', '--out', out)).code).toBe(64);
    expect(table.latestReport().run.exitCode).toBe(64);
    expect(table.latestReport().targets[0]?.problems[0]?.message).toMatch(message);
    expect(readFileSync(table.path('manifest.yaml'), 'utf8')).toBe(DRIFT_MANIFEST);
  });
});

describe('apply --plan', () => {
  it('carries out the plan that was reviewed', async () => {
    const { run } = await reviewed();
    expect((await run('apply', 'manifest.yaml', '--plan', 'plan.json')).code).toBe(0);
  });

  it('accepts that somebody else has done a part of it', async () => {
    const { emulator, table, run } = await reviewed();
    emulator.cloud.setContactMembers(OPS, ACCOUNTS.slice(0, 3));
    expect((await run('apply', 'manifest.yaml', '--plan', 'plan.json')).code).toBe(0);
    expect(table.latestReport().targets[0]?.changes.map(({ id }) => id)).toEqual([
      `bind:${OPS}:${ACCOUNTS[3]}`,
      `add-account:${GROUP}:${ACCOUNTS[1]}`,
    ]);
  });

  it('finds nothing to do when all of it was done', async () => {
    const { run } = await reviewed();
    expect((await run('apply', 'manifest.yaml', '--plan', 'plan.json')).code).toBe(0);
    expect((await run('apply', 'manifest.yaml', '--plan', 'plan.json')).code).toBe(0);
  });

  it('writes nothing when there is more to do now, and shows what', async () => {
    const { emulator, table, run } = await reviewed();
    emulator.cloud.setContactMembers(OPS, [...ACCOUNTS.slice(0, 2), ACCOUNTS[7] ?? '']);
    const { code, stdout } = await run('apply', 'manifest.yaml', '--plan', 'plan.json');
    expect(code).toBe(5);
    expect(stdout).toContain(`unbind:${OPS}:${ACCOUNTS[7]} is not in the approved plan`);
    expect(writesOf(emulator)).toEqual([]);
    const reasons = table
      .latestReport()
      .targets[0]?.changes.map(({ id, outcome }) => [id, 'because' in outcome ? outcome.because : '']);
    const aside = 'the plan is not the one that was approved';
    expect(reasons).toEqual([
      [`bind:${OPS}:${ACCOUNTS[2]}`, aside],
      [`bind:${OPS}:${ACCOUNTS[3]}`, aside],
      [`unbind:${OPS}:${ACCOUNTS[7]}`, 'it is not in the plan that was approved'],
      [`add-account:${GROUP}:${ACCOUNTS[1]}`, aside],
    ]);
  });

  it('writes nothing when the manifest was edited, even where nothing changes by it', async () => {
    const { emulator, table, run } = await reviewed();
    table.write('manifest.yaml', `${DRIFT_MANIFEST}# reviewed\n`);
    expect((await run('apply', 'manifest.yaml', '--plan', 'plan.json')).code).toBe(5);
    expect(codes(table.latestReport())).toEqual(['approved-for-other-manifest']);
    expect(writesOf(emulator)).toEqual([]);
  });

  it('writes nothing under another policy', async () => {
    const { emulator, table, run } = await reviewed();
    expect((await run('apply', 'manifest.yaml', '--plan', 'plan.json', '--max-removals', '9')).code).toBe(5);
    expect(codes(table.latestReport())).toEqual(['approved-for-other-policy']);
    expect(writesOf(emulator)).toEqual([]);
  });

  it('writes nothing in another directory', async () => {
    const { table, run } = await reviewed();
    const directory = {
      id: 'rd-another',
      rootFolderId: 'r-Zo0kQ2',
      managementAccount: { id: '1738084522670000', name: 'Holding' },
    };
    const other = await cloud(
      smallState({ directory, contacts: [{ id: OPS, name: 'Operations', members: [] }] }),
    );
    const { code } = await run('apply', 'manifest.yaml', '--plan', 'plan.json', '--endpoint', other.url);
    expect(code).toBe(5);
    expect(codes(table.latestReport())).toEqual(['approved-for-other-directory']);
    expect(writesOf(other)).toEqual([]);
  });

  it('holds back what the guard withheld from the plan that was reviewed, also when it no longer would', async () => {
    const { emulator, table, run } = await world();
    const guard = ['--on-guard', 'additions-only', '--max-removals', '0'];
    table.write(
      'swap.yaml',
      `version: 1\ncontacts:\n  - contact: ${OPS}\n    bind: ["${ACCOUNTS[0]}", "${ACCOUNTS[2]}"]\n`,
    );
    expect((await run('plan', 'swap.yaml', ...guard, '--out', 'plan.json')).code).toBe(2);
    const lifted = ['--allow-removals', '1', '--plan', 'plan.json'];
    expect((await run('apply', 'swap.yaml', ...guard, ...lifted)).code).toBe(5);
    expect(codes(table.latestReport())).toEqual(['not-in-approved-plan']);
    expect(writesOf(emulator)).toEqual([]);
    expect((await run('apply', 'swap.yaml', ...guard, '--plan', 'plan.json')).code).toBe(3);
    expect(emulator.cloud.snapshot().contacts[0]?.members).toEqual(ACCOUNTS.slice(0, 3));
  });

  it.each([
    ['is not there', undefined, /cannot be read \(ENOENT\)/],
    ['is a report', 'a report', /does not have the expected form/],
    ['was cut off', '{"schemaVersion":1,', /is not JSON, or was cut off/],
    ['is of a later version', '{"schemaVersion":2}', /has schemaVersion 2/],
  ])('is a usage error when the file %s, before anything is read', async (_, text, message) => {
    const { emulator, table, run } = await world();
    if (text === 'a report') {
      await run('plan', 'manifest.yaml');
      table.write('plan.json', JSON.stringify(table.latestReport()));
    } else if (text !== undefined) table.write('plan.json', text);
    const calls = emulator.cloud.calls().length;
    expect((await run('apply', 'manifest.yaml', '--plan', 'plan.json')).code).toBe(64);
    expect(table.latestReport().targets[0]?.problems[0]?.message).toMatch(message);
    expect(emulator.cloud.calls()).toHaveLength(calls);
  });

  it.each<[string, (plan: SavedPlan) => object]>([
    ['its digest', (plan) => ({ ...plan, digest: '0'.repeat(64) })],
    ['a change more, which is about to be done', (plan) => ({ ...plan, changes: [...plan.changes, LATER] })],
    ['a change less', (plan) => ({ ...plan, changes: plan.changes.slice(1) })],
    ['a limit of the guard', (plan) => ({ ...plan, policy: { ...plan.policy, maxRemovals: 9 } })],
    ['its checksum', (plan) => ({ ...plan, checksum: '0'.repeat(64) })],
  ])(
    'is a usage error when %s was written into the file by hand, before anything is read',
    async (_, edit) => {
      const { emulator, table, run } = await reviewed();
      emulator.cloud.setContactMembers(OPS, [...ACCOUNTS.slice(0, 2), ACCOUNTS[7] ?? '']);
      table.write('plan.json', JSON.stringify(edit(savedIn(table))));
      const calls = emulator.cloud.calls().length;
      expect((await run('apply', 'manifest.yaml', '--plan', 'plan.json')).code).toBe(64);
      expect(table.latestReport().targets[0]?.problems).toMatchObject([
        {
          code: 'saved-plan',
          message:
            'plan.json is not as it was saved: it does not match its checksum, so it was edited or damaged; make one with plan --out FILE',
        },
      ]);
      expect(emulator.cloud.calls()).toHaveLength(calls);
    },
  );

  it('takes a file that was only laid out anew, also with its keys in another order', async () => {
    const { table, run } = await reviewed();
    const saved = Object.entries(savedIn(table)).reverse();
    table.write('plan.json', JSON.stringify(Object.fromEntries(saved)));
    expect((await run('apply', 'manifest.yaml', '--plan', 'plan.json')).code).toBe(0);
  });

  it('has no meaning for plan, and --out none for apply', async () => {
    const { run } = await world();
    expect((await run('plan', 'manifest.yaml', '--plan', 'plan.json')).code).toBe(64);
    expect((await run('apply', 'manifest.yaml', '--out', 'plan.json')).code).toBe(64);
  });
});

const LATER = {
  id: `unbind:${OPS}:${ACCOUNTS[7]}`,
  kind: 'contact',
  action: 'unbind',
  owner: { id: OPS, name: null },
  member: { id: ACCOUNTS[7], name: null, type: 'account' },
  source: null,
};

const savedIn = (table: Desk): SavedPlan =>
  savedPlanSchema.parse(JSON.parse(readFileSync(table.path('plan.json'), 'utf8')));

const codes = (report: { targets: readonly { problems: readonly { code: string }[] }[] }): string[] =>
  report.targets.flatMap(({ problems }) => problems.map(({ code }) => code));

async function reviewed() {
  const made = await world();
  expect((await made.run('plan', 'manifest.yaml', '--out', 'plan.json')).code).toBe(2);
  return made;
}

/** An emulator, and a desk with a manifest from which programs talk to it. */
async function world() {
  const emulator: RunningEmulator = await cloud();
  const table = desk();
  table.write('manifest.yaml', DRIFT_MANIFEST);
  const run = (...args: readonly string[]) =>
    table.run([
      args[0] ?? '',
      '--endpoint',
      emulator.url,
      '--settle',
      '100ms',
      '--log-level',
      'error',
      ...args.slice(1),
    ]);
  return { emulator, table, run };
}
