import { type Bench, type Row, repeat, spreadOf } from './bench.ts';
import { type Measured, runPaced, runPlain, type Workload } from './pace-run.ts';
import { LATENCY_MS, SERVICES } from './pace-service.ts';

const SEEDS = 7;
const TRAVEL_MS = 10;
const MEASURE =
  'as a multiple of the least possible, and refused calls by calls to make; median (least to greatest) of ' +
  `${SEEDS} seeds. Beside it a plain script: p-limit(5), whatever our upper bound is, around p-retry with its defaults. Virtual time, the ` +
  "emulator's core; the cap of 4 writes is a wrapper of the bench around it.";

const workloads = (callCounts: readonly number[], travelMs: number): Workload[] =>
  SERVICES.flatMap((service) =>
    callCounts.flatMap((calls) => [5, 32].map((concurrency) => ({ service, calls, concurrency, travelMs }))),
  );

export const paceBench: Bench = {
  name: 'pace',
  what: `Time for writes that take ${LATENCY_MS} ms each, 5 calls a contact, ${MEASURE}`,
  run: () => rowsOf(workloads([200, 2000], 0)),
};

export const travelBench: Bench = {
  name: 'pace-travel',
  what: `The same where every call and every answer travels for 0 to ${TRAVEL_MS} ms, so that they overtake each other: time ${MEASURE} The least possible is reckoned with the mean way.`,
  run: () => rowsOf(workloads([200], TRAVEL_MS)),
};

async function rowsOf(works: readonly Workload[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const work of works) rows.push(await rowOf(work));
  return rows;
}

async function rowOf(work: Workload): Promise<Row> {
  const ours = await repeat(SEEDS, (seed) => runPaced(work, seed));
  // Without travel nothing in the plain script is left to chance.
  const plain = await repeat(work.travelMs === 0 ? 1 : SEEDS, (seed) => runPlain(work, seed));
  const times = spreadOf(ours.map(({ timesIdeal }) => timesIdeal));
  const plainTimes = spreadOf(plain.map(({ timesIdeal }) => timesIdeal));
  return {
    service: work.service.name,
    calls: work.calls,
    'up to': work.concurrency,
    'times the ideal': times,
    ...countsOf('', ours),
    'plain: times the ideal': plainTimes,
    ...countsOf('plain: ', plain),
    'plain / ours': plainTimes.median / times.median,
  };
}

const countsOf = (whose: string, measured: readonly Measured[]): Row => ({
  [`${whose}refused %`]: spreadOf(measured.map(({ refusedShare }) => 100 * refusedShare)),
  [`${whose}given up`]: Math.max(...measured.map(({ lost }) => lost)),
});
