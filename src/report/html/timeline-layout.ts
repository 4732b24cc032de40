import type { ReportTarget } from '../report-schema.ts';
import { type CallChain, callChains, endOf, type TimelineCall } from './call-chains.ts';

export type LaneName = TimelineCall['lane'];
/** What a bar is drawn as: answered, refused for now, refused for good, or not answered. */
export type BarKind = 'taken' | 'refused' | 'failed' | 'lost';

export interface Bar {
  /** From 0, the lowest. */
  readonly row: number;
  readonly kind: BarKind;
  readonly call: TimelineCall;
}

/** Between two attempts of a call. */
export interface Wait {
  readonly row: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** From that moment on so many calls might be in flight. */
export interface LimitStep {
  readonly atMs: number;
  readonly limit: number;
}

export interface LaneLayout {
  readonly lane: LaneName;
  readonly rows: number;
  readonly bars: readonly Bar[];
  readonly waits: readonly Wait[];
  readonly limits: readonly LimitStep[];
}

const LANES: readonly LaneName[] = ['read', 'contact-write', 'aggregator-write'];

const KINDS: Readonly<Record<string, BarKind>> = {
  conflict: 'refused',
  pending: 'refused',
  throttled: 'refused',
  'unknown-effect': 'lost',
  unsent: 'lost',
};

export const kindOf = ({ failure }: TimelineCall): BarKind =>
  failure === null ? 'taken' : (KINDS[failure.class] ?? 'failed');

/** Lanes with calls in them, each call in a row that is free for as long as it holds its slot. */
export function timelineLayout(target: ReportTarget, startedAt: string): readonly LaneLayout[] {
  const calls = target.timeline?.calls ?? [];
  return LANES.flatMap((lane) => {
    const own = calls.filter((call) => call.lane === lane);
    return own.length === 0 ? [] : [laneLayout(lane, own, limitsOf(lane, own, target.pace, startedAt))];
  });
}

function laneLayout(
  lane: LaneName,
  calls: readonly TimelineCall[],
  limits: readonly LimitStep[],
): LaneLayout {
  const rowEnds: number[] = [];
  const bars: Bar[] = [];
  const waits: Wait[] = [];
  for (const chain of callChains(calls)) {
    const row = freeRow(rowEnds, chain);
    rowEnds[row] = chain.toMs;
    for (const [index, call] of chain.attempts.entries()) {
      bars.push({ row, kind: kindOf(call), call });
      const before = chain.attempts[index - 1];
      if (before !== undefined) waits.push({ row, fromMs: endOf(before), toMs: call.atMs });
    }
  }
  return { lane, rows: rowEnds.length, bars, waits, limits };
}

function freeRow(rowEnds: readonly number[], { fromMs }: CallChain): number {
  const free = rowEnds.findIndex((end) => end <= fromMs);
  return free === -1 ? rowEnds.length : free;
}

/** As calls found it when they were sent, and as the pace was set between them; only where it changes. */
function limitsOf(
  lane: LaneName,
  calls: readonly TimelineCall[],
  pace: ReportTarget['pace'],
  startedAt: string,
): LimitStep[] {
  const seen = calls.flatMap(({ atMs, limit }) => (limit === null ? [] : [{ atMs, limit }]));
  const set = pace
    .filter((one) => one.lane === lane)
    .map(({ at, limit }) => ({ atMs: Math.max(0, Date.parse(at) - Date.parse(startedAt)), limit }));
  return [...seen, ...set]
    .sort((a, b) => a.atMs - b.atMs)
    .filter(({ limit }, index, all) => limit !== all[index - 1]?.limit);
}
