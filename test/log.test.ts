import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLog, type LogOptions, logJobEvent } from '../src/log.ts';
import { prettyLine } from '../src/log-pretty.ts';
import { CloudCallError, type CloudFailure } from '../src/model/cloud-failure.ts';
import type { JobEvent } from '../src/model/job-event.ts';

function capture(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const log = createLog({
    level: 'debug',
    secrets: [],
    destination: { write: (line) => lines.push(line) },
    ...options,
  });
  return { log, lines, text: () => lines.join(''), last: () => JSON.parse(lines.at(-1) ?? '') };
}

const SECRET = 's3cr"et+key/==\\';
const FAILURE: CloudFailure = {
  class: 'conflict',
  code: 'ConcurrentCallNotSupported',
  message: 'conflicts with other operations',
  httpStatus: 429,
  requestId: 'REQ-1',
  retryAfterMs: undefined,
};

test('a line is one JSON object with level, time and message, written before the call returns', () => {
  const { log, lines, last } = capture();
  log.info({ stage: 'read' }, 'reading');
  expect(lines).toHaveLength(1);
  expect(last()).toEqual({
    level: 30,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    stage: 'read',
    msg: 'reading',
  });
});

test('lines below the level are not written', () => {
  const { log, lines } = capture({ level: 'warn' });
  log.info('no');
  log.warn('yes');
  expect(lines).toHaveLength(1);
});

describe.each([false, true])('with pretty %s', (pretty) => {
  const shape = pretty ? { format: prettyLine(false) } : {};

  const error = new Error(`sent ${SECRET}`, { cause: new Error(`before ${encodeURIComponent(SECRET)}`) });
  const cloudError = new CloudCallError({ ...FAILURE, message: `refused ${SECRET}` });

  test.each([
    ['a message', (log: ReturnType<typeof capture>['log']) => log.info(`with ${SECRET}`)],
    ['a field, at any depth', (log) => log.info({ a: [{ b: SECRET }] }, 'x')],
    ['a key', (log) => log.info({ [SECRET]: 1 }, 'x')],
    ['an address', (log) => log.info(`at https://127.0.0.1/${encodeURIComponent(SECRET)}`)],
    ['an error with its cause', (log) => log.error(error)],
    ['an error beside a message', (log) => log.error({ err: error }, 'failed')],
    ['an error under another name', (log) => log.error({ error: cloudError }, 'failed')],
    ['a child logger', (log) => log.child({ key: SECRET }).info('x')],
    [
      "a child's child",
      (log) =>
        log
          .child({})
          .child({ list: [SECRET] })
          .warn({ err: cloudError }, SECRET),
    ],
  ] as readonly (readonly [string, (log: ReturnType<typeof capture>['log']) => void])[])(
    'a secret in %s is not written, however it is spelled',
    (_, write) => {
      const { log, text } = capture({ ...shape, secrets: [SECRET] });
      write(log);
      expect(text()).toContain('[redacted]');
      expect(text()).not.toContain('s3cr');
    },
  );

  test.each([
    ['https://127.0.0.1/?ContactId=c-1&Signature=CANARY%3D', 'https://127.0.0.1/?[redacted]'],
    ['Signature=CANARY%3D rest', 'Signature=[redacted] rest'],
    ['AccessKeyId=CANARY&x', 'AccessKeyId=[redacted]&x'],
    ['x-acs-security-token: CANARY', 'x-acs-security-token=[redacted]'],
    ['SecurityToken="CANARY" rest', 'SecurityToken=[redacted]" rest'],
    ['Authorization: ACS3 Credential=CANARY,Signature=CANARY', 'Authorization: [redacted]'],
    ['key LTAI5tCANARYabcdef1234 used', 'key [redacted] used'],
    ['token STS.NUCANARYabc123 used', 'token [redacted] used'],
    ['to CANARY@example.com', 'to [e-mail]'],
    ['call 86-13900001111', 'call [phone number]'],
  ])('%s is written as %s', (message, shown) => {
    const { log, text } = capture(shape);
    log.info(message);
    const inJson = JSON.stringify(shown).slice(1, -1);
    expect(text()).toContain(pretty ? shown : inJson);
    expect(text()).not.toMatch(/CANARY|13900001111/);
  });

  test.each([
    'Authorization',
    'accessKeyId',
    'AccessKeySecret',
    'security-token',
    'x-acs-signature',
    'PhoneNumber',
    'email',
  ])('whatever stands under %s is not written', (key) => {
    const { log, text } = capture(shape);
    log.info({ headers: { [key]: 'canary' } }, 'x');
    log.info({ [key]: 13900001111 }, 'x');
    log.info({ [key]: { deep: ['canary'] } }, 'x');
    expect(text()).not.toMatch(/canary|13900001111/);
    expect(text().match(/\[redacted\]/g)).toHaveLength(3);
  });

  test('no character that moves the cursor or turns the reading direction is written raw', () => {
    const hostile = 'a\n{"level":60}\u001b[2J\u0007\u009b\u202e\u2028\u2029\u2066\u200f';
    const { log, lines, text } = capture(shape);
    log.child({ [hostile]: hostile }).warn({ name: hostile }, hostile);
    expect(lines).toHaveLength(1);
    expect(text().match(/\n/g)).toHaveLength(1);
    expect(text()).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\u200f]/u);
  });
});

