import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { proxyAgentFor, proxyHostFor } from '../../src/cloud/proxy.ts';
import { cloud, DRIFT_MANIFEST, desk, ensureBuilt } from '../support/processes.ts';
import { CERTIFICATE, connectProxy } from './support/connect-proxy.ts';

beforeAll(ensureBuilt, 120_000);
afterEach(() => vi.unstubAllEnvs());

const DIRECTORY_HOST = 'https://resourcedirectory.aliyuncs.com';

describe('the proxy of the environment', () => {
  test.each([
    [{ HTTPS_PROXY: 'http://outbound.test:8888' }, DIRECTORY_HOST, 'outbound.test:8888'],
    [{ https_proxy: 'outbound.test:8888' }, DIRECTORY_HOST, 'outbound.test:8888'],
    [{ HTTPS_PROXY: 'http://name:secret@outbound.test:8888' }, DIRECTORY_HOST, 'outbound.test:8888'],
    [{ HTTPS_PROXY: 'http://outbound.test:8888', NO_PROXY: '.aliyuncs.com' }, DIRECTORY_HOST, undefined],
    [{ HTTPS_PROXY: 'http://outbound.test:8888', NO_PROXY: '*' }, DIRECTORY_HOST, undefined],
    [{ HTTPS_PROXY: 'http://outbound.test:8888' }, 'https://127.0.0.1:8443', undefined],
    [{ HTTP_PROXY: 'http://outbound.test:8888' }, 'http://127.0.0.1:8080', undefined],
    [{ HTTP_PROXY: 'http://outbound.test:8888' }, 'http://100.100.100.200/latest', undefined],
    [{}, DIRECTORY_HOST, undefined],
  ])('%j for %s is %s', async (env, url, expected) => {
    for (const name of [
      'HTTPS_PROXY',
      'https_proxy',
      'HTTP_PROXY',
      'http_proxy',
      'ALL_PROXY',
      'NO_PROXY',
      'no_proxy',
    ])
      vi.stubEnv(name, undefined);
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    expect(proxyHostFor(url)).toBe(expected);
    const [agent, again] = await Promise.all([proxyAgentFor(url), proxyAgentFor(url)]);
    expect(agent === undefined).toBe(expected === undefined);
    expect(again).toBe(agent);
  });
});

describe('a run behind a proxy', () => {
  test('reaches both services of the public endpoints through tunnels', async () => {
    const emulator = await cloud();
    const proxy = await connectProxy(new URL(emulator.url));
    const at = desk();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    const withName = proxy.url.replace('//', '//name:pass-of-the-proxy@');
    const ended = await at.run(['apply', 'manifest.yaml', '--concurrency', '1', '--log-level', 'trace'], {
      HTTPS_PROXY: withName,
      NODE_EXTRA_CA_CERTS: CERTIFICATE,
    });
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('3 applied') });
    expect([...new Set(proxy.asked)].sort()).toEqual([
      'config.cn-shanghai.aliyuncs.com:443',
      'resourcedirectory.aliyuncs.com:443',
    ]);
    expect(proxy.authorizations[0]).toBe(`Basic ${btoa('name:pass-of-the-proxy')}`);
    expect(ended.stdout + ended.stderr).not.toContain('pass-of-the-proxy');
    // Tunnels are used again: fewer of them than calls.
    expect(proxy.asked.length).toBeLessThan(emulator.cloud.calls().length / 2);
  });

  test('that wants a password is named as what is in the way: 69, because no key of the cloud was refused, and names no secret', async () => {
    const emulator = await cloud();
    const proxy = await connectProxy(new URL(emulator.url), 407);
    const at = desk();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    const ended = await at.run(['plan', 'manifest.yaml'], {
      HTTPS_PROXY: proxy.url.replace('//', '//name:pass-of-the-proxy@'),
    });
    expect(ended.code).toBe(69);
    expect(ended.stdout).toContain('ProxyRefused: the proxy on the way asks for a name and a password');
    expect(ended.stdout).toContain('write the name and the password of the proxy into HTTPS_PROXY');
    expect(proxy.asked[0]).toBe('resourcedirectory.aliyuncs.com:443');
    expect(emulator.cloud.calls()).toEqual([]);
    expect(ended.stdout + ended.stderr).not.toContain('pass-of-the-proxy');
  });

  test('that wants a password is named, too, when it stands before a role', async () => {
    const emulator = await cloud();
    const proxy = await connectProxy(new URL(emulator.url), 407);
    const at = desk();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    const target = '{name: a, roleArn: "acs:ram::1738084522671234:role/reconcile"}';
    at.write('job.yaml', `version: 1\nmode: plan\nmanifest: [manifest.yaml]\ntargets: [${target}]\n`);
    const ended = await at.run(['run', 'job.yaml'], { HTTPS_PROXY: proxy.url });
    expect(ended.code).toBe(69);
    expect(ended.stdout).toContain(
      'ProxyRefused: role acs:ram::1738084522671234:role/reconcile cannot be assumed: the proxy on the way asks for',
    );
    expect(ended.stdout).toContain('write the name and the password of the proxy into HTTPS_PROXY');
    expect(new Set(proxy.asked)).toEqual(new Set(['sts.aliyuncs.com:443']));
  });
});
