import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerAdmin, isAdminCall } from './admin.ts';
import { ApiError } from './api-error.ts';
import { EmulatedCloud } from './emulated-cloud.ts';
import type { Delivery, EmulatedRequest } from './emulated-request.ts';
import { readHttpCall } from './http-body.ts';
import { actionParameters, type HttpCall, mergedParameters } from './http-call.ts';
import { SignatureCheck } from './signature.ts';
import type { EmulatorState } from './state.ts';

const LOOPBACK = '127.0.0.1';

export interface EmulatorOptions {
  readonly state: EmulatorState;
  /** 0 or left out: any free port. */
  readonly port?: number | undefined;
  /** Milliseconds since 1970; left out: the real time, or the state's `now` running on from the start. */
  readonly now?: (() => number) | undefined;
}

export interface RunningEmulator {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly cloud: EmulatedCloud;
  /** Stops listening and cuts every connection, answered or not. */
  close(): Promise<void>;
}

/** Serves both services on one loopback port. @throws when the port is taken */
export async function startEmulator(options: EmulatorOptions): Promise<RunningEmulator> {
  const now = options.now ?? clockFrom(options.state.behaviour.now);
  const cloud = new EmulatedCloud(options.state, { now });
  const signatures = new SignatureCheck(options.state.credentials);
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer({ keepAliveTimeout: 0 }, (message, response) => {
    serve(message, response).catch(() => response.destroy());
  });

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readHttpCall(message);
    if (isAdminCall(call)) return send(response, answerAdmin(call, cloud));
    const delivery = receive(call);
    if (delivery.kind === 'silence') return;
    waitUntil(performance.now() + delivery.afterMs, () => hand(delivery, response));
  }

  function receive(call: HttpCall): Delivery {
    const request = requestOf(call);
    if (call.path !== '/')
      return cloud.refuse(request, new ApiError('InvalidAction.NotFound', 'The path is /.'));
    if (!options.state.behaviour.verifySignature) return cloud.receive(request);
    try {
      return cloud.receive({ ...request, accessKeyId: signatures.verify(call, now()) });
    } catch (error) {
      if (error instanceof ApiError) return cloud.refuse(request, error);
      throw error;
    }
  }

  // A timer may fire a little early; a lock that lasts as long as a call must be free when the answer is out.
  function waitUntil(dueAt: number, act: () => void): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        if (performance.now() < dueAt) waitUntil(dueAt, act);
        else act();
      },
      Math.max(0, Math.ceil(dueAt - performance.now())),
    );
    timers.add(timer);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, LOOPBACK, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${port}`,
    cloud,
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

function requestOf(call: HttpCall): EmulatedRequest {
  const merged = mergedParameters(call);
  return {
    action: call.headers['x-acs-action'] ?? merged['Action'] ?? '',
    version: call.headers['x-acs-version'] ?? merged['Version'] ?? '',
    parameters: actionParameters(merged),
  };
}

function hand(delivery: Exclude<Delivery, { kind: 'silence' }>, response: ServerResponse): void {
  if (delivery.kind === 'answer') send(response, delivery);
  else response.socket?.resetAndDestroy();
}

function send(
  response: ServerResponse,
  answer: { status: number; headers: Readonly<Record<string, string>>; body: string },
): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) });
  response.end(answer.body);
}

function clockFrom(start: number | undefined): () => number {
  if (start === undefined) return Date.now;
  const startedAt = performance.now();
  return () => start + Math.floor(performance.now() - startedAt);
}
