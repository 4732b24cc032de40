import { CALLS_PER_CONTACT, type Service } from './pace-service.ts';

/**
 * The least time in which any program could make the calls, knowing everything beforehand: chains of equal calls
 * over so many lanes (Hu's level rule), one call at a time under a lock of the whole directory, and no faster
 * than a bucket of one second's calls allows.
 * @param callMs  from sending a call to its answer
 */
export function idealMs(service: Service, calls: number, concurrency: number, callMs: number): number {
  const lanes = Math.min(
    concurrency,
    service.cap ?? concurrency,
    service.lockScope === 'directory' ? 1 : concurrency,
  );
  const inLanes = callMs * roundsOfChains(calls / CALLS_PER_CONTACT, CALLS_PER_CONTACT, lanes);
  const rate = service.callsPerSecond;
  if (rate === undefined) return inLanes;
  return Math.max(inLanes, ((calls - rate) * 1000) / rate + callMs);
}

function roundsOfChains(chains: number, length: number, lanes: number): number {
  const rounds = Array.from(
    { length: length + 1 },
    (_, height) => height + Math.ceil((chains * (length - height)) / lanes),
  );
  return Math.max(...rounds);
}
