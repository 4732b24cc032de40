import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import type { LosslessNumber } from 'lossless-json';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRpcCall, DEFAULT_CALL_TIMEOUT_MS } from '../../src/cloud/client.ts';
import { CANARY, callTo, canaryCredential, failureOf } from './support/calls.ts';
import { manualClock } from './support/clocks.ts';
import { type Answer, answerJson, closedPort, type Received, startRawServer } from './support/raw-server.ts';

const LIST = { service: 'directory', action: 'ListMessageContacts', query: { PageNumber: '1' } } as const;
const BIG_ID = '9738084522671235';

describe('what goes over the wire', () => {
  it('sends directory parameters in the query, signed, with the action in a header and no body', async () => {
    const server = await startRawServer((response) => answerJson(response, 200, { RequestId: 'R-1' }));
    await callTo(server.url)({
      service: 'directory',
      action: 'AssociateMembers',
      query: { ContactId: 'c-1', 'Members.1': BIG_ID, 'Members.2': 'fd-2' },
    });
    const [request] = server.received;
    expect(request?.url).toBe(`/?ContactId=c-1&Members.1=${BIG_ID}&Members.2=fd-2`);
    expect(request?.body).toBe('');
    expect(request?.headers['x-acs-action']).toBe('AssociateMembers');
    expect(request?.headers['x-acs-version']).toBe('2022-04-19');
    expect(request?.headers['authorization']).toMatch(
      /^ACS3-HMAC-SHA256 Credential=LTAI5tCanaryKeyIdA1b2C3d4,SignedHeaders=[^,]*x-acs-signature-nonce[^,]*,Signature=[0-9a-f]{64}$/,
    );
    expect(request?.headers['x-acs-security-token']).toBe(CANARY.securityToken);
    expect(request?.headers['x-acs-credentials-provider']).toBe('static_sts');
    expect(request?.headers['user-agent']).toContain('rd-reconcile');
  });

  it('sends config writes as a form', async () => {
    const server = await startRawServer((response) => answerJson(response, 200, { RequestId: 'R-1' }));
    const form = { AggregatorId: 'ca-1', AggregatorAccounts: `[{"AccountId":${BIG_ID}}]` };
    await callTo(server.url)({ service: 'config', action: 'UpdateAggregator', form });
    const [request] = server.received;
    expect(request?.url).toBe('/');
    expect(request?.headers['x-acs-version']).toBe('2020-09-07');
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual(form);
  });

  it('gives every call a nonce of its own', async () => {
    const server = await startRawServer((response) => answerJson(response, 200, { RequestId: 'R-1' }));
    const call = callTo(server.url);
    await Promise.all([call(LIST), call(LIST), call(LIST)]);
    const nonces = server.received.map(({ headers }) => headers['x-acs-signature-nonce']);
    expect(new Set(nonces).size).toBe(3);
  });

  it('reaches each service at its own endpoint', async () => {
    const answer = (response: Parameters<typeof answerJson>[0]) =>
      answerJson(response, 200, { RequestId: 'R-1' });
    const directory = await startRawServer(answer);
    const config = await startRawServer(answer);
    const call = callTo(directory.url, { configEndpoint: config.url });
    await call({ service: 'config', action: 'ListAggregators', query: { MaxResults: '100' } });
    expect([directory.received.length, config.received.length]).toEqual([0, 1]);
    await call(LIST);
    expect([directory.received.length, config.received.length]).toEqual([1, 1]);
  });
});

