import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { LoggedCall } from '../../src/emulator/call-log.ts';
import { readState } from '../../src/emulator/state-file.ts';
import type { Report } from '../../src/report/report-schema.ts';
import { ensureBuilt } from './support/built.ts';
import {
  callsOf,
  type Ended,
  latestReport,
  reconcile,
  startEmulator,
  temporaryFolder,
  writesIn,
} from './support/processes.ts';
import { CLOUD, type Key, MANIFESTS, OPERATOR, READER, signingWith } from './support/quickstart.ts';

const STATE = readState(readFileSync(CLOUD, 'utf8'));

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 60_000 });

describe('the company of cloud.yaml', () => {
  it('has sixty accounts and more in a tree of three levels, with tags', () => {
    expect(STATE.accounts.length).toBeGreaterThanOrEqual(60);
    expect(STATE.accounts.filter(({ tags }) => tags['env'] === undefined)).toEqual([]);
    expect(Math.max(...STATE.folders.map(({ id }) => depthOf(id)))).toBe(3);
  });

  it('has an account id that a double cannot hold', () => {
    const beyond = STATE.accounts.filter(({ id }) => BigInt(id) > Number.MAX_SAFE_INTEGER);
    expect(beyond.map(({ id }) => id)).toEqual(['9738084522671235']);
  });

  it('has contacts in every status and aggregators of every type', () => {
    expect(STATE.contacts.length).toBeGreaterThanOrEqual(12);
    expect(new Set(STATE.contacts.map(({ status }) => status))).toEqual(
      new Set(['Active', 'Verifying', 'Deleting']),
    );
    expect(new Set(STATE.aggregators.map(({ type }) => type))).toEqual(new Set(['CUSTOM', 'RD', 'FOLDER']));
  });

  it.each([
    ['folders', /^fd-[A-Za-z0-9]{10}$/],
    ['accounts', /^\d{16}$/],
    ['contacts', /^c-[A-Za-z0-9]{16}$/],
    ['aggregators', /^ca-[0-9a-f]{20}$/],
  ] as const)('gives its %s ids of the documented shape', (kind, shape) => {
    expect(STATE[kind].map(({ id }) => id).filter((id) => !shape.test(id))).toEqual([]);
  });

  it('keeps within the quotas and the lengths of names that the service has', () => {
    expect(STATE.aggregators.length).toBeLessThanOrEqual(5);
    expect(STATE.contacts.filter(({ name }) => !/^[A-Za-z]{2,12}$/.test(name))).toEqual([]);
    expect(STATE.contacts.filter(({ members }) => members.length > 10)).toEqual([]);
  });
});

describe('validate', () => {
  it('finds nothing to say about the manifests of the quickstart', async () => {
    const { code, stdout } = await reconcile(['validate', ...MANIFESTS]);
    expect(stdout).toBe('ok: 27 entries in 2 files\n');
    expect(code).toBe(0);
  });
});

describe('plan of the quickstart', () => {
  it('finds the changes, is safe, and sends no write', async () => {
    const { url, reports, plan } = await world();
    const { code } = await plan(READER);
    expect(code).toBe(2);
    expect(latestReport(reports).targets[0]?.plan).toMatchObject({
      counts: { bind: 13, unbind: 7, addAccount: 10, removeAccount: 3, unchanged: 52, unmanaged: 7 },
      calls: { associate: 6, disassociate: 6, update: 3 },
      guard: { verdict: 'safe', reasons: [] },
    });
    const calls = await callsOf(url);
    expect(calls.length).toBeGreaterThan(0);
    expect(writesIn(calls)).toEqual([]);
  });

  it.each(MANIFESTS.map((path) => [basename(path), path]))(
    'is safe for %s alone, too',
    async (_, manifest = '') => {
      const { reports, plan } = await world([manifest]);
      expect((await plan(READER)).code).toBe(2);
      expect(latestReport(reports).targets[0]?.plan?.guard.verdict).toBe('safe');
    },
  );

  it('shows no address of a contact, neither on the screen nor in the log nor in the report', async () => {
    const { reports, plan } = await world();
    const { stdout, stderr } = await plan(READER, ['--log-level', 'trace']);
    const seen = stdout + stderr + JSON.stringify(latestReport(reports));
    expect(seen).toContain('PayOnCall');
    expect(seen).not.toContain('@example.com');
    expect(seen).not.toContain(READER.secret);
  });

  it('ends with 77 and the code of the service when the secret is wrong', async () => {
    const { url, plan } = await world();
    const { code, stdout } = await plan({ ...OPERATOR, secret: 'wrong' });
    expect(code).toBe(77);
    expect(stdout).toContain('SignatureDoesNotMatch');
    expect((await callsOf(url)).map(({ status }) => status)).toEqual([400]);
  });
});

