import { createCloudWriter } from '../../src/cloud/cloud-writer.ts';
import type { RpcCall } from '../../src/cloud/rpc-call.ts';
import type { EmulatedCloud } from '../../src/emulator/emulated-cloud.ts';
import type { Clock, CloudWriter } from '../../src/model/ports.ts';
import { emulatedCall } from '../simulation/emulated-call.ts';
import { FakeClock, seededRandom } from '../support/fake-time.ts';
import { idealMs } from './pace-ideal.ts';
import { CHUNKS, LATENCY_MS, LimitedCloud, type Service } from './pace-service.ts';
import { pacedWork, plainWork, type Tally } from './pace-work.ts';
import { withTimersOn } from './virtual-timers.ts';

export interface Workload {
  readonly service: Service;
  readonly calls: number;
  /** Upper bound of calls in flight. */
  readonly concurrency: number;
  /** A call and its answer each travel for anything up to that long, so they overtake each other. */
  readonly travelMs: number;
}

export interface Measured {
  /** Time needed, as a multiple of the least possible. */
  readonly timesIdeal: number;
  /** Refused calls by calls that had to be made. */
  readonly refusedShare: number;
  readonly lost: number;
}

const CALL_MS = 60_000;
const NOTHING = (): undefined => undefined;
const NO_WATCHER = { leaving: NOTHING, received: NOTHING, answered: NOTHING };

/** Our pace, in virtual time. The seed decides the waits after refusals. */
export const runPaced = (work: Workload, seed: number): Promise<Measured> =>
  inVirtualTime(work, seed, (writer, clock) =>
    pacedWork(writer, work.calls, work.concurrency, clock, seededRandom(seed)),
  );

/** The plain script, in virtual time. Its own waits are not left to chance. */
export const runPlain = (work: Workload, seed: number): Promise<Measured> =>
  inVirtualTime(work, seed, (writer, clock) => withTimersOn(clock, () => plainWork(writer, work.calls)));

async function inVirtualTime(
  work: Workload,
  seed: number,
  play: (writer: CloudWriter, clock: FakeClock) => Promise<Tally>,
): Promise<Measured> {
  const { service, calls, concurrency, travelMs } = work;
  const clock = new FakeClock();
  const cloud = new LimitedCloud(service, calls, () => clock.now());
  const call = travelling(emulatedCall(cloud, clock, CALL_MS, NO_WATCHER), clock, travelMs, seed);
  const tally = await clock.finish(play(createCloudWriter(call), clock));
  if (tally.lost === 0) checkDone(cloud);
  return {
    // On average a call travels half of the longest way there, and half of it back.
    timesIdeal: clock.elapsed() / idealMs(service, calls, concurrency, LATENCY_MS + travelMs),
    refusedShare: tally.refused / calls,
    lost: tally.lost,
  };
}

function travelling(call: RpcCall, clock: Clock, travelMs: number, seed: number): RpcCall {
  if (travelMs === 0) return call;
  const random = seededRandom(seed + 1000);
  const travel = (): Promise<void> => clock.sleep(travelMs * random());
  return async (request) => {
    await travel();
    return call(request).finally(travel);
  };
}

/** A figure for work that was not done would be worth nothing. */
export function checkDone(cloud: EmulatedCloud): void {
  const bindings = CHUNKS.flat().length;
  const missing = cloud.snapshot().contacts.filter(({ members }) => members.length !== bindings);
  if (missing.length > 0) throw new Error(`${missing.length} contacts are not bound as they should be`);
}