describe('what comes back', () => {
  it('keeps every digit of an id that is a JSON number above 2^53', async () => {
    const server = await startRawServer((response) =>
      answerJson(response, 200, `{"RequestId":"R-1","AccountId":${BIG_ID},"Text":"${BIG_ID}"}`),
    );
    const { body, requestId } = await callTo(server.url)(LIST);
    expect(requestId).toBe('R-1');
    const { AccountId, Text } = body as { AccountId: LosslessNumber; Text: string };
    expect(AccountId.toString()).toBe(BIG_ID);
    expect(Text).toBe(BIG_ID);
    expect(String(JSON.parse(BIG_ID))).not.toBe(BIG_ID);
  });

  it('takes the request id of the header, and the time of the server', async () => {
    const headers = { 'x-acs-request-id': 'R-2', date: 'Sat, 21 Nov 2026 08:00:00 GMT' };
    const server = await startRawServer((response) => answerJson(response, 200, {}, headers));
    const { requestId, serverTimeMs } = await callTo(server.url)(LIST);
    expect(requestId).toBe('R-2');
    expect(serverTimeMs).toBe(Date.UTC(2026, 10, 21, 8));
  });

  it('reports a refusal with its code, status, request id and the delay that only a header names', async () => {
    const body = {
      Code: 'Throttling.User',
      Message: 'Request was denied due to user flow control.',
      RequestId: 'R-3',
    };
    const server = await startRawServer((response) =>
      answerJson(response, 400, body, { 'x-acs-retry-after': '2500' }),
    );
    expect(await failureOf(callTo(server.url)(LIST))).toEqual({
      class: 'throttled',
      code: 'Throttling.User',
      message: 'Request was denied due to user flow control.',
      httpStatus: 400,
      requestId: 'R-3',
      retryAfterMs: 2500,
    });
  });

  it.each([
    { name: 'an HTML page', status: 502, body: '<html>Bad Gateway</html>' },
    { name: 'nothing', status: 503, body: '' },
    { name: 'JSON without a code', status: 500, body: '{"Message":"no code"}' },
    { name: 'JSON that is no object', status: 503, body: 'null' },
    { name: 'an empty 200', status: 200, body: '' },
    { name: 'a truncated 200', status: 200, body: '{"RequestId":"R-' },
    { name: 'a redirect', status: 302, body: '{"RequestId":"R-1"}' },
    { name: 'a 202', status: 202, body: '{"RequestId":"R-1"}' },
    { name: 'a throttled page', status: 400, body: '<html>Throttling</html>' },
  ])('calls $name with status $status unreadable, and still knows the status and the hint', async (one) => {
    const headers = { 'content-type': 'text/html', 'x-acs-retry-after': '700', 'x-acs-request-id': 'R-4' };
    const server = await startRawServer((response) => {
      response.writeHead(one.status, headers);
      response.end(one.body);
    });
    const { message: _, ...failure } = await failureOf(callTo(server.url)(LIST));
    expect(failure).toEqual({
      class: 'unknown-effect',
      code: 'Unreadable',
      httpStatus: one.status,
      requestId: 'R-4',
      retryAfterMs: 700,
    });
    expect(server.received).toHaveLength(1);
  });

  it('reports a refused connection as never sent', async () => {
    const failure = await failureOf(callTo(await closedPort())(LIST));
    expect(failure).toMatchObject({ class: 'unsent', code: 'ConnectionRefused', httpStatus: undefined });
  });

  it('reports a connection that breaks after the request as lost, with an effect that is not known', async () => {
    const server = await startRawServer((response) => response.destroy());
    const failure = await failureOf(callTo(server.url)(LIST));
    expect(failure).toMatchObject({ class: 'unknown-effect', code: 'ConnectionLost', httpStatus: undefined });
    expect(server.received).toHaveLength(1);
  });

  it('speaks TLS to an https endpoint: a server that does not is never asked anything', async () => {
    const server = await startRawServer((response) => answerJson(response, 200, { RequestId: 'R-1' }));
    const failure = await failureOf(callTo(new URL(`https://${server.url.host}`))(LIST));
    expect(failure).toMatchObject({ class: 'unknown-effect', code: 'ConnectionLost' });
    expect(server.received).toHaveLength(0);
  });

  it('reports a body that breaks off as lost, and keeps the status it had seen', async () => {
    const server = await startRawServer((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"RequestId":', () => response.destroy());
    });
    const failure = await failureOf(callTo(server.url)(LIST));
    expect(failure).toMatchObject({ class: 'unknown-effect', code: 'ConnectionLost', httpStatus: 200 });
  });
});

describe('no failure repeats the credentials, even when the service recites the request', () => {
  const recite = (response: ServerResponse, status: number, received: Received) => {
    const said = `${received.url} ${JSON.stringify(received.headers)} ${CANARY.accessKeySecret}`;
    answerJson(response, status, {
      Code: 'SignatureDoesNotMatch',
      Message: said,
      RequestId: said,
      Recommend: said,
    });
  };
  const kinds: readonly (readonly [string, Answer])[] = [
    ['refused', (response, received) => recite(response, 400, received)],
    ['denied', (response, received) => recite(response, 403, received)],
    ['failed', (response, received) => recite(response, 500, received)],
    [
      'quoted bare',
      (response) =>
        answerJson(response, 400, { Code: 'Forbidden', Message: Object.values(CANARY).join(' is not ') }),
    ],
    ['redirected', (response, received) => recite(response, 302, received)],
    [
      'garbled',
      (response, received) => answerJson(response, 503, `<html>${JSON.stringify(received.headers)}`),
    ],
    ['broken off', (response) => response.destroy()],
    ['silent', () => {}],
  ];

  it.each(kinds)('%s', async (_, answer) => {
    const server = await startRawServer(answer);
    const thrown: unknown = await callTo(server.url, { timeouts: { callMs: 100 } })(LIST).catch(
      (error) => error,
    );
    const text = inspect(thrown, { depth: 10, showHidden: true }) + JSON.stringify(thrown);
    expect(text).toContain('CloudCallError');
    const signature = /Signature=([0-9a-f]+)/.exec(server.received[0]?.headers.authorization ?? '')?.[1];
    expect(signature).toHaveLength(64);
    const nonce = String(server.received[0]?.headers['x-acs-signature-nonce']);
    for (const canary of [...Object.values(CANARY), signature, nonce, 'PageNumber']) {
      expect(text).not.toContain(canary);
    }
  });
});

