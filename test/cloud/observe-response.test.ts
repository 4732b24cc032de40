import { request as send } from 'node:http';
import { describe, expect, it } from 'vitest';
import { emptyObservation, observeResponse, retryAfterMs } from '../../src/cloud/observe-response.ts';
import { callTo, failureOf } from './support/calls.ts';
import { answerJson, startRawServer } from './support/raw-server.ts';

const request = (contactId: string) =>
  ({ service: 'directory', action: 'GetMessageContact', query: { ContactId: contactId } }) as const;

describe('calls side by side', () => {
  it('never get each other’s status, hint or request id, on fresh and on reused sockets', async () => {
    // Answers in the reverse order of arrival, so that the last to be seen belongs to the first that was sent.
    const waiting: (() => void)[] = [];
    const size = 25;
    const server = await startRawServer((response, { url }) => {
      const n = Number(new URL(url, 'http://127.0.0.1').searchParams.get('ContactId')?.slice(2));
      const headers = { 'x-acs-retry-after': String(1000 + n), 'x-acs-request-id': `R-${n}` };
      waiting.push(() => {
        response.writeHead(n % 2 === 0 ? 502 : 503, headers);
        response.end('<html>');
      });
      if (waiting.length === size) for (const answer of waiting.splice(0).reverse()) answer();
    });
    const call = callTo(server.url);
    for (const round of [0, 1, 2]) {
      const numbers = Array.from({ length: size }, (_, index) => round * size + index);
      const failures = await Promise.all(numbers.map((n) => failureOf(call(request(`c-${n}`)))));
      expect(
        failures.map(({ httpStatus, requestId, retryAfterMs }) => ({ httpStatus, requestId, retryAfterMs })),
      ).toEqual(
        numbers.map((n) => ({
          httpStatus: n % 2 === 0 ? 502 : 503,
          requestId: `R-${n}`,
          retryAfterMs: 1000 + n,
        })),
      );
    }
    expect(server.received).toHaveLength(3 * size);
  });

  it('leave nothing of a hint to the next call on the same socket', async () => {
    const server = await startRawServer((response, _, index) => {
      const body = { Code: 'Throttling', Message: 'denied', RequestId: `R-${index}` };
      answerJson(response, 400, body, index === 0 ? { 'x-acs-retry-after': '900' } : {});
    });
    const call = callTo(server.url);
    expect((await failureOf(call(request('c-1')))).retryAfterMs).toBe(900);
    expect((await failureOf(call(request('c-1')))).retryAfterMs).toBeUndefined();
  });
});

describe('one call', () => {
  it('is seen to be sent once its request is written', async () => {
    const server = await startRawServer((response) =>
      answerJson(response, 200, {}, { 'x-acs-request-id': 'R-9' }),
    );
    const observed = await observeResponse('nonce-1', async (observation) => {
      expect(observation.requestSent).toBe(false);
      await fetchWithNonce(server.url, 'nonce-1');
      return observation;
    });
    expect(observed).toMatchObject({ requestSent: true, httpStatus: 200, requestId: 'R-9' });
  });

  it('is not confused by requests that carry another nonce or none', async () => {
    const server = await startRawServer((response) => answerJson(response, 200, {}));
    const observed = await observeResponse('nonce-1', async (observation) => {
      await fetchWithNonce(server.url, 'nonce-2');
      await fetchWithNonce(server.url, undefined);
      return observation;
    });
    expect(observed).toEqual(emptyObservation());
  });

  it('is observed no longer once it has settled', async () => {
    const server = await startRawServer((response) => answerJson(response, 200, {}));
    const observed = await observeResponse('nonce-1', async (observation) => observation);
    await fetchWithNonce(server.url, 'nonce-1');
    expect(observed).toEqual(emptyObservation());
  });

  it('shows nothing, and goes on, when the channels are silent', async () => {
    const observed = await observeResponse('nonce-1', async (observation) => observation);
    expect(observed).toEqual(emptyObservation());
  });
});

it.each([
  [{ 'x-acs-retry-after': '2500' }, 2500],
  [{ 'x-ratelimit-user-api': 'Limit:1,Remain:0,TimeLeft:2000,Reset:1234' }, 2000],
  [{ 'x-ratelimit-user': 'TimeLeft: 300' }, 300],
  [
    { 'x-acs-retry-after': '10', 'x-ratelimit-user-api': 'TimeLeft:20', 'x-ratelimit-user': 'TimeLeft:30' },
    10,
  ],
  [{ 'x-ratelimit-user-api': 'TimeLeft:20', 'x-ratelimit-user': 'TimeLeft:30' }, 20],
  [{ 'x-acs-retry-after': 'soon', 'x-ratelimit-user': 'TimeLeft:30' }, 30],
  [{ 'x-acs-retry-after': '0' }, undefined],
  [{ 'x-acs-retry-after': '-5' }, undefined],
  [{ 'x-acs-retry-after': '1.5' }, undefined],
  [{ 'x-acs-retry-after': '1234567890' }, undefined],
  [{ 'x-acs-retry-after': ['70', '80'] }, 70],
  [{ 'x-ratelimit-user-api': 'Limit:1,NoTimeLeft:2000' }, undefined],
  [{}, undefined],
])('reads %j as a delay of %s ms', (headers, expected) => {
  expect(retryAfterMs(headers)).toBe(expected);
});

async function fetchWithNonce(url: URL, nonce: string | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const headers = nonce === undefined ? {} : { 'x-acs-signature-nonce': nonce };
    send(url, { headers }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end();
  });
}
