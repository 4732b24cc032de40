import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/server.ts';
import { SECOPS, worldState } from './world.ts';

/**
 * The two schemes written out from their pages with nothing but node:crypto, and sent as raw requests: neither the
 * official client nor anything of the emulator takes part in the signing.
 * "V3 request structure and signature" and "Request syntax and signature method V2 for RPC APIs" (June 2026).
 */

type Pairs = readonly (readonly [string, string])[];

const PLAIN = { id: 'LTAIexample', secret: 'plain-secret' };
const STS = { id: 'STS.example', secret: 'sts-secret', token: 'CAIS+/token==with/signs' };

const emulator = await startEmulator({
  state: worldState({
    behaviour: { latencyMs: 0 },
    credentials: [
      { accessKeyId: PLAIN.id, accessKeySecret: PLAIN.secret },
      { accessKeyId: STS.id, accessKeySecret: STS.secret, securityToken: STS.token },
    ],
  }),
});
afterAll(() => emulator.close());
const { host, port } = new URL(emulator.url);

/** RFC 3986, byte by byte. */
const encode = (text: string): string =>
  Array.from(Buffer.from(text, 'utf8'), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9\-_.~]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');

const byName = (a: readonly [string, string], b: readonly [string, string]): number =>
  Buffer.compare(Buffer.from(a[0]), Buffer.from(b[0]));
const joined = (pairs: Pairs): string =>
  [...pairs]
    .sort(byName)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const nonce = (): string => createHash('sha1').update(`${Math.random()}${performance.now()}`).digest('hex');
const now = (offsetMs = 0): string => new Date(Date.now() + offsetMs).toISOString().replace(/\.\d+Z/, 'Z');

interface Raw {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  /** How the body is sent. */
  readonly framing?: 'sized' | 'chunked';
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly requestId: string;
  readonly body: string;
}

function send({ method, path, headers, body = '', framing = 'sized' }: Raw): Promise<Answer> {
  const length = framing === 'sized' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path, headers: { ...headers, ...length } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            type: String(answer.headers['content-type']),
            requestId: String(answer.headers['x-acs-request-id']),
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    sent.on('error', reject);
    const half = Math.ceil(body.length / 2);
    if (framing === 'chunked') sent.write(body.slice(0, half));
    sent.end(framing === 'chunked' ? body.slice(half) : body);
  });
}

interface Call {
  readonly action: string;
  readonly version?: string;
  readonly method?: 'GET' | 'POST';
  readonly query?: Pairs;
  readonly form?: Pairs;
  readonly json?: string;
  readonly key?: { readonly id: string; readonly secret: string; readonly token?: string };
  readonly date?: string;
  readonly nonce?: string;
  readonly framing?: 'sized' | 'chunked';
  readonly headers?: Record<string, string>;
}

