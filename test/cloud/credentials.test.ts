import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CredentialsMissing } from '../../src/cloud/credential.ts';
import { resolveCredential } from '../../src/cloud/credentials.ts';
import { closedPort } from './support/raw-server.ts';

let home: string;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'rd-reconcile-home-'));
  for (const name of Object.keys(process.env))
    if (name.startsWith('ALIBABA_CLOUD_')) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', home);
  vi.stubEnv('USERPROFILE', home);
  vi.stubEnv('ALIBABA_CLOUD_ECS_METADATA_DISABLED', 'true');
  // The chain's last source asks a URI; without one it would look up the host name "undefined".
  vi.stubEnv('ALIBABA_CLOUD_CREDENTIALS_URI', `${(await closedPort()).href}credentials`);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

function writeHome(path: string, content: string): void {
  const file = join(home, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
}

const cliConfig = (...profiles: readonly object[]) =>
  JSON.stringify({ current: 'default', profiles: profiles.map((profile) => ({ mode: 'AK', ...profile })) });
const cliKey = (name: string) => ({ name, access_key_id: `${name}-id`, access_key_secret: `${name}-secret` });
const iniKey = (name: string) =>
  `[${name}]\ntype = access_key\naccess_key_id = ini-${name}-id\naccess_key_secret = ini-${name}-secret\n`;

async function refusalOf(promise: Promise<unknown>): Promise<string> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof CredentialsMissing) return thrown.message;
  throw new Error(`expected CredentialsMissing, got ${String(thrown)}`);
}

it('runs in an empty home', () => {
  expect(homedir()).toBe(home);
});

describe('keys that are given', () => {
  it('are used as they are', async () => {
    const credential = await resolveCredential({ keys: { accessKeyId: 'id', accessKeySecret: 'secret' } });
    expect(await credential.accessKey()).toEqual({
      accessKeyId: 'id',
      accessKeySecret: 'secret',
      securityToken: undefined,
      providerName: 'static_ak',
    });
  });

  it('may be temporary', async () => {
    const keys = { accessKeyId: 'id', accessKeySecret: 'secret', securityToken: 'token' };
    const credential = await resolveCredential({ keys });
    expect(await credential.accessKey()).toEqual({ ...keys, providerName: 'static_sts' });
  });

  it('may not be empty', async () => {
    const keys = { accessKeyId: '', accessKeySecret: 'secret' };
    expect(await refusalOf(resolveCredential({ keys }))).toBe('the access key that was given is empty');
  });
});

describe('the official chain', () => {
  it('takes the environment first', async () => {
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'env-id');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'env-secret');
    writeHome('.aliyun/config.json', cliConfig(cliKey('default')));
    const credential = await resolveCredential();
    expect(await credential.accessKey()).toMatchObject({
      accessKeyId: 'env-id',
      accessKeySecret: 'env-secret',
      providerName: 'default/env',
    });
  });

  it('yields a key to many callers at once, though the chain alone does not', async () => {
    writeHome('.aliyun/config.json', cliConfig(cliKey('default')));
    const credential = await resolveCredential();
    const keys = await Promise.all(Array.from({ length: 20 }, () => credential.accessKey()));
    expect(new Set(keys.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['default-id']));
  });

  it('says what was tried and what to set when nothing yields a key', async () => {
    const message = await refusalOf(resolveCredential());
    expect(message).toContain('no credentials found in the environment');
    expect(message).toContain('set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET');
    expect(message).toContain('--profile NAME');
  });

  it('starts afresh after a failure, though the chain alone does not', async () => {
    await refusalOf(resolveCredential());
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'env-id');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'env-secret');
    expect((await (await resolveCredential()).accessKey()).accessKeyId).toBe('env-id');
  });

  it('never repeats the content of a broken file, nor the home directory', async () => {
    writeHome('.aliyun/config.json', '{"profiles":[{"access_key_secret":"CanarySecret"');
    for (const choice of [{}, { profile: 'default' }]) {
      const message = await refusalOf(resolveCredential(choice));
      expect(message).not.toContain('CanarySecret');
      expect(message).not.toContain(home);
    }
  });
});

describe('a profile', () => {
  it('is the one of that name, not the current one, and leaves the environment alone', async () => {
    writeHome('.aliyun/config.json', cliConfig(cliKey('default'), cliKey('group-a')));
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'env-id');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'env-secret');
    vi.stubEnv('ALIBABA_CLOUD_PROFILE', 'default');
    const before = { ...process.env };
    const credential = await resolveCredential({ profile: 'group-a' });
    expect(await credential.accessKey()).toMatchObject({
      accessKeyId: 'group-a-id',
      accessKeySecret: 'group-a-secret',
      providerName: 'cli_profile/static_ak',
    });
    expect({ ...process.env }).toEqual(before);
  });

  it('is looked for in the credentials file when the CLI has none of that name', async () => {
    writeHome('.aliyun/config.json', cliConfig(cliKey('default')));
    writeHome('.alibabacloud/credentials', iniKey('default') + iniKey('group-b'));
    const credential = await resolveCredential({ profile: 'group-b' });
    expect(await credential.accessKey()).toMatchObject({
      accessKeyId: 'ini-group-b-id',
      accessKeySecret: 'ini-group-b-secret',
      providerName: 'profile/static_ak',
    });
  });

  it('of the CLI goes before one of the same name in the credentials file', async () => {
    writeHome('.aliyun/config.json', cliConfig(cliKey('group-a')));
    writeHome('.alibabacloud/credentials', iniKey('group-a'));
    const credential = await resolveCredential({ profile: 'group-a' });
    expect((await credential.accessKey()).accessKeyId).toBe('group-a-id');
  });

  it('is still found when the CLI profile is switched off', async () => {
    vi.stubEnv('ALIBABA_CLOUD_CLI_PROFILE_DISABLED', 'true');
    writeHome('.alibabacloud/credentials', iniKey('group-a'));
    const credential = await resolveCredential({ profile: 'group-a' });
    expect((await credential.accessKey()).accessKeyId).toBe('ini-group-a-id');
  });

  it('that exists nowhere is refused, whatever the environment holds', async () => {
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'env-id');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'env-secret');
    writeHome('.aliyun/config.json', cliConfig(cliKey('default')));
    expect(await refusalOf(resolveCredential({ profile: 'missing' }))).toBe(
      'profile "missing" gives no credentials: neither ~/.aliyun/config.json nor ~/.alibabacloud/credentials has a ' +
        'working profile of that name; run "aliyun configure --profile missing" or name another profile',
    );
  });

  it('without a key is refused', async () => {
    writeHome('.aliyun/config.json', cliConfig({ name: 'empty', access_key_id: '', access_key_secret: '' }));
    expect(await refusalOf(resolveCredential({ profile: 'empty' }))).toContain(
      'profile "empty" gives no credentials',
    );
  });
});
