import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../samples/support/built.ts';
import {
  callsOf,
  type Ended,
  reconcile,
  startEmulator,
  temporaryFolder,
  writesIn,
} from '../samples/support/processes.ts';
import { CLOUD, READER, signingWith } from '../samples/support/quickstart.ts';

/** Every kind of thing that cannot be planned, and names that break out. */
const HARD = `
directory:
  id: rd-3mNq8W
  rootFolderId: r-Zk4pT9
  managementAccount: { id: "1711111111111111", name: "head: office" }
folders:
  - { id: fd-8HlrwYMfve, name: "平台 #1" }
  - { id: fd-EmptyEmpty, name: "Empty", parent: fd-8HlrwYMfve }
accounts:
  - { id: "1544091867047956", name: "=HYPERLINK(1)", folder: fd-8HlrwYMfve }
  - { id: "9738084522671235", name: "a\\nb", folder: fd-8HlrwYMfve }
contacts:
  - id: c-AAAAAAAAAAAAAAAA
    name: "x;=1+1"
    email: hidden@example.com
    messageTypes: [ServiceMessage]
    members: ["1555555555555555", fd-GoneGone12, fd-EmptyEmpty, "9738084522671235"]
  - id: c-BBBBBBBBBBBBBBBB
    name: left
    email: hidden@example.com
    messageTypes: [ServiceMessage]
    members: ["1555555555555555", fd-GoneGone12]
aggregators:
  - id: ca-7ec6e9cb4d553bd39b8a
    name: group
    type: CUSTOM
    accounts: ["1544091867047956", "1711111111111111"]
`;

beforeAll(ensureBuilt, 60_000);

describe('rd-reconcile export', { timeout: 60_000 }, () => {
  it.each(['yaml', 'csv'])(
    'to %s on the sample plans to no change, and is the same the second time',
    async (as) => {
      const folder = temporaryFolder();
      const again = () => exported(folder, CLOUD, ['--as', as]);
      const [first, second] = await Promise.all([again(), again()]);
      expect(first).toEqual({ code: 0, stdout: expect.stringContaining('c-0pTfrKGVLNnjKgoN'), stderr: '' });
      expect(second.stdout).toBe(first.stdout);
      // Without an extension: as it would be piped.
      writeFileSync(join(folder, 'manifest'), first.stdout);
      expect(await planned(folder, 'manifest', CLOUD)).toEqual({
        code: 0,
        counts: { unchanged: 69, unmanaged: 0 },
      });
    },
  );

  it.each(['yaml', 'csv'])('to %s leaves out what cannot be planned, and plans to no change', async (as) => {
    const folder = temporaryFolder();
    const cloud = join(folder, 'cloud.yaml');
    writeFileSync(cloud, HARD);
    const { code, stderr } = await exported(folder, cloud, ['--out', `m.${as}`]);
    expect([code, stderr]).toEqual([0, '']);
    const text = readFileSync(join(folder, `m.${as}`), 'utf8');
    expect(text).not.toContain('example.com');
    expect(
      text.split('\n').filter((line) => /GoneGone12|1555555555555555/.test(line) && !/^\s*#/.test(line)),
    ).toEqual([]);
    expect(await planned(folder, `m.${as}`, cloud)).toEqual({
      code: 0,
      counts: { unchanged: 4, unmanaged: 4 },
    });
  });

  it('writes --out whole, for its owner only, in the format of the extension', async () => {
    const folder = temporaryFolder();
    const { code, stdout } = await exported(folder, CLOUD, ['--out', 'm.csv']);
    expect([code, stdout]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'm.csv'), 'utf8')).toMatch(/^kind,owner,member,account_name,note\n/);
    expect(statSync(join(folder, 'm.csv')).mode & 0o777).toBe(0o600);
  });

  it('confines the export to a contact, and reads nothing of account groups for it', async () => {
    const url = await startEmulator(CLOUD);
    const { code, stdout } = await reconcile(
      ['export', '--endpoint', url, '--contact', 'NetOnCall', ...QUIET],
      { env: signingWith(READER) },
    );
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(5)).toEqual([
      'contacts:',
      '  - contact: c-unhSt0b9Jm6OGRB7 # NetOnCall',
      '    bind:',
      '      - fd-a9lkxwkkMx # /Platform/Network',
      '',
    ]);
    const calls = await callsOf(url);
    expect(
      calls.filter(({ action }) => action.endsWith('Aggregators') || action === 'GetAggregator'),
    ).toEqual([]);
    expect(calls.length).toBeGreaterThan(0);
    expect(writesIn(calls)).toEqual([]);
  });

  it.each([
    [['--contact', 'Nobody'], 64, 'there is no contact \\"Nobody\\"'],
    [['--as', 'yaml', '--out', 'm.csv'], 64, 'm.csv would be read as csv, and yaml was asked for'],
    [['--out', 'nowhere/m.yaml'], 64, 'nowhere/m.yaml cannot be written (ENOENT)'],
    [['--directory-id', 'rd-another'], 77, 'rd-another was expected'],
    [['--as', 'xml'], 64, 'Allowed choices are yaml, csv'],
  ])('%j ends with %d and says why, with nothing on stdout', async (more, code, message) => {
    const ended = await exported(temporaryFolder(), CLOUD, more);
    expect(ended).toEqual({ code, stdout: '', stderr: expect.stringContaining(message) });
  });

  it('says that there is nothing to plan in a directory without contacts and groups', async () => {
    const folder = temporaryFolder();
    const cloud = join(folder, 'cloud.yaml');
    writeFileSync(cloud, HARD.slice(0, HARD.indexOf('contacts:')));
    const { code, stdout, stderr } = await exported(folder, cloud, []);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(4)).toEqual(['ownership: listed', 'contacts: []', 'aggregators: []', '']);
    expect(stderr).toContain('there is nothing to plan');
  });
});

const QUIET = ['--log-level', 'warn'];

const exported = (cwd: string, cloud: string, more: readonly string[]): Promise<Ended> =>
  reconcile(['export', '--emulate', cloud, ...QUIET, ...more], { cwd });

async function planned(cwd: string, file: string, cloud: string) {
  const { code, stdout } = await reconcile(['plan', file, '--emulate', cloud, '--json', ...QUIET], { cwd });
  const { targets } = JSON.parse(stdout) as { targets: { plan: { counts: Record<string, number> } }[] };
  const { unchanged, unmanaged } = targets[0]?.plan.counts ?? {};
  return { code, counts: { unchanged, unmanaged } };
}