function v3(call: Call): Raw {
  const { action, version = '2022-04-19', method = 'POST', query = [], key = PLAIN } = call;
  const body = call.json ?? (call.form === undefined ? '' : joined(call.form));
  const headers: Record<string, string> = {
    host,
    'x-acs-action': action,
    'x-acs-version': version,
    'x-acs-date': call.date ?? now(),
    'x-acs-signature-nonce': call.nonce ?? nonce(),
    'x-acs-content-sha256': sha256(body),
    ...(call.form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(call.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...('token' in key && key.token !== undefined ? { 'x-acs-security-token': key.token } : {}),
    ...call.headers,
  };
  const names = Object.keys(headers)
    .filter((name) => /^(x-acs-|host$|content-type$)/.test(name))
    .sort();
  const canonicalHeaders = names.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
  const signedHeaders = names.join(';');
  const canonical = [method, '/', joined(query), canonicalHeaders, signedHeaders, sha256(body)].join('\n');
  const Signature = createHmac('sha256', key.secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  return {
    method,
    path: query.length === 0 ? '/' : `/?${joined(query)}`,
    headers: {
      ...headers,
      authorization: `ACS3-HMAC-SHA256 Credential=${key.id},SignedHeaders=${signedHeaders},Signature=${Signature}`,
    },
    body,
    ...(call.framing === undefined ? {} : { framing: call.framing }),
  };
}

interface OlderCall extends Call {
  /** Undefined: left out. */
  readonly format?: string;
}

function v2(call: OlderCall): Raw {
  const { action, version = '2022-04-19', method = 'GET', query = [], form = [], key = PLAIN } = call;
  const common: Pairs = [
    ['Action', action],
    ['Version', version],
    ['AccessKeyId', key.id],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureVersion', '1.0'],
    ['SignatureNonce', call.nonce ?? nonce()],
    ['Timestamp', call.date ?? now()],
    ...(call.format === undefined ? [] : [['Format', call.format] as const]),
    ...('token' in key && key.token !== undefined ? [['SecurityToken', key.token] as const] : []),
  ];
  const toSign = `${method}&${encode('/')}&${encode(joined([...common, ...query, ...form]))}`;
  const Signature = createHmac('sha1', `${key.secret}&`).update(toSign).digest('base64');
  return {
    method,
    path: `/?${joined([...common, ...query, ['Signature', Signature]])}`,
    headers: {
      host,
      ...(form.length === 0 ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...call.headers,
    },
    body: joined(form),
    ...(call.framing === undefined ? {} : { framing: call.framing }),
  };
}

const list: Call = { action: 'ListAccounts' };
const ODD: Pairs = [
  ['QueryKeyword', "Grüße 支付 a b+c*~!'()/=&%20"],
  ['ParentFolderId', ''],
  ['Tag.1.Key', 'ключ'],
  ['Tag.10.Key', '~'],
  ['tag.2.Key', '*'],
];
const codeOf = ({ status, body }: Answer): string =>
  status === 200 ? '200' : `${status} ${(JSON.parse(body) as { Code: string }).Code}`;

const SCHEMES: readonly (readonly [string, (call: Call) => Raw])[] = [
  ['V3', v3],
  ['the older scheme', (call) => v2({ ...call, format: 'JSON' })],
];

describe.each(SCHEMES)('a call signed by %s', (_, sign) => {
  it.each<[string, Partial<Call>]>([
    ['by GET', { ...list, method: 'GET' }],
    ['by POST', { ...list, method: 'POST' }],
    ['with an odd query', { ...list, query: ODD }],
    ['with an odd query by POST', { ...list, method: 'POST', query: ODD }],
    ['with an odd form', { ...list, method: 'POST', form: ODD }],
    [
      'with query and form',
      { ...list, method: 'POST', query: [['PageSize', '5']], form: [['PageNumber', '1']] },
    ],
    ['with a chunked form', { ...list, method: 'POST', form: ODD, framing: 'chunked' }],
    ['with an STS token', { ...list, key: STS }],
    ['with an STS token and a form', { ...list, method: 'POST', key: STS, form: ODD }],
  ])('is taken %s', async (__, call) => {
    expect(codeOf(await send(sign({ ...list, ...call })))).toBe('200');
  });

  it.each<[string, Partial<Call>, string]>([
    ['another secret', { key: { ...PLAIN, secret: 'other' } }, '400 SignatureDoesNotMatch'],
    ['an unknown key', { key: { ...PLAIN, id: 'LTAInobody' } }, '404 InvalidAccessKeyId.NotFound'],
    ['no token where one is due', { key: { id: STS.id, secret: STS.secret } }, '400 MissingSecurityToken'],
    ['another token', { key: { ...STS, token: 'other' } }, '400 InvalidSecurityToken.Malformed'],
    ['a date 16 minutes ago', { date: now(-16 * 60_000) }, '400 InvalidTimeStamp.Expired'],
    ['a date in 16 minutes', { date: now(16 * 60_000) }, '400 InvalidTimeStamp.Expired'],
    ['a date of another form', { date: 'Sun, 22 Nov 2026 01:00:00 GMT' }, '400 InvalidTimeStamp.Format'],
  ])('is refused with %s', async (__, changes, code) => {
    expect(codeOf(await send(sign({ ...list, ...changes })))).toBe(code);
  });

  it('is refused when its nonce was used, and when something in it was changed on the way', async () => {
    const signed = sign({ ...list, query: [['PageSize', '5']] });
    expect(codeOf(await send({ ...signed, path: signed.path.replace('PageSize=5', 'PageSize=6') }))).toBe(
      '400 SignatureDoesNotMatch',
    );
    expect(codeOf(await send(signed))).toBe('200');
    expect(codeOf(await send(signed))).toBe('400 SignatureNonceUsed');
  });
});

describe('where the parameters stand', () => {
  const members = (answer: Answer) =>
    (JSON.parse(answer.body) as { Members: { MemberId: string }[] }).Members;
  const bind: Call = { action: 'AssociateMembers', method: 'POST' };

  it.each<[string, Partial<Call>]>([
    [
      'numbered in the query',
      {
        query: [
          ['ContactId', SECOPS],
          ['Members.1', 'fd-Payments'],
        ],
      },
    ],
    [
      'numbered in a form',
      {
        form: [
          ['ContactId', SECOPS],
          ['Members.1', 'fd-Payments'],
        ],
      },
    ],
    [
      'as a JSON array in the query',
      {
        query: [
          ['ContactId', SECOPS],
          ['Members', '["fd-Payments"]'],
        ],
      },
    ],
    ['as a JSON body', { json: `{"ContactId":"${SECOPS}","Members":["fd-Payments"]}` }],
  ])('a list of members is read %s', async (_, call) => {
    expect(members(await send(v3({ ...bind, ...call }))).map(({ MemberId }) => MemberId)).toEqual([
      'fd-Payments',
    ]);
  });

  it('numbers in a JSON body keep their digits', async () => {
    const json = '{"AccountId":9173808452267123}';
    const answer = await send(v3({ action: 'GetAccount', json }));
    expect(answer.body).toContain('"AccountId":"9173808452267123"');
  });
});

describe('the form of the answer', () => {
  const answerTo = (call: Partial<OlderCall>) =>
    send(v2({ action: 'GetCallerIdentity', version: '2015-04-01', ...call }));

  it('is XML in the older scheme unless it asks for JSON', async () => {
    const answer = await answerTo({});
    expect(answer.type).toBe('text/xml;charset=utf-8');
    expect(answer.body).toBe(
      `<?xml version="1.0" encoding="UTF-8"?><GetCallerIdentityResponse><RequestId>${answer.requestId}</RequestId><IdentityType>RAMUser</IdentityType><AccountId>1000000000000001</AccountId><PrincipalId>200000000000000001</PrincipalId><UserId>200000000000000001</UserId><Arn>acs:ram::1000000000000001:user/emulator</Arn></GetCallerIdentityResponse>`,
    );
    expect((await answerTo({ format: 'xml' })).type).toBe('text/xml;charset=utf-8');
    expect((await answerTo({ format: 'json' })).type).toBe('application/json;charset=utf-8');
  });

  it('of a refusal has the root Error', async () => {
    const { status, body, requestId } = await answerTo({ key: { ...PLAIN, id: 'LTAInobody' } });
    expect(status).toBe(404);
    expect(body).toContain(
      `<Error><Code>InvalidAccessKeyId.NotFound</Code><Message>Specified access key is not found.</Message><RequestId>${requestId}</RequestId><HostId>`,
    );
    expect(body).toMatch(/<Recommend>[^<]+<\/Recommend><\/Error>$/);
  });

  it('repeats the name of a list for its items, and keeps ids digit for digit', async () => {
    const query: Pairs = [['AggregatorId', 'ca-dacf86d8314e00eb1234']];
    const { body } = await answerTo({ action: 'GetAggregator', version: '2020-09-07', query });
    expect(body.match(/<AggregatorAccounts>/g)).toHaveLength(2);
    expect(body).toContain(
      '<AggregatorAccounts><AccountId>9173808452267123</AccountId><AccountName>Tony</AccountName>',
    );
  });

  it('is JSON in V3, whatever the client accepts besides', async () => {
    const { type } = await send(v3({ ...list, headers: { accept: 'application/json, text/xml' } }));
    expect(type).toBe('application/json;charset=utf-8');
  });
});

describe('a method other than GET and POST', () => {
  it('is refused with the documented code', async () => {
    const signed = v3(list);
    expect(codeOf(await send({ ...signed, method: 'PUT' }))).toBe('400 UnsupportedHTTPMethod');
  });
});
