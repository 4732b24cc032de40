import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A certificate for the public hosts that nobody but a test trusts; its key protects nothing. */
export const CERTIFICATE = fileURLToPath(new URL('tls/cert.pem', import.meta.url));
const KEY = fileURLToPath(new URL('tls/key.pem', import.meta.url));

export interface ConnectProxy {
  readonly url: string;
  /** What was asked for, as `host:port`, in order. */
  readonly asked: readonly string[];
  /** The Proxy-Authorization header of each. */
  readonly authorizations: readonly (string | undefined)[];
}

/**
 * A proxy on this machine that takes every CONNECT to one server on this machine, which ends TLS and hands the
 * bytes on. @param refuse  the status to refuse with in place of a tunnel
 */
export async function connectProxy(target: URL, refuse?: number): Promise<ConnectProxy> {
  const open = new Set<Socket>();
  const tls = createTlsServer({ cert: readFileSync(CERTIFICATE), key: readFileSync(KEY) }, (socket) => {
    join(socket, connect(Number(target.port), target.hostname), open);
  });
  const tlsPort = await listen(tls);
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    authorizations.push(request.headers['proxy-authorization']);
    if (refuse !== undefined) return void socket.end(`HTTP/1.1 ${refuse} Refused\r\n\r\n`);
    const tunnel = connect(tlsPort, '127.0.0.1', () =>
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n'),
    );
    join(socket, tunnel, open);
  });
  const port = await listen(proxy);
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    tls.close();
    proxy.close();
  });
  return { url: `http://127.0.0.1:${port}`, asked, authorizations };
}

function join(one: Socket, other: Socket, open: Set<Socket>): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    open.add(from);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
}

async function listen(server: {
  listen(port: number, host: string, ready: () => void): unknown;
  address(): unknown;
}): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
