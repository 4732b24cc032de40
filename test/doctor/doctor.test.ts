import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import type { RunningEmulator } from '../../src/emulator/server.ts';
import type { Diagnosis } from '../../src/report/diagnosis.ts';
import { startRawServer } from '../cloud/support/raw-server.ts';
import {
  ACCOUNTS,
  cloud,
  DIRECTORY,
  desk,
  type Ended,
  ensureBuilt,
  NOBODY,
  OPS,
  smallState,
  writesOf,
} from '../support/processes.ts';

beforeAll(ensureBuilt, 120_000);

const { accessKeyId, accessKeySecret } = DEFAULT_CREDENTIAL;
const MASKED = `${accessKeyId.slice(0, 4)}****${accessKeyId.slice(-4)}`;
const FOLDERS = [{ id: 'fd-Production', name: 'Production' }];

const READS = [
  'resourcemanager:GetResourceDirectory',
  'resourcemanager:ListAccounts',
  'resourcemanager:ListFoldersForParent',
  'resourcemanager:GetFolder',
  'resourcemanager:ListMessageContacts',
  'resourcemanager:GetMessageContact',
  'config:ListAggregators',
  'config:GetAggregator',
];
const WRITES = [
  'resourcemanager:AssociateMembers',
  'resourcemanager:DisassociateMembers',
  'config:UpdateAggregator',
];

