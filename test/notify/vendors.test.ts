import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { noticeOf } from '../../src/notify/notice.ts';
import type { Notification, NotificationType } from '../../src/notify/notification.ts';
import { notify } from '../../src/notify/notify.ts';
import { signForDingtalk, signForFeishu, signForWebhook } from '../../src/notify/signatures.ts';
import { nightReport } from '../report/support/night-report.ts';
import { type Chat, chat, type Received, type Reply } from './support.ts';

/** Each service on loopback checks what it gets as its vendor documents it, and answers as it would. */

const SECRET = 'SECa-secret-of-the-robot';
const NOW = Date.UTC(2026, 10, 21, 9, 31, 7, 250);
const AN_HOUR = 3_600_000;
const ok = (body: object): Reply => ({ body: JSON.stringify(body) });

const hmac = (key: string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const json = ({ body }: Received): Record<string, never> => JSON.parse(body) as Record<string, never>;

function dingtalk({ query }: Received): Reply {
  const timestamp = query.get('timestamp') ?? '';
  const expected = hmac(SECRET, `${timestamp}\n${SECRET}`).toString('base64');
  const isFresh = Math.abs(NOW - Number(timestamp)) < AN_HOUR;
  return query.get('access_token') === 'token-1' && query.get('sign') === expected && isFresh
    ? ok({ errcode: 0, errmsg: 'ok' })
    : ok({ errcode: 310000, errmsg: `sign not match, token ${query.get('access_token')}` });
}

function feishu(message: Received): Reply {
  const { timestamp, sign } = json(message);
  const expected = hmac(`${timestamp}\n${SECRET}`, '').toString('base64');
  const isFresh = Math.abs(NOW / 1000 - Number(timestamp)) < 3600;
  return sign === expected && typeof timestamp === 'string' && isFresh
    ? ok({ code: 0, msg: 'success', data: {} })
    : ok({ code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' });
}

function webhook({ headers, body }: Received): Reply {
  const timestamp = String(headers['x-rd-reconcile-timestamp']);
  const expected = `sha256=${hmac(SECRET, `${timestamp}.${body}`).toString('hex')}`;
  const fits =
    headers['x-rd-reconcile-signature'] === expected && timestamp === String(Math.floor(NOW / 1000));
  return fits ? { status: 204, body: '' } : { status: 401, body: 'signature' };
}

const VENDORS: readonly [NotificationType, string, (message: Received) => Reply][] = [
  ['dingtalk', '/robot/send?access_token=token-1', dingtalk],
  ['feishu', '/open-apis/bot/v2/hook/token-1', feishu],
  ['wecom', '/cgi-bin/webhook/send?key=token-1', () => ok({ errcode: 0, errmsg: 'ok' })],
  ['slack', '/services/T1/B1/token-1', () => ({ body: 'ok' })],
  ['webhook', '/hook?who=token-1', webhook],
];

const send = (notifications: readonly Notification[]) =>
  notify(nightReport(), notifications, { now: () => NOW, reportPlace: 'reports/run-1/report.json' });

const to = (type: NotificationType, at: Chat, path: string, secret: string | undefined): Notification => ({
  type,
  url: `${at.url}${path}`,
  secret,
  when: ['changed', 'failed'],
});

describe.each(VENDORS)('%s', (type, path, answer) => {
  test('takes one message, signed as it is documented', async () => {
    const at = await chat(answer);
    expect(await send([to(type, at, path, SECRET)])).toEqual([{ type, status: 'sent' }]);
    expect(at.received).toHaveLength(1);
    expect(at.received[0]?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(at.received[0]?.headers['content-length']).toBe(
      String(Buffer.byteLength(at.received[0]?.body ?? '')),
    );
    expect(at.received[0]?.path).toBe(new URL(path, at.url).pathname);
  });

  test('is told what happened, and where the report is', async () => {
    const at = await chat(answer);
    await send([to(type, at, path, SECRET)]);
    const { body } = at.received[0] ?? { body: '' };
    expect(body).toContain('rd-reconcile apply: refused');
    expect(body).toContain('exit 4: the gravest of its directories: refused by the guard');
    expect(body).toContain('reports/run-1/report.json');
  });
});

describe.each([['dingtalk'], ['feishu'], ['webhook']] as const)('%s', (type) => {
  const [, path = '', answer] = VENDORS.find(([name]) => name === type) ?? [];

  test.each([
    ['a wrong secret', 'another-secret'],
    ['no secret', undefined],
  ])('refuses %s, and the reason is its code alone', async (_, secret) => {
    const at = await chat((message) => answer?.(message));
    const [delivery] = await send([to(type, at, path, secret)]);
    const codes = { dingtalk: 'code 310000', feishu: 'code 19021', webhook: 'HTTP 401' };
    expect(delivery).toEqual({ type, status: 'failed', reason: `it was refused with ${codes[type]}` });
  });
});

describe('signatures', () => {
  // printf '1599360473000\nthis is secret' | openssl dgst -sha256 -hmac 'this is secret' -binary | base64
  // printf '' | openssl dgst -sha256 -hmac "$(printf '1599360473\ndemo')" -binary | base64
  // printf '1599360473.{"a":1}' | openssl dgst -sha256 -hmac demo
  test('are those that OpenSSL computes', () => {
    expect(signForDingtalk(1_599_360_473_000, 'this is secret')).toBe(
      'hXZTWifRGHclNuZSKxoXc//sh51SWfVfRIhcdeKs63I=',
    );
    expect(signForFeishu(1_599_360_473, 'demo')).toBe('l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=');
    expect(signForWebhook(1_599_360_473, '{"a":1}', 'demo')).toBe(
      'sha256=3752e1775f64fa842f16a05c9208d58b56bbffc5a2f9cb2da63230987c318905',
    );
  });
});

describe('a message', () => {
  const bodyFor = async (type: NotificationType): Promise<string> => {
    const [, path = '', answer] = VENDORS.find(([name]) => name === type) ?? [];
    const at = await chat((message) => answer?.(message));
    await send([to(type, at, path, SECRET)]);
    return at.received[0]?.body ?? '';
  };

  test('to DingTalk is plain text and mentions nobody', async () => {
    expect(JSON.parse(await bodyFor('dingtalk'))).toEqual({
      msgtype: 'text',
      text: { content: expect.stringMatching(/^rd-reconcile apply: refused\nexit 4: /) },
      at: { isAtAll: false },
    });
  });

  test('to Feishu is made of pieces of text, in which a tag is no mention', async () => {
    const { content } = JSON.parse(await bodyFor('feishu'));
    const pieces = (content.post.zh_cn.content as { tag: string }[][]).flat();
    expect(new Set(pieces.map(({ tag }) => tag))).toEqual(new Set(['text']));
    expect(content.post.zh_cn.title).toBe('rd-reconcile apply: refused');
  });

  const HOSTILE = '<!channel> <@all> <at user_id="all"> [a](http://127.0.0.1) & \u001b[31m\n# x';

  test.each<[NotificationType, string]>([
    ['dingtalk', '<!channel> <@all> <at user_id="all"> [a](http://127.0.0.1) & \\u001b[31m\\u000a# x'],
    ['feishu', '<!channel> <@all> <at user_id="all"> [a](http://127.0.0.1) & \\u001b[31m\\u000a# x'],
    ['wecom', '＜!channel＞ ＜@all＞ ＜at user_id="all"＞ [a](http://127.0.0.1) & \\u001b[31m\\u000a# x'],
    [
      'slack',
      '&lt;!channel&gt; &lt;@all&gt; &lt;at user_id="all"&gt; [a](http://127.0.0.1) &amp; \\u001b[31m\\u000a# x',
    ],
  ])('to %s mentions nobody, whatever a name holds', async (type, shown) => {
    const at = await chat(() => ({ body: '{"errcode":0,"code":0}' }));
    const [target] = nightReport().targets;
    if (target === undefined) throw new Error('no target');
    const report = { ...nightReport(), targets: [{ ...target, name: HOSTILE }] };
    await notify(report, [to(type, at, '/', undefined)], { now: () => NOW });
    expect(JSON.stringify(JSON.parse(at.received[0]?.body ?? ''))).toContain(
      JSON.stringify(shown).slice(1, -1),
    );
  });

  test('to Slack has no markup and unfolds no link', async () => {
    expect(JSON.parse(await bodyFor('slack'))).toMatchObject({ mrkdwn: false, unfurl_links: false });
  });

  test('to a webhook is a summary that a program can read', async () => {
    expect(JSON.parse(await bodyFor('webhook'))).toMatchObject({
      schemaVersion: 1,
      run: { id: 'run-1', mode: 'apply', result: 'refused', exitCode: 4 },
      targetCount: 3,
      targets: [
        {
          name: 'group "a"',
          directoryId: 'rd-3mNq8W',
          exitCode: 3,
          outcomes: {
            applied: 1,
            already: 1,
            failed: 1,
            uncertain: 1,
            'not-visible': 1,
            skipped: 1,
            planned: 1,
          },
          history: { appeared: 5, standing: 2, settled: 1 },
        },
        { name: 'group-b', result: 'refused' },
        { name: 'group-c', counts: { bind: 0 } },
      ],
    });
  });

  test('says in a few lines what happened to whom', () => {
    const { title, lines } = noticeOf(nightReport(), 'reports/run-1');
    expect([title, ...lines.slice(0, 4)]).toEqual([
      'rd-reconcile apply: refused',
      'exit 4: the gravest of its directories: refused by the guard; 12.4 s',
      '3 directories, 2 not in sync',
      'group "a" (rd-3mNq8W): partial; 3 to bind, 2 to unbind, 1 account to add, 1 account to remove; ' +
        '14 unchanged, 2 unmanaged; 4 more than last time: 5 new, 2 standing, 1 settled',
      'group-b (rd-3mNq8W): refused; 1 to unbind; 14 unchanged, 2 unmanaged',
    ]);
    expect(lines.at(-1)).toBe('report: reports/run-1');
  });
});
