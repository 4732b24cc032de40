import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { Config, OpenApiRequest, Params } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { OpenApiClient } from '../../src/cloud/official-client.ts';
import { CANARY, callTo, failureOf } from './support/calls.ts';
import { manualClock } from './support/clocks.ts';
import { answerJson, startRawServer } from './support/raw-server.ts';

/**
 * What the official client does, next to what our layer makes of it. Where a test of the first half fails
 * after an update of the client, the reason for the second half may be gone.
 */

interface Thrown extends Error {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly description?: unknown;
  readonly data?: Readonly<Record<string, unknown>>;
}

function officialCall(url: URL, runtime: Record<string, unknown> = {}, bodyType = 'json'): Promise<unknown> {
  const { accessKeyId, accessKeySecret } = CANARY;
  const client = new OpenApiClient(
    new Config({ accessKeyId, accessKeySecret, endpoint: url.host, protocol: 'HTTP' }),
  );
  const api = {
    action: 'GetMessageContact',
    version: '2022-04-19',
    protocol: 'HTTP',
    pathname: '/',
    method: 'POST',
  };
  return client.callApi(
    new Params({ ...api, authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType }),
    new OpenApiRequest({ query: { ContactId: 'c-1' } }),
    new RuntimeOptions(runtime),
  );
}

async function thrownBy(call: Promise<unknown>): Promise<Thrown> {
  const thrown: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof Error) return thrown;
  throw new Error('expected the call to fail');
}

const OURS = { service: 'directory', action: 'GetMessageContact', query: { ContactId: 'c-1' } } as const;

describe('timeouts', () => {
  /** The idle timeouts of the sockets behind the requests that are sent meanwhile. */
  function socketTimeouts(): (number | undefined)[] {
    const seen: (number | undefined)[] = [];
    const note = (message: unknown) =>
      seen.push((message as { request: ClientRequest & { timeout?: number } }).request.timeout);
    subscribe('http.client.request.start', note);
    onTestFinished(() => {
      unsubscribe('http.client.request.start', note);
    });
    return seen;
  }

  it.each([
    ['none is set', {}, 3000],
    ['only readTimeout is set', { readTimeout: 10_000 }, 3000],
    ['connectTimeout is set, which is the idle timeout', { connectTimeout: 10_000 }, 10_000],
    ['both are 0', { connectTimeout: 0, readTimeout: 0 }, 3000],
  ])('the client gives up on a silent socket: %s', async (_, runtime, expected) => {
    const server = await startRawServer((response) => answerJson(response, 200, {}));
    const seen = socketTimeouts();
    await officialCall(server.url, runtime);
    expect(seen).toEqual([expected]);
  });

  it('ours is the one that was asked for', async () => {
    const server = await startRawServer((response) => answerJson(response, 200, { RequestId: 'R' }));
    const seen = socketTimeouts();
    await callTo(server.url, { timeouts: { callMs: 12_345 } })(OURS);
    expect(seen).toEqual([12_345]);
  });

  it('the client calls a late answer a failed connection, with the address in the message', async () => {
    const server = await startRawServer(() => {});
    const thrown = await thrownBy(officialCall(server.url, { connectTimeout: 50, readTimeout: 10_000 }));
    expect(thrown.name).toBe('RequestTimeoutError');
    expect(thrown.message).toBe(`ConnectTimeout: Connect HTTP://${server.url.host}/?ContactId=c-1 failed.`);
    expect(thrown.code).toBeUndefined();
    expect(server.received).toHaveLength(1);
  });

  it('a timer left over from one request cancels the read timeout of the next; our deadline holds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    let answerSecond = (): void => {};
    let secondArrived = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      secondArrived = resolve;
    });
    const server = await startRawServer((response, _, index) => {
      if (index === 0) return answerJson(response, 200, { first: true });
      answerSecond = () => answerJson(response, 200, { second: true });
      secondArrived();
    });
    const runtime = { readTimeout: 100, connectTimeout: 60_000 };
    await officialCall(server.url, runtime);
    await vi.advanceTimersByTimeAsync(50);
    const second = officialCall(server.url, runtime);
    await arrived;
    await vi.advanceTimersByTimeAsync(10_000);
    answerSecond();
    expect(await second).toMatchObject({ body: { second: true } });

    const clock = manualClock();
    const ours = failureOf(callTo(server.url, { clock })(OURS));
    await vi.waitUntil(() => server.received.length === 3);
    clock.expire();
    expect((await ours).code).toBe('NoAnswer');
  });
});