async function doctor(
  emulator: RunningEmulator | undefined,
  args: readonly string[] = [],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Ended & { found: Diagnosis }> {
  const endpoint = ['--endpoint', emulator?.url ?? NOBODY];
  const ended = await desk().run(['doctor', '--json', ...endpoint, ...args], env);
  return { ...ended, found: JSON.parse(ended.stdout) as Diagnosis };
}

const actions = ({ permissions }: Diagnosis, status: string) =>
  permissions.filter((one) => one.status === status).map(({ action }) => action);

describe('doctor', () => {
  test('finds a good directory ready, and writes nothing', async () => {
    const emulator = await cloud(smallState({ folders: FOLDERS }));
    const { code, found, stderr } = await doctor(emulator);
    expect([code, stderr]).toEqual([0, '']);
    expect(found).toMatchObject({
      exitCode: 0,
      credential: { source: 'default/env', accessKeyId: MASKED, temporary: false },
      identity: { type: 'RAMUser', accountId: '1738084522670000' },
      directory: { id: DIRECTORY, managementAccountId: '1738084522670000' },
      clockSkewMs: expect.any(Number),
      quotas: [{ what: 'contacts of the directory', used: 2, cap: 20 }],
      problems: [],
    });
    expect(Math.abs(found.clockSkewMs ?? Infinity)).toBeLessThanOrEqual(2000);
    expect(found.endpoints.map(({ service, reachable, proxy }) => [service, reachable, proxy])).toEqual([
      ['directory', true, null],
      ['config', true, null],
      ['sts', true, null],
    ]);
    expect(actions(found, 'allowed')).toEqual(READS);
    expect(actions(found, 'not-tried')).toEqual(WRITES);
    expect(writesOf(emulator)).toEqual([]);
  });

  test('tells which permission is missing: 77', async () => {
    const denied = {
      credentials: [{ accessKeyId, accessKeySecret, deny: ['ListMessageContacts', 'GetAggregator'] }],
    };
    const { code, found } = await doctor(await cloud(smallState(denied)));
    expect(code).toBe(77);
    expect(actions(found, 'denied')).toEqual(['resourcemanager:ListMessageContacts', 'config:GetAggregator']);
    expect(found.problems.map(({ severity, code: what }) => [severity, what])).toEqual([
      ['error', 'denied'],
      ['error', 'denied'],
    ]);
  });

  test('a wrong secret is refused once for each service, and appears nowhere: 77', async () => {
    const secret = 'sentinel-of-a-secret';
    const { code, found, stdout, stderr } = await doctor(await cloud(), ['--log-level', 'trace'], {
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
    });
    expect(code).toBe(77);
    expect(found.problems.map(({ severity, message }) => [severity, message.split(':')[1]?.trim()])).toEqual([
      ['warning', 'SignatureDoesNotMatch'],
      ['error', 'SignatureDoesNotMatch'],
      ['error', 'SignatureDoesNotMatch'],
    ]);
    expect(stdout + stderr).not.toContain(secret);
    expect(stdout + stderr).not.toContain(accessKeyId);
  });

  test('the directory is not the one that is meant: 77', async () => {
    const { code, found } = await doctor(await cloud(), ['--directory-id', 'rd-Elsewhere']);
    expect(code).toBe(77);
    expect(found.problems).toEqual([
      {
        severity: 'error',
        code: 'wrong-directory',
        message: `the credentials belong to resource directory ${DIRECTORY}, and rd-Elsewhere was expected`,
      },
    ]);
  });

  test('nobody answers: 69', async () => {
    const { code, found } = await doctor(undefined);
    expect(code).toBe(69);
    expect(found.endpoints.map(({ reachable, latencyMs }) => [reachable, latencyMs])).toEqual([
      [false, null],
      [false, null],
      [false, null],
    ]);
    expect(found.directory).toBeNull();
  });

  test('there are no credentials: 78', async () => {
    const { code, found } = await doctor(undefined, ['--profile', 'nobody']);
    expect(code).toBe(78);
    expect(found).toMatchObject({ credential: null, problems: [{ code: 'credentials-missing' }] });
  });

  test.each([
    [0o644, ['credentials-readable']],
    [0o600, []],
  ])('warns of keys in a file that others can read: %o', async (mode, expected) => {
    const at = desk();
    const key = { access_key_id: accessKeyId, access_key_secret: accessKeySecret };
    const profiles = [{ name: 'audit', mode: 'AK', ...key, region_id: 'cn-hangzhou' }];
    mkdirSync(at.path('home', '.aliyun'), { recursive: true });
    const path = at.path('home', '.aliyun', 'config.json');
    writeFileSync(path, JSON.stringify({ current: 'audit', profiles }));
    chmodSync(path, mode);
    const { url } = await cloud();
    const { code, stdout } = await at.run(['doctor', '--json', '--endpoint', url, '--profile', 'audit']);
    const { problems } = JSON.parse(stdout) as Diagnosis;
    expect(problems.map((one) => one.code)).toEqual(expected);
    expect(problems.filter(({ message }) => !message.includes(path))).toEqual([]);
    expect(code).toBe(0);
  });

  test('warns of a contact near its cap, and stays ready', async () => {
    const full = {
      contacts: [{ id: OPS, name: 'Operations', email: 'a@example.com', members: ACCOUNTS.slice(0, 8) }],
    };
    const { code, found, stdout } = await doctor(await cloud(smallState(full)));
    expect(code).toBe(0);
    expect(found.quotas).toContainEqual({ what: `targets of contact ${OPS}`, used: 8, cap: 10 });
    expect(found.problems.map(({ severity, code: what }) => [severity, what])).toEqual([
      ['warning', 'near-cap'],
    ]);
    expect(stdout).not.toContain('@');
  });

  test('looks at all contacts and groups, on however many pages they are', async () => {
    const full = smallState({
      contacts: [1, 2, 3, 4, 5].map((n) => ({
        id: `c-Contact00000000${n}`,
        name: `Contact ${n}`,
        members: n < 4 ? [] : ACCOUNTS.slice(0, 8),
      })),
      behaviour: { maxPageSize: 2 },
    });
    const { code, found } = await doctor(await cloud(full));
    expect(code).toBe(0);
    expect(found.quotas).toEqual([
      { what: 'contacts of the directory', used: 5, cap: 20 },
      { what: 'targets of contact c-Contact000000004', used: 8, cap: 10 },
      { what: 'targets of contact c-Contact000000005', used: 8, cap: 10 },
    ]);
  });

  test('measures a clock that the service refuses, by the date of its refusals: 77', async () => {
    const server = await startRawServer((response) => {
      const date = new Date(Date.now() + 1_200_000).toUTCString();
      response.writeHead(400, { 'content-type': 'application/json', date });
      response.end(
        JSON.stringify({ Code: 'InvalidTimeStamp.Expired', Message: 'Expired.', RequestId: 'R-1' }),
      );
    });
    const ended = await desk().run(['doctor', '--json', '--endpoint', server.url.href]);
    const found = JSON.parse(ended.stdout) as Diagnosis;
    expect(ended.code).toBe(77);
    expect(Math.round((found.clockSkewMs ?? 0) / 60_000)).toBe(20);
    expect(found.problems.map(({ code }) => code)).toEqual(['denied', 'denied', 'denied', 'clock-skew']);
    expect(found.problems[3]?.message).toMatch(/^this machine's clock is (?:19|20) min \d+ s behind that of/);
    expect(found.problems[1]?.message).toMatch(/; set the clock of this machine$/);
  });

  test('says it in words without --json', async () => {
    const emulator = await cloud();
    const { stdout } = await desk().run(['doctor', '--endpoint', emulator.url]);
    expect(stdout).toContain(`credential  ${MASKED} from default/env\n`);
    expect(stdout).toContain(
      `in          resource directory ${DIRECTORY}, managed by account 1738084522670000\n`,
    );
    expect(stdout).toContain('not tried   resourcemanager:GetFolder, resourcemanager:AssociateMembers');
    expect(stdout).toMatch(/\nready to plan; whether writes are allowed shows when they are made\n$/);
  });
});