describe('the deadline', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('ends a call whose answer never comes, and drops what becomes of it later', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const clock = manualClock();
    let breakOff = (): void => {};
    const server = await startRawServer((response) => {
      breakOff = () => response.destroy();
      clock.expire();
    });
    const failure = await failureOf(callTo(server.url, { clock })(LIST));
    expect(failure).toMatchObject({ class: 'unknown-effect', code: 'NoAnswer', httpStatus: undefined });
    expect(clock.sleeping).toEqual([DEFAULT_CALL_TIMEOUT_MS]);

    breakOff();
    // A later call over the same pool settles after the abandoned one has been rejected.
    const other = await startRawServer((response) => answerJson(response, 200, { RequestId: 'R-1' }));
    await callTo(other.url)(LIST);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('bounds a silent server by the idle timeout too, when the clock does not', async () => {
    const server = await startRawServer(() => {});
    const failure = await failureOf(callTo(server.url, { timeouts: { callMs: 60 } })(LIST));
    expect(failure).toMatchObject({ class: 'unknown-effect', code: 'NoAnswer' });
  });

  it('gives the client the same two timeouts, so that neither undercuts the other', async () => {
    const server = await startRawServer((response) => answerJson(response, 200, { RequestId: 'R-1' }));
    const clock = manualClock();
    await callTo(server.url, { clock, timeouts: { callMs: 4321 } })(LIST);
    expect(clock.sleeping).toEqual([4321]);
  });
});

describe('credentials at the time of a call', () => {
  const failingWith = (error: Error) => ({ accessKey: () => Promise.reject(error) });

  it('tells keys that cannot be renewed from a failed call, and sends nothing', async () => {
    const server = await startRawServer((response) => answerJson(response, 200, { RequestId: 'R-1' }));
    const credential = failingWith(new Error(`role refused for ${CANARY.accessKeyId}`));
    const failure = await failureOf(callTo(server.url, { credential })(LIST));
    expect(failure).toMatchObject({ class: 'credentials', code: 'CredentialsUnavailable' });
    expect(JSON.stringify(failure)).not.toContain(CANARY.accessKeyId);
    expect(server.received).toHaveLength(0);
  });

  it('never sends a call that was given up while its key was being renewed', async () => {
    const server = await startRawServer((response) => answerJson(response, 200, { RequestId: 'R-1' }));
    const clock = manualClock();
    let renewed = (): void => {};
    const slow = new Promise<void>((resolve) => {
      renewed = resolve;
    });
    const credential = { accessKey: () => slow.then(() => canaryCredential.accessKey()) };
    const call = callTo(server.url, { clock, credential });
    const first = failureOf(call({ ...LIST, query: { PageNumber: '1' } }));
    clock.expire();
    expect((await first).code).toBe('NoAnswer');
    renewed();
    await call({ ...LIST, query: { PageNumber: '2' } });
    expect(server.received.map(({ url }) => url)).toEqual(['/?PageNumber=2']);
  });

  it('calls a network failure on the way to new keys unsent', async () => {
    const server = await startRawServer((response) => answerJson(response, 200, { RequestId: 'R-1' }));
    const credential = failingWith(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
    const failure = await failureOf(callTo(server.url, { credential })(LIST));
    expect(failure).toMatchObject({ class: 'unsent', code: 'CredentialsUnavailable' });
    expect(server.received).toHaveLength(0);
  });
});

it('refuses an endpoint that is not encrypted before anything is signed', () => {
  const endpoint = new URL('http://resourcedirectory.aliyuncs.com');
  const options = { credential: canaryCredential, clock: manualClock() };
  expect(() => createRpcCall({ ...options, directoryEndpoint: endpoint, configEndpoint: endpoint })).toThrow(
    'endpoint http://resourcedirectory.aliyuncs.com is not encrypted; http is for loopback hosts only, use https',
  );
});