describe('apply of the quickstart', () => {
  it('gets past every fault with exactly the calls that are needed, and leaves nothing to do', async () => {
    const { url, reports, plan, apply } = await world();
    const { code, stdout } = await apply(OPERATOR);
    expect(stdout).toContain('exit      0: in sync');
    expect(code).toBe(0);
    const report = latestReport(reports);
    const calls = await callsOf(url);
    const done = writesIn(calls).filter(({ status }) => status === 200);

    expect(calls.flatMap(({ fault }) => fault ?? []).sort()).toEqual(faultsOfTheState());
    expect(done.length).toBe(fewestCalls(report));
    expect(changesOf(report).map(({ outcome }) => outcome.status)).toEqual(Array(33).fill('applied'));
    expect(contactWrites(calls).filter(({ members }) => members.length > 5)).toEqual([]);
    expect(writesIn(calls).filter(({ members }) => new Set(members).size < members.length)).toEqual([]);

    // Six additions to one contact: a call of five, and one more.
    const payOnCall = STATE.contacts.find(({ name }) => name === 'PayOnCall')?.id;
    const toPayOnCall = done.filter(
      ({ action, owner }) => action === 'AssociateMembers' && owner === payOnCall,
    );
    expect(toPayOnCall.map(({ members }) => members.length)).toEqual([5, 1]);

    expect((await plan(READER)).code).toBe(0);
    expect(writesIn(await callsOf(url)).length).toBe(writesIn(calls).length);
  });

  it('is refused with a key that may only read, and changes nothing', async () => {
    const { url, apply } = await world();
    const { code, stdout } = await apply(READER);
    expect(code).toBe(77);
    expect(stdout).toContain('Forbidden.RAM');
    const calls = await callsOf(url);
    expect(writesIn(calls).length).toBeGreaterThan(0);
    expect(calls.filter(({ applied }) => applied)).toEqual([]);
  });
});

/** A fresh emulator, folders of its own, and the two commands. */
async function world(manifests: readonly string[] = MANIFESTS) {
  const url = await startEmulator(CLOUD);
  const folder = temporaryFolder();
  const reports = join(folder, 'reports');
  const options = ['--endpoint', url, '--settle', '3s', '--log-level', 'warn'];
  const folders = ['--report-dir', reports, '--state-dir', join(folder, 'state')];
  const command =
    (name: string) =>
    (key: Key, more: readonly string[] = []): Promise<Ended> =>
      reconcile([name, ...manifests, ...options, ...folders, ...more], {
        env: signingWith(key),
      });
  return { url, reports, plan: command('plan'), apply: command('apply') };
}

const changesOf = (report: Report) => report.targets.flatMap(({ changes }) => changes);

const contactWrites = (calls: readonly LoggedCall[]) =>
  writesIn(calls).filter(({ action }) => action !== 'UpdateAggregator');

const faultsOfTheState = () => STATE.faults.map(({ kind }) => kind).sort();

/** For every contact its additions and its removals in calls of five, and one call for every aggregator. */
function fewestCalls(report: Report): number {
  const changesOfList = new Map<string, number>();
  for (const { kind, action, owner } of changesOf(report)) {
    const list = kind === 'contact' ? `${action} ${owner.id}` : owner.id;
    changesOfList.set(list, (changesOfList.get(list) ?? 0) + 1);
  }
  return [...changesOfList].reduce(
    (calls, [list, count]) => calls + (list.startsWith('ca-') ? 1 : Math.ceil(count / 5)),
    0,
  );
}

function depthOf(folderId: string): number {
  const parent = STATE.folders.find(({ id }) => id === folderId)?.parent;
  return parent === undefined ? 0 : 1 + depthOf(parent);
}
