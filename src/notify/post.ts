import { type Agent, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { Message } from './message.ts';
import type { Answer } from './verdict.ts';

const LONGEST_ANSWER = 64 * 1024;

/**
 * Sends a message and reads the answer. Redirections are not followed: they would take the token elsewhere.
 * @param agent  a proxy's, where there is one
 * @throws whatever the socket does, and a TimeoutError; an error may hold the address and is not to be shown
 */
export async function post(
  { url, headers, body }: Message,
  timeoutMs: number,
  agent: Agent | undefined,
): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const send = url.startsWith('https:') ? requestSecure : requestPlain;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const length = String(Buffer.byteLength(body));
    send(url, { method: 'POST', headers: { ...headers, 'content-length': length }, signal, agent })
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
  return { status: response.statusCode ?? 0, body: await beginningOf(response) };
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length > LONGEST_ANSWER) break;
  }
  return Buffer.concat(parts).toString('utf8');
}