describe('answers that are refusals', () => {
  it('the client words what is missing as "undefined"; ours is unreadable', async () => {
    const server = await startRawServer((response) => answerJson(response, 400, { Message: 'oops' }));
    const thrown = await thrownBy(officialCall(server.url));
    expect(thrown.code).toBe('undefined');
    expect(thrown.description).toBe('undefined');
    expect(await failureOf(callTo(server.url)(OURS))).toMatchObject({ code: 'Unreadable', httpStatus: 400 });
  });

  it('the client drops the headers; ours keeps the hint', async () => {
    const server = await startRawServer((response) =>
      answerJson(response, 400, { Code: 'Throttling', Message: 'm' }, { 'x-acs-retry-after': '2000' }),
    );
    const thrown = await thrownBy(officialCall(server.url));
    expect(Object.keys(thrown).sort()).toEqual([
      'accessDeniedDetail',
      'code',
      'data',
      'description',
      'statusCode',
    ]);
    expect(thrown.data).toEqual({ Code: 'Throttling', Message: 'm', statusCode: 400 });
    expect(await failureOf(callTo(server.url)(OURS))).toMatchObject({
      class: 'throttled',
      retryAfterMs: 2000,
    });
  });

  it.each([
    ['HTML', 502, '<html>Bad Gateway</html>'],
    ['empty', 503, ''],
  ])('the client loses the status of a refusal that is %s; ours keeps it', async (_, status, body) => {
    const server = await startRawServer((response) => answerJson(response, status, body));
    const thrown = await thrownBy(officialCall(server.url));
    expect(thrown.name).toBe('SyntaxError');
    expect([thrown.code, thrown.statusCode]).toEqual([undefined, undefined]);
    expect(await failureOf(callTo(server.url)(OURS))).toMatchObject({
      code: 'Unreadable',
      httpStatus: status,
    });
  });

  it('the client reads a refusal in XML, and so do we', async () => {
    const server = await startRawServer((response) => {
      response.writeHead(400, { 'content-type': 'text/xml;charset=utf-8' });
      response.end(
        '<Error><Code>Throttling</Code><Message>slow down</Message><RequestId>R-7</RequestId></Error>',
      );
    });
    const failure = await failureOf(callTo(server.url)(OURS));
    expect(failure).toMatchObject({
      class: 'throttled',
      code: 'Throttling',
      message: 'slow down',
      requestId: 'R-7',
    });
  });
});

describe('everything else', () => {
  it.each([
    ['a refusal', 503],
    ['a broken connection', undefined],
  ])('the client never retries %s, whatever it is told', async (_, status) => {
    const server = await startRawServer((response) =>
      status === undefined
        ? response.destroy()
        : answerJson(response, status, { Code: 'ServiceUnavailable' }),
    );
    await thrownBy(officialCall(server.url, { autoretry: true, maxAttempts: 5 }));
    expect(server.received).toHaveLength(1);
    await failureOf(callTo(server.url)(OURS));
    expect(server.received).toHaveLength(2);
  });

  it('the client puts the address into the message of a broken connection; ours does not', async () => {
    const server = await startRawServer((response) => response.destroy());
    const thrown = await thrownBy(officialCall(server.url));
    expect(thrown.message).toBe(`socket hang upPOST ${server.url.href}?ContactId=c-1 failed.`);
    const failure = await failureOf(callTo(server.url)(OURS));
    expect(failure.message).toBe('the connection broke before the answer was complete');
  });

  it('the client rounds ids above 2^53 in JSON; as text they arrive as sent', async () => {
    const server = await startRawServer((response) =>
      answerJson(response, 200, '{"AccountId":9738084522671235}'),
    );
    expect(await officialCall(server.url)).toMatchObject({ body: { AccountId: 9738084522671236 } });
    expect(await officialCall(server.url, {}, 'string')).toMatchObject({
      body: '{"AccountId":9738084522671235}',
    });
  });
});
