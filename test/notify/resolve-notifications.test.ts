import { describe, expect, test } from 'vitest';
import { jobFileSchema } from '../../src/job/job-file/job-file-schema.ts';
import { resolveNotifications, secretsOf } from '../../src/notify/resolve-notifications.ts';

const URL_OF_ROBOT = 'https://oapi.dingtalk.com/robot/send?access_token=abcdef123456';
const ENVIRONMENT = {
  DINGTALK_URL: URL_OF_ROBOT,
  DINGTALK_SECRET: 'SEC0123456789',
  EMPTY: '',
  PLAIN: 'http://hooks.example.invalid/abc',
  LOCAL: 'http://127.0.0.1:8080/abc',
  NO_ADDRESS: 'token-only-0123',
  FILE: 'file:///tmp/token-0123',
};

test('url and secret are taken from the environment, and both occasions are the default', () => {
  const written = [{ type: 'dingtalk', url: 'env:DINGTALK_URL', secret: 'env:DINGTALK_SECRET' }] as const;
  expect(resolveNotifications(written, ENVIRONMENT)).toEqual({
    ok: true,
    value: [{ type: 'dingtalk', url: URL_OF_ROBOT, secret: 'SEC0123456789', when: ['changed', 'failed'] }],
  });
});

test('http is for this machine only', () => {
  expect(resolveNotifications([{ type: 'webhook', url: 'env:LOCAL' }], ENVIRONMENT).ok).toBe(true);
});

test.each([
  ['env:MISSING', 'the environment variable MISSING is not set; set it to the url'],
  ['env:EMPTY', 'the environment variable EMPTY is not set; set it to the url'],
  ['env:PLAIN', 'the url in PLAIN is not encrypted; http is for loopback hosts only, use https'],
  ['env:FILE', 'the url in FILE is not an address of https; copy the whole address of the webhook'],
  ['env:NO_ADDRESS', 'the url in NO_ADDRESS is not an address; copy the whole address of the webhook'],
  [URL_OF_ROBOT, 'url is not of the form env:NAME; put the value into the environment'],
])('%s is a problem that does not quote the value', (url, message) => {
  expect(resolveNotifications([{ type: 'slack', url }], ENVIRONMENT)).toEqual({
    ok: false,
    problems: [{ path: ['notify', 0, 'url'], message }],
  });
});

test('all problems are told at once, with their places in the job file', () => {
  const written = [
    { type: 'slack', url: 'env:DINGTALK_URL' },
    { type: 'feishu', url: 'env:A', secret: 'env:B' },
  ] as const;
  const resolved = resolveNotifications(written, ENVIRONMENT);
  expect(resolved.ok ? [] : resolved.problems.map(({ path }) => path.join('.'))).toEqual([
    'notify.1.url',
    'notify.1.secret',
  ]);
});

test('what must be kept out of logs is every part that could be a token', () => {
  const one = { type: 'dingtalk', url: URL_OF_ROBOT, secret: 'SEC0123456789', when: [] } as const;
  const two = {
    type: 'slack',
    url: 'https://hooks.slack.com/services/T1/B1/XyZ0123456789',
    secret: undefined,
    when: [],
  } as const;
  expect(secretsOf([one, two])).toEqual([
    URL_OF_ROBOT,
    '/robot/send?access_token=abcdef123456',
    'abcdef123456',
    'SEC0123456789',
    'https://hooks.slack.com/services/T1/B1/XyZ0123456789',
    '/services/T1/B1/XyZ0123456789',
    'XyZ0123456789',
  ]);
});

describe('in a job file', () => {
  const fits = (notify: object): boolean =>
    jobFileSchema.safeParse({ version: 1, mode: 'plan', notify: [notify] }).success;

  test.each([
    [{ type: 'dingtalk', url: 'env:U', secret: 'env:S', when: ['changed', 'failed'] }, true],
    [{ type: 'feishu', url: 'env:U', secret: 'env:S' }, true],
    [{ type: 'webhook', url: 'env:U' }, true],
    [{ type: 'wecom', url: 'env:U' }, true],
    [{ type: 'slack', url: 'env:U', when: ['failed'] }, true],
    [{ type: 'slack', url: 'env:U', secret: 'env:S' }, false],
    [{ type: 'slack', url: URL_OF_ROBOT }, false],
    [{ type: 'pager', url: 'env:U' }, false],
    [{ type: 'slack', url: 'env:U', when: [] }, false],
    [{ type: 'slack', url: 'env:U', when: ['always'] }, false],
    [{ type: 'slack' }, false],
  ])('%j: %s', (notification, expected) => {
    expect(fits(notification)).toBe(expected);
  });
});
