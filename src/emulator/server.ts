import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerAdmin, isAdminCall } from './admin.ts';
import { CallRecorder } from './call-recorder.ts';
import type { EmulatedCloud } from './emulated-cloud.ts';
import type { Delivery } from './emulated-request.ts';
import { Gateway } from './gateway.ts';
import { readHttpCall } from './http-body.ts';
import type { EmulatedCredential, EmulatorState } from './state.ts';
import { writeStates } from './write-states.ts';

const LOOPBACK = '127.0.0.1';

export interface EmulatorOptions {
  /** One directory, or several, which are chosen by the access key of a call. */
  readonly state: EmulatorState | readonly EmulatorState[];
  /** 0 or left out: a free port that the system chooses. */
  readonly port?: number | undefined;
  /** Milliseconds since 1970; left out: the real time, or the state's `now` running on from the start. */
  readonly now?: (() => number) | undefined;
  /** Takes every call of a service as a line of JSON, in the order of arrival; `CallRecorder` describes it. */
  readonly record?: ((line: string) => void) | undefined;
  /** Keeps the text of a state file when `POST /_emulator/save` asks for it. Rejects when it cannot. */
  readonly save?: ((text: string) => Promise<void>) | undefined;
}

export interface RunningEmulator {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** The first directory. */
  readonly cloud: EmulatedCloud;
  /** Undefined when there is no such directory. */
  cloudOf(directoryId: string): EmulatedCloud | undefined;
  /**
   * The first key of a directory, to sign with.
   * @param directoryId  left out: the first directory; undefined is returned for one that is not there
   */
  keysOf(directoryId?: string): EmulatedCredential | undefined;
  /** In the order of the state file. */
  readonly directoryIds: readonly string[];
  /** The present state as the text of a state file, secrets included. */
  stateText(): string;
  /** Stops listening and cuts every connection, answered or not. */
  close(): Promise<void>;
}

/** Serves both services on one loopback port. @throws when the port is taken */
export async function startEmulator(options: EmulatorOptions): Promise<RunningEmulator> {
  const gateway = openGateway(options);
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer({ keepAliveTimeout: 0 }, (message, response) => {
    serve(message, response).catch(() => response.destroy());
  });

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readHttpCall(message);
    if (isAdminCall(call)) return send(response, await answerAdmin(call, { gateway, save: options.save }));
    const delivery = gateway.receive(call);
    if (delivery.kind === 'silence') return;
    waitUntil(performance.now() + delivery.afterMs, () => hand(delivery, response));
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
    cloud: gateway.cloudOf() as EmulatedCloud,
    cloudOf: (directoryId) => gateway.cloudOf(directoryId),
    keysOf: (directoryId) => gateway.keysOf(directoryId),
    directoryIds: gateway.directoryIds,
    stateText: () => writeStates(gateway.presentStates()),
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

function openGateway({ state, now, record }: EmulatorOptions): Gateway {
  const states = 'directory' in state ? [state] : state;
  const recorder = new CallRecorder();
  const clock = now === undefined ? clockFrom : () => now;
  return new Gateway(states, clock, record && ((call) => record(recorder.line(call))));
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
