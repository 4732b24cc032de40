import { expect, it } from 'vitest';
import { checkEndpoint, EndpointError, isLoopback } from '../../src/cloud/endpoint.ts';
import { CLOUD_CONFIG_ENDPOINTS } from '../../src/wire/cloud-config.ts';
import { RESOURCE_DIRECTORY_ENDPOINTS } from '../../src/wire/resource-directory.ts';

it.each([
  ...Object.values(RESOURCE_DIRECTORY_ENDPOINTS),
  ...Object.values(CLOUD_CONFIG_ENDPOINTS),
  'https://resourcedirectory.vpc-proxy.aliyuncs.com',
  'http://127.0.0.1:8080',
  'http://127.1.2.3',
  'http://[::1]:8080',
  'http://localhost:8080',
  'https://localhost',
])('takes %s', (text) => {
  const url = new URL(text);
  expect(checkEndpoint(url)).toBe(url);
});

it.each([
  ['http://resourcedirectory.aliyuncs.com', 'is not encrypted; http is for loopback hosts only, use https'],
  ['http://10.0.0.1:8080', 'is not encrypted; http is for loopback hosts only, use https'],
  ['http://0.0.0.0:8080', 'is not encrypted; http is for loopback hosts only, use https'],
  ['http://127.0.0.1.example.com', 'is not encrypted; http is for loopback hosts only, use https'],
  ['http://localhost.example.com', 'is not encrypted; http is for loopback hosts only, use https'],
  ['https://example.com', 'is not a host of aliyuncs.com; correct it, or leave it out and choose --site'],
  [
    'https://aliyuncs.com.example.com',
    'is not a host of aliyuncs.com; correct it, or leave it out and choose --site',
  ],
  ['https://notaliyuncs.com', 'is not a host of aliyuncs.com; correct it, or leave it out and choose --site'],
  ['ftp://127.0.0.1', 'is neither http nor https; write https://HOST'],
  ['http://127.0.0.1/path', 'has a path or a query; leave it out'],
  ['http://127.0.0.1/?a=b', 'has a path or a query; leave it out'],
])('refuses %s: it %s', (text, problem) => {
  const { protocol, host } = new URL(text);
  expect(() => checkEndpoint(new URL(text))).toThrow(
    new EndpointError(`endpoint ${protocol}//${host} ${problem}`),
  );
});

it('refuses a user name or password without repeating it', () => {
  const check = () => checkEndpoint(new URL('https://me:pass@resourcedirectory.aliyuncs.com'));
  expect(check).toThrow(
    'endpoint https://resourcedirectory.aliyuncs.com carries a user name or password; leave it out',
  );
});

it('knows a loopback host however it is written', () => {
  expect(isLoopback(new URL('http://127.1'))).toBe(true);
  expect(isLoopback(new URL('http://0x7f.0.0.1'))).toBe(true);
  expect(isLoopback(new URL('http://128.0.0.1'))).toBe(false);
});
