import type { ReportTimeline } from '../report-schema.ts';

export type TimelineCall = ReportTimeline['calls'][number];

/** A call from its first attempt to its last, waits included; it holds its slot but while its effect is read back. */
export interface CallChain {
  readonly attempts: readonly TimelineCall[];
  readonly fromMs: number;
  readonly toMs: number;
}

export const endOf = ({ atMs, elapsedMs }: TimelineCall): number => atMs + elapsedMs;

/** Puts attempts that follow each other together. The report does not number calls; their waits tell. */
export function callChains(calls: readonly TimelineCall[]): readonly CallChain[] {
  const chains: TimelineCall[][] = [];
  const open = new Map<string, TimelineCall[][]>();
  for (const call of calls) {
    const candidates = open.get(keyOf(call, call.attempt - 1)) ?? [];
    const chain = call.attempt > 1 ? bestFor(call, candidates) : undefined;
    const next = chain ?? [];
    if (chain === undefined) chains.push(next);
    else candidates.splice(candidates.indexOf(chain), 1);
    next.push(call);
    if (call.failure !== null)
      open.set(keyOf(call, call.attempt), [...(open.get(keyOf(call, call.attempt)) ?? []), next]);
  }
  return chains.map(toChain);
}

const keyOf = ({ lane, action, subject }: TimelineCall, attempt: number): string =>
  JSON.stringify([lane, action, subject, attempt]);

/** The one that ended just so long before as the call waited. */
function bestFor(call: TimelineCall, chains: readonly TimelineCall[][]): TimelineCall[] | undefined {
  const missBy = (chain: readonly TimelineCall[]): number => {
    const last = chain.at(-1);
    return last === undefined ? Infinity : Math.abs(call.atMs - (call.waitedMs ?? 0) - endOf(last));
  };
  return chains.toSorted((a, b) => missBy(a) - missBy(b))[0];
}

function toChain(attempts: readonly TimelineCall[]): CallChain {
  const fromMs = attempts[0]?.atMs ?? 0;
  return { attempts, fromMs, toMs: Math.max(fromMs, ...attempts.map(endOf)) };
}
