import { systemClock } from '../../src/clock.ts';
import { createRpcCall } from '../../src/cloud/client.ts';
import { createCloudWriter } from '../../src/cloud/cloud-writer.ts';
import { resolveCredential } from '../../src/cloud/credentials.ts';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import type { CloudWriter } from '../../src/model/ports.ts';
import { seededRandom } from '../support/fake-time.ts';
import { type Bench, type Row, repeat, spreadOf } from './bench.ts';
import { idealMs } from './pace-ideal.ts';
import { checkDone, runPaced, type Workload } from './pace-run.ts';
import { LATENCY_MS, type Service, stateOf } from './pace-service.ts';
import { pacedWork } from './pace-work.ts';

const RUNS = 5;
const WORKLOADS: readonly Workload[] = [
  {
    service: { name: 'directory-wide lock', lockScope: 'directory' },
    calls: 200,
    concurrency: 5,
    travelMs: 0,
  },
  { service: { name: 'no lock' }, calls: 200, concurrency: 5, travelMs: 0 },
  { service: { name: 'no lock' }, calls: 200, concurrency: 32, travelMs: 0 },
];

export const socketBench: Bench = {
  name: 'pace-socket',
  what: `The same in real time: the official client, signed requests, a server on a loopback socket, ${LATENCY_MS} ms a write; median (least to greatest) of ${RUNS} runs, beside the virtual figure. What it is slower by is the time that this machine needs for the calls, server included.`,
  run: async () => {
    const rows: Row[] = [];
    for (const work of WORKLOADS) rows.push(await rowOf(work));
    return rows;
  },
};

async function rowOf(work: Workload): Promise<Row> {
  const { service, calls, concurrency } = work;
  const runs = await repeat(RUNS, (seed) => runOnce(work, seed));
  const virtual = await runPaced(work, 1);
  const least = idealMs(service, calls, concurrency, LATENCY_MS);
  return {
    service: service.name,
    calls,
    'up to': concurrency,
    'elapsed ms': spreadOf(runs.map(({ elapsedMs }) => elapsedMs)),
    'times the ideal': spreadOf(runs.map(({ elapsedMs }) => elapsedMs / least)),
    'virtual: times the ideal': virtual.timesIdeal,
    'refused %': spreadOf(runs.map(({ refused }) => (100 * refused) / calls)),
    'virtual: refused %': 100 * virtual.refusedShare,
  };
}

async function runOnce({ service, calls, concurrency }: Workload, seed: number) {
  return withServer(service, calls, async (writer) => {
    const startedAt = performance.now();
    const { refused, lost } = await pacedWork(writer, calls, concurrency, systemClock, seededRandom(seed));
    if (lost > 0) throw new Error(`${lost} calls were given up`);
    return { refused, elapsedMs: performance.now() - startedAt };
  });
}

async function withServer<T>(
  service: Service,
  calls: number,
  work: (writer: CloudWriter) => Promise<T>,
): Promise<T> {
  const emulator = await startEmulator({ state: stateOf(service, calls) });
  try {
    const result = await work(await writerTo(emulator));
    checkDone(emulator.cloud);
    return result;
  } finally {
    await emulator.close();
  }
}

async function writerTo({ url }: RunningEmulator): Promise<CloudWriter> {
  const { accessKeyId, accessKeySecret } = DEFAULT_CREDENTIAL;
  const credential = await resolveCredential({ keys: { accessKeyId, accessKeySecret }, profile: undefined });
  const [directoryEndpoint, configEndpoint] = [new URL(url), new URL(url)];
  return createCloudWriter(
    createRpcCall({ directoryEndpoint, configEndpoint, credential, clock: systemClock }),
  );
}
