import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Chat {
  readonly url: string;
  readonly received: readonly Received[];
}

/** A service on loopback that answers as it is told; undefined for never. */
export async function chat(reply: (message: Received) => Reply | undefined): Promise<Chat> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const message = { path: pathname, query: searchParams, headers: request.headers, body };
      received.push(message);
      const answer = reply(message);
      if (answer !== undefined) response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
    });
  });
  return { url: await listen(server), received };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
