import { createHash, createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

/** A signed call, ready to go out. */
export interface ReadyCall {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Caller {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const EMPTY = sha256('');

/** Signs with ACS3-HMAC-SHA256, without a body. Values must need no other encoding than URLSearchParams gives. */
export function readyCall(
  caller: Caller,
  host: string,
  action: string,
  version: string,
  parameters: Readonly<Record<string, string>>,
): ReadyCall {
  const query = new URLSearchParams(
    Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)),
  ).toString();
  const headers: Record<string, string> = {
    host,
    'x-acs-action': action,
    'x-acs-content-sha256': EMPTY,
    'x-acs-date': new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-version': version,
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = ['POST', '/', query, lines.join(''), names, EMPTY].join('\n');
  const signature = createHmac('sha256', caller.accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${caller.accessKeyId},SignedHeaders=${names},Signature=${signature}`;
  return { path: `/?${query}`, headers: { ...headers, authorization } };
}

/** Sends every call over so many connections. @returns calls a second. @throws when one is not answered with 200 */
export async function callsPerSecond(port: number, calls: readonly ReadyCall[], connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let call = calls[next++]; call !== undefined; call = calls[next++]) await send(port, agent, call);
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  return calls.length / seconds;
}

function send(port: number, agent: Agent, call: ReadyCall): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, agent, method: 'POST', ...call }, (response) => {
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`answered with ${response.statusCode}`)),
      );
      response.resume();
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