test('JSON lines give back every text exactly', () => {
  const { log, last } = capture();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (suffix) => {
      const text = `\u202e\u2028\u0085${suffix.replaceAll('@', '')}`;
      log.info({ text }, 'x');
      expect(last().text).toBe(text);
    }),
  );
});

test('ids pass as they are', () => {
  const { log, last } = capture();
  const ids = [
    '1738084522671234',
    '9738084522671235',
    'c-qL4HqKONzOM7a1b2',
    'ca-dacf86d8314e00eb1234',
    'rd-3mNq8W',
  ];
  log.info({ ids }, ids.join(' '));
  expect(last()).toMatchObject({ ids, msg: ids.join(' ') });
});

test('a secret that becomes known later counts from then on', () => {
  const secrets = new Set<string>();
  const { log, lines } = capture({ secrets });
  log.info('value hunter22');
  secrets.add('hunter22');
  log.info('value hunter22');
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['value hunter22', 'value [redacted]']);
});

test('of a secret within another nothing is left, and one of three characters takes no words out', () => {
  const { log, last } = capture({ secrets: ['abcd', 'xxabcdyy', 'the', ''] });
  log.info('the xxabcdyy');
  expect(last().msg).toBe('the [redacted]');
});

const CALL = { lane: 'contact-write', action: 'AssociateMembers', subject: 'c-1', attempt: 2 } as const;

test.each<[JobEvent, number, string, object]>([
  [{ type: 'stage', stage: 'plan' }, 30, 'stage plan', { stage: 'plan' }],
  [
    { type: 'call', ...CALL, startedAt: 5, elapsedMs: 80, failure: undefined },
    20,
    'AssociateMembers ok',
    { subject: 'c-1', attempt: 2, elapsedMs: 80 },
  ],
  [
    { type: 'call', ...CALL, startedAt: 5, elapsedMs: 80, failure: FAILURE },
    20,
    'AssociateMembers ConcurrentCallNotSupported',
    { class: 'conflict', requestId: 'REQ-1', httpStatus: 429 },
  ],
  [
    {
      type: 'retry',
      action: 'AssociateMembers',
      subject: 'c-1',
      attempt: 2,
      delayMs: 200.4,
      failure: FAILURE,
    },
    40,
    'AssociateMembers attempt 2: ConcurrentCallNotSupported; again in 200 ms',
    { class: 'conflict', code: 'ConcurrentCallNotSupported', attempt: 2, delayMs: 200.4, requestId: 'REQ-1' },
  ],
  [{ type: 'wait', reason: 'settling', ms: 30_000 }, 30, 'waiting 30000 ms: settling', { ms: 30_000 }],
  [
    { type: 'pace', lane: 'read', at: 1, limit: 4, intervalMs: 0 },
    20,
    'read pace: 4 at a time',
    { lane: 'read', limit: 4, intervalMs: 0 },
  ],
  [
    { type: 'planned', writes: 1200, leastMs: 4000, mostMs: 90_000 },
    30,
    '1,200 writes to make, about 4 s to 2 min',
    { writes: 1200, leastMs: 4000, mostMs: 90_000 },
  ],
  [
    { type: 'planned', writes: 1, leastMs: 10, mostMs: 20 },
    30,
    '1 write to make, about 1 s',
    { writes: 1, leastMs: 10, mostMs: 20 },
  ],
  [{ type: 'warning', message: 'an old report stays' }, 40, 'an old report stays', {}],
  [{ type: 'halt', reason: 'permission' }, 50, 'halted: permission', { reason: 'permission' }],
])('a job event %j is one line', (event, level, msg, fields) => {
  const { log, lines, last } = capture();
  logJobEvent(log, event);
  expect(lines).toHaveLength(1);
  expect(last()).toMatchObject({ level, msg, ...fields });
});

test('pretty lines have colour where they are told to', () => {
  const colored = capture({ format: prettyLine(true) });
  const plain = capture({ format: prettyLine(false) });
  colored.log.info('x');
  plain.log.info('x');
  expect(colored.text()).toContain('\u001b[32mINFO\u001b[39m');
  expect(plain.text()).toMatch(/^\[[\d:.]+\] INFO: x\n$/);
});
