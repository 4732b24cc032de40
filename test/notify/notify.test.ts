import { describe, expect, test } from 'vitest';
import { cutLines } from '../../src/notify/cut-lines.ts';
import type { Notification, NotificationType, Occasion } from '../../src/notify/notification.ts';
import { failureInWords, notify } from '../../src/notify/notify.ts';
import { isDue } from '../../src/notify/occasion.ts';
import type { Report, ReportTarget } from '../../src/report/report-schema.ts';
import { onlyTarget, planOf, planRecord, reportOf, runRecord, targetResult } from '../report/sample-run.ts';
import { NOBODY } from '../support/processes.ts';
import { chat } from './support.ts';

const notification = (url: string, type: NotificationType = 'webhook'): Notification => ({
  type,
  url,
  secret: undefined,
  when: ['changed', 'failed'],
});

const send = (url: string, type?: NotificationType, timeoutMs = 5000) =>
  notify(reportOf(), [notification(url, type)], { now: () => 0, timeoutMs });

describe('who is told of what', () => {
  const inSync = reportOf(
    runRecord({
      targets: [targetResult({ plan: planOf([]), outcomes: new Map(), exitCode: 0, result: 'in-sync' })],
    }),
  );
  const drift = reportOf(planRecord());
  const history = (appeared: number, standing: number, settled: number): Partial<ReportTarget> => ({
    history: {
      previousRunId: 'run-0',
      previousStartedAt: '2026-11-20T09:30:00.000Z',
      appeared,
      standing,
      settled,
    },
  });
  const driftWith = (rest: Partial<ReportTarget>): Report => ({
    ...drift,
    targets: [{ ...onlyTarget(drift), ...rest }],
  });
  const ended = (exitCode: number): Report => ({ ...inSync, run: { ...inSync.run, exitCode } });

  test.each<[string, Report, Occasion[]]>([
    ['a run that found nothing to do', inSync, []],
    ['a first plan with changes', drift, ['changed']],
    ['a plan whose drift is that of last night', driftWith(history(0, 7, 0)), []],
    ['a plan with one change more', driftWith(history(1, 6, 0)), ['changed']],
    ['a plan with one change less', driftWith(history(0, 7, 1)), ['changed']],
    [
      'a plan after which somebody settled everything',
      { ...inSync, targets: driftWith({ ...history(0, 0, 3), changes: [] }).targets },
      ['changed'],
    ],
    ['an apply of which a part failed', reportOf(), ['changed', 'failed']],
    ['a run that the guard refused', ended(4), ['failed']],
    ['a run whose credentials were refused', ended(77), ['failed']],
    ['a run that was interrupted', ended(130), ['failed']],
    ['a run that could not read the cloud', ended(69), ['failed']],
  ])('%s', (_, report, due) => {
    for (const when of ['changed', 'failed'] as const) {
      expect([when, isDue(report, { when: [when] })]).toEqual([when, due.includes(when)]);
    }
  });

  test('what is not due is not sent', async () => {
    const at = await chat(() => ({ body: 'ok' }));
    expect(await notify(inSync, [notification(at.url)], { now: () => 0 })).toEqual([
      { type: 'webhook', status: 'not-due' },
    ]);
    expect(at.received).toEqual([]);
  });

  test('each gets one message, also where another cannot be reached', async () => {
    const at = await chat(() => ({ body: 'ok' }));
    const all = [notification(`${NOBODY}/hook`), notification(at.url), notification(at.url, 'slack')];
    const deliveries = await notify(reportOf(), all, { now: () => 0 });
    expect(deliveries.map(({ status }) => status)).toEqual(['failed', 'sent', 'sent']);
    expect(at.received).toHaveLength(2);
  });
});

describe('a notification that fails is told in a few words, without the address', () => {
  const TOKEN = 'token-that-nobody-may-see';

  test('nobody listens', async () => {
    expect(await send(`${NOBODY}/${TOKEN}`)).toEqual([
      { type: 'webhook', status: 'failed', reason: 'it could not be sent (ECONNREFUSED)' },
    ]);
  });

  test('no answer in time', async () => {
    const { url } = await chat(() => undefined);
    expect(await send(`${url}/${TOKEN}`, 'webhook', 50)).toEqual([
      { type: 'webhook', status: 'failed', reason: 'no answer within 50 ms' },
    ]);
  });

  test.each<[NotificationType, number, string, string]>([
    ['webhook', 500, TOKEN, 'HTTP 500'],
    ['slack', 403, 'invalid_token', 'HTTP 403'],
    ['slack', 302, '', 'HTTP 302'],
    ['dingtalk', 200, '{"errcode":130101,"errmsg":"send too fast"}', 'code 130101'],
    ['dingtalk', 200, '<html>', 'an answer that cannot be read'],
    ['dingtalk', 200, '{"errcode":"0"}', 'an answer that cannot be read'],
    ['feishu', 200, 'null', 'an answer that cannot be read'],
    ['feishu', 200, '{"code":9499,"msg":"Bad Request"}', 'code 9499'],
    ['wecom', 200, '{"errcode":93000,"errmsg":"invalid webhook url"}', 'code 93000'],
  ])('%s answers %i %s', async (type, status, body, reason) => {
    const { url } = await chat(() => ({ status, body, headers: { location: 'http://127.0.0.1:9/' } }));
    const [delivery] = await send(`${url}/${TOKEN}`, type);
    expect(delivery).toEqual({ type, status: 'failed', reason: `it was refused with ${reason}` });
    expect(delivery === undefined ? '' : failureInWords(delivery)).toBe(
      `the notification to ${type} failed: it was refused with ${reason}; check its address, its secret and the network`,
    );
  });

  test('an older answer of Feishu is understood', async () => {
    const { url } = await chat(() => ({ body: '{"StatusCode":0,"StatusMessage":"success"}' }));
    expect(await send(url, 'feishu')).toEqual([{ type: 'feishu', status: 'sent' }]);
  });

  test('an endless answer is not read to its end', async () => {
    const { url } = await chat(() => ({ body: 'x'.repeat(5_000_000) }));
    expect(await send(url, 'dingtalk')).toMatchObject([{ status: 'failed' }]);
  });
});

describe('size', () => {
  const bytes = (text: string): number => Buffer.byteLength(text);

  test.each<[NotificationType, number]>([
    ['dingtalk', 20_000],
    ['feishu', 20 * 1024],
    ['wecom', 2048 + 100],
    ['slack', 4000 + 100],
  ])(
    'a message to %s keeps below %i bytes, however many directories have a name of any length',
    async (type, most) => {
      const at = await chat(() => ({ body: '{"errcode":0,"code":0}' }));
      const targets = Array.from({ length: 300 }, (_, index) =>
        targetResult({ name: `目录${index}-${'名'.repeat(400)}`, problems: [] }),
      );
      await notify(reportOf(runRecord({ targets })), [notification(at.url, type)], { now: () => 0 });
      expect(at.received).toHaveLength(1);
      expect(bytes(at.received[0]?.body ?? '')).toBeLessThanOrEqual(most);
    },
  );

  test.each([
    [['one', 'two'], 7, 'one\ntwo'],
    [['one', 'two', 'three', 'four', 'five', 'six', 'seven'], 32, 'one\n6 more lines, in the report'],
    [['支付', '支付', '支付', '支付', '支付', '支付', '支付'], 40, '支付\n6 more lines, in the report'],
  ])('%j in %i bytes', (lines, most, text) => {
    expect(cutLines(lines, most)).toBe(text);
    expect(bytes(text)).toBeLessThanOrEqual(most);
  });
});
