import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { accountsText, membersParameters } from './harness.ts';
import { signV3 } from './signed-call.ts';
import { BIG, CUSTOM, FINANCE, LEDGER, START, worldState } from './world.ts';

let emulator: RunningEmulator;
afterEach(async () => emulator.close());

async function start(changes: Record<string, unknown> = {}): Promise<RunningEmulator> {
  const behaviour = { verifySignature: false, lockScope: 'none', pendingMs: 0, latencyMs: 0 };
  emulator = await startEmulator({ state: worldState({ behaviour, ...changes }), now: () => START });
  return emulator;
}

interface Received {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

interface ToSend {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  /** Written one by one, so without a length they go out as chunks. */
  readonly body?: readonly string[];
}

function send({ method = 'POST', path = '/', headers = {}, body = [] }: ToSend): Promise<Received> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${emulator.url}${path}`, { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString(),
        }),
      );
    });
    outgoing.on('error', reject);
    for (const part of body) outgoing.write(part);
    outgoing.end();
  });
}

const actionHeaders = (action: string, version = '2022-04-19') => ({
  'x-acs-action': action,
  'x-acs-version': version,
});
const query = (parameters: Record<string, string>) => `/?${new URLSearchParams(parameters).toString()}`;
const bind: ToSend = {
  path: query(membersParameters(FINANCE, [LEDGER])),
  headers: actionHeaders('AssociateMembers'),
};
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const stateOf = async () =>
  JSON.parse((await send({ method: 'GET', path: '/_emulator/state' })).body) as {
    contacts: { members: string[] }[];
  };

describe('requests', () => {
  it('are answered on the loopback address, in JSON, with the request id in header and body', async () => {
    await start();
    expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { status, headers, body } = await send(bind);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json;charset=utf-8');
    expect(JSON.parse(body)).toMatchObject({ RequestId: headers['x-acs-request-id'] });
  });

  it('take action and version from headers, query or form, and parameters from query and form', async () => {
    await start();
    const named = { Action: 'AssociateMembers', Version: '2022-04-19', ContactId: FINANCE };
    await send({ method: 'GET', path: query({ ...named, 'Members.1': LEDGER }) });
    const body = [new URLSearchParams({ Action: 'AssociateMembers', 'Members.1': BIG }).toString()];
    await send({ path: query({ Version: '2022-04-19', ContactId: FINANCE }), headers: FORM, body });
    expect(emulator.cloud.snapshot().contacts[1]?.members).toEqual([LEDGER, BIG]);
    expect(emulator.cloud.calls()[0]?.parameters).toEqual({ ContactId: FINANCE, 'Members.1': LEDGER });
  });

  it('may come in chunks, cut anywhere', async () => {
    await start();
    const form = new URLSearchParams({ AggregatorId: CUSTOM, AggregatorAccounts: accountsText([BIG]) });
    const headers = { ...FORM, ...actionHeaders('UpdateAggregator', '2020-09-07') };
    const { status } = await send({ headers, body: form.toString().match(/.{1,7}/g) ?? [] });
    expect(status).toBe(200);
    expect(emulator.cloud.snapshot().aggregators[0]?.accounts.map(({ id }) => id)).toEqual([BIG]);
  });

  it('to another path, or without an action, are refused', async () => {
    await start();
    expect(await send({ ...bind, path: '/elsewhere' })).toMatchObject({ status: 404 });
    const nameless = await send({});
    expect(JSON.parse(nameless.body)).toMatchObject({ Code: 'InvalidAction.NotFound' });
  });

  it('a second server cannot take the same port', async () => {
    await start();
    const port = Number(new URL(emulator.url).port);
    await expect(startEmulator({ state: worldState(), port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('signatures', () => {
  const signed = (secret?: string): ToSend => {
    const host = emulator.url.replace('http://', '');
    const { headers } = signV3({
      query: { PageSize: '2' },
      headers: { host },
      ...(secret === undefined ? {} : { secret }),
    });
    return { path: '/?PageSize=2', headers };
  };
  const strict = { behaviour: { latencyMs: 0 } };

  it('are checked: right, wrong, missing, replayed; refused calls are logged without secrets', async () => {
    await start(strict);
    const codeOf = async (toSend: ToSend) =>
      (JSON.parse((await send(toSend)).body) as { Code?: string }).Code;
    expect(await codeOf(signed('wrong'))).toBe('SignatureDoesNotMatch');
    expect(await codeOf(signed())).toBeUndefined();
    expect(await codeOf(signed())).toBe('SignatureNonceUsed');
    expect(await codeOf(bind)).toBe('IncompleteSignature');
    expect(emulator.cloud.calls().map(({ code }) => code)).toEqual([
      'SignatureDoesNotMatch',
      undefined,
      'SignatureNonceUsed',
      'IncompleteSignature',
    ]);
    expect(JSON.stringify(emulator.cloud.calls())).not.toContain('Signature=');
  });

  it('decide whose denied actions apply', async () => {
    const credential = {
      accessKeyId: 'EmulatorAccessKeyId',
      accessKeySecret: 'EmulatorAccessKeySecret',
      deny: ['ListAccounts'],
    };
    await start({ ...strict, credentials: [credential] });
    expect(await send(signed())).toMatchObject({
      status: 403,
      body: expect.stringContaining('Forbidden.RAM'),
    });
  });

  it("are dated against the state's own clock when it has one", async () => {
    const state = worldState({ behaviour: { now: '2026-01-15T08:00:00Z', latencyMs: 0 } });
    emulator = await startEmulator({ state });
    expect(await send(signed())).toMatchObject({ status: 200 });
    expect(emulator.cloud.calls()[0]?.at).toBeLessThan(START + 60_000);
  });
});

describe('faults on the wire', () => {
  it('reset-before cuts the connection, nothing is applied', async () => {
    await start({ faults: [{ kind: 'reset-before' }] });
    await expect(send(bind)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await stateOf()).contacts[1]?.members).toEqual([]);
  });

  it('reset-after cuts the connection, the write is applied', async () => {
    await start({ faults: [{ kind: 'reset-after' }] });
    await expect(send(bind)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await stateOf()).contacts[1]?.members).toEqual([LEDGER]);
  });

  it('empty and HTML answers arrive as they are', async () => {
    await start({
      faults: [{ kind: 'unavailable-empty' }, { kind: 'bad-gateway-html' }, { kind: 'empty-ok' }],
    });
    expect(await send(bind)).toMatchObject({ status: 503, body: '', headers: { 'content-length': '0' } });
    expect(await send(bind)).toMatchObject({ status: 502, headers: { 'content-type': 'text/html' } });
    expect(await send(bind)).toMatchObject({ status: 200, body: '' });
  });

  it('throttling carries the milliseconds to wait', async () => {
    await start({ faults: [{ kind: 'throttling', retryAfterMs: 1500 }] });
    expect(await send(bind)).toMatchObject({ status: 400, headers: { 'x-acs-retry-after': '1500' } });
  });

  it.each([['silent'], ['silent-after'], ['late']])(
    '%s leaves the connection open until close',
    async (kind) => {
      await start({ faults: [{ kind, delayMs: 1e9 }] });
      const unanswered = send(bind);
      const outcome = expect(unanswered).rejects.toMatchObject({ code: 'ECONNRESET' });
      // A call that is answered after it shows that the unanswered one has been taken in.
      while (emulator.cloud.calls().length === 0) await stateOf();
      expect((await stateOf()).contacts[1]?.members).toEqual(kind === 'silent-after' ? [LEDGER] : []);
      await emulator.close();
      await outcome;
    },
  );

  it('a client that goes away in mid-request does no harm', async () => {
    await start();
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1', () => {
        socket.end('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
      });
      // Read what comes, or the end of the connection is never seen.
      socket
        .resume()
        .on('error', () => resolve())
        .on('close', () => resolve());
    });
    expect(await send(bind)).toMatchObject({ status: 200 });
    expect(emulator.cloud.calls()).toHaveLength(1);
  });

  it('an answer that is still to come does not hold up close', async () => {
    await start({ faults: [{ kind: 'slow', delayMs: 1e6 }] });
    const outcome = expect(send(bind)).rejects.toMatchObject({ code: 'ECONNRESET' });
    while (emulator.cloud.calls().length === 0) await stateOf();
    await emulator.close();
    await outcome;
  });
});

describe('the admin pages', () => {
  it('show state and calls, without being calls themselves', async () => {
    await start();
    await send(bind);
    expect((await stateOf()).contacts[1]?.members).toEqual([LEDGER]);
    const calls = JSON.parse((await send({ method: 'GET', path: '/_emulator/calls' })).body) as unknown[];
    expect(calls).toEqual([
      {
        n: 1,
        at: START,
        action: 'AssociateMembers',
        owner: FINANCE,
        members: [LEDGER],
        parameters: membersParameters(FINANCE, [LEDGER]),
        status: 200,
        applied: true,
      },
    ]);
  });

  it('add faults, one or a list, and reset', async () => {
    await start();
    const post = (body: string) => send({ path: '/_emulator/faults', body: [body] });
    expect((await post('{"kind":"conflict"}')).body).toContain('"added": 1');
    expect((await post('[{"kind":"unavailable"},{"kind":"pending"}]')).body).toContain('"added": 2');
    expect((await send(bind)).status).toBe(429);
    expect((await send(bind)).status).toBe(503);
    expect((await send({ path: '/_emulator/reset' })).status).toBe(200);
    expect((await send(bind)).status).toBe(200);
    expect(emulator.cloud.calls()).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{', 'the body is not JSON'],
    ['an unknown kind', '{"kind":"boom"}', '[0].kind'],
    ['an unknown key', '{"kind":"silent","actoin":"x"}', 'did you mean \\"action\\"?'],
  ])('refuse faults that are %s', async (_, body, text) => {
    await start();
    const answer = await send({ path: '/_emulator/faults', body: [body] });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(text);
  });

  it('name the pages there are', async () => {
    await start();
    const answer = await send({ method: 'POST', path: '/_emulator/state' });
    expect(answer.status).toBe(404);
    expect(answer.body).toContain('GET /_emulator/calls');
  });
});
