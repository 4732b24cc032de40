import { h } from 'preact';
import { displayText } from '../scrub.ts';
import { duration, grouped } from '../words.ts';
import { endOf } from './call-chains.ts';
import type { Html } from './plain-table.ts';
import type { Bar, BarKind, LaneLayout, LimitStep } from './timeline-layout.ts';

/** Where times come to lie, in units of the drawing. */
interface TimeScale {
  readonly endMs: number;
  readonly width: number;
}

const NARROWEST = 960;
const WIDEST = 12_000;
const UNITS_A_CALL = 4;
const THINNEST_BAR = 2;
const LANE_HEIGHT = 132;
const MOST_UNITS_A_ROW = 16;
const LEAST_UNITS_A_ROW = 3;
/** Room above the line of the limit. */
const HEADROOM = 6;
/** With more bars than these only what went wrong can be pointed at. */
const MOST_WITH_TITLES = 1000;
const AXIS_HEIGHT = 22;

/** Wide enough that the calls of the fullest row can be told apart. */
export function timeScale(lanes: readonly LaneLayout[]): TimeScale {
  const ends = lanes.flatMap(({ bars }) => bars.map(({ call }) => endOf(call)));
  const fullest = Math.max(0, ...lanes.map(({ bars, rows }) => bars.length / Math.max(1, rows)));
  const width = Math.round(Math.min(WIDEST, Math.max(NARROWEST, fullest * UNITS_A_CALL)));
  return { endMs: ends.reduce((latest, end) => Math.max(latest, end), 1), width };
}

const xOf = (atMs: number, { endMs, width }: TimeScale): number =>
  Math.round(Math.min(1, atMs / endMs) * (width - THINNEST_BAR) * 10) / 10;

/** One lane: a bar a call, a thin line while a call waits for its next attempt, the limit as a stepped line above. */
export function laneDrawing(layout: LaneLayout, scale: TimeScale, title: string, description: string): Html {
  const { bars, rows, limits } = layout;
  const levels = Math.max(rows, 1, ...limits.map(({ limit }) => limit));
  const pitch = Math.max(LEAST_UNITS_A_ROW, Math.min(MOST_UNITS_A_ROW, Math.floor(LANE_HEIGHT / levels)));
  const height = levels * pitch + HEADROOM;
  const yOf = (row: number): number => height - (row + 1) * pitch;
  const titled = bars.length <= MOST_WITH_TITLES;
  return h('svg', { ...box(scale, height), role: 'img', 'aria-label': title }, [
    h('title', null, title),
    h('desc', null, description),
    h('path', { class: 'wait', d: waitPath(layout, scale, yOf, pitch) }),
    bars.map((bar) => barDrawing(bar, scale, yOf(bar.row), pitch, titled || bar.kind !== 'taken')),
    h('path', { class: 'limit', d: limitPath(limits, scale, (limit) => height - limit * pitch - 1) }),
  ]);
}

const box = ({ width }: TimeScale, height: number) => ({
  class: width > NARROWEST ? 'timeline wide' : 'timeline',
  viewBox: `0 0 ${width} ${height}`,
  ...(width > NARROWEST ? { width, height } : {}),
});

function barDrawing({ call, kind }: Bar, scale: TimeScale, y: number, pitch: number, titled: boolean): Html {
  const x = xOf(call.atMs, scale);
  const width = Math.max(THINNEST_BAR, Math.round((xOf(endOf(call), scale) - x) * 10) / 10);
  const about = { class: `bar ${kind}`, x, y, width, height: pitch - 1 };
  return h('rect', about, titled ? h('title', null, callInWords(call, kind)) : undefined);
}

/** `AssociateMembers c-...: refused (ConcurrentCallNotSupported), attempt 2, sent at 1.2 s, took 85 ms`. */
function callInWords(call: Bar['call'], kind: BarKind): string {
  const { action, subject, attempt, atMs, elapsedMs, failure } = call;
  const what = [action, ...(subject === null ? [] : [subject])].join(' ');
  const fate = failure === null ? 'taken' : `${BAR_WORDS[kind]} (${failure.code})`;
  return displayText(
    `${what}: ${fate}, attempt ${attempt}, sent at ${duration(atMs)}, took ${duration(elapsedMs)}`,
  );
}

export const BAR_WORDS: Readonly<Record<BarKind, string>> = {
  taken: 'taken',
  refused: 'refused for now',
  failed: 'refused for good',
  lost: 'not answered',
};

function waitPath(
  { waits }: LaneLayout,
  scale: TimeScale,
  yOf: (row: number) => number,
  pitch: number,
): string {
  return waits
    .map(
      ({ row, fromMs, toMs }) => `M${xOf(fromMs, scale)} ${yOf(row) + (pitch - 1) / 2}H${xOf(toMs, scale)}`,
    )
    .join('');
}

function limitPath(limits: readonly LimitStep[], scale: TimeScale, yOf: (limit: number) => number): string {
  const [first, ...later] = limits;
  if (first === undefined) return '';
  const steps = later.map(({ atMs, limit }) => `H${xOf(atMs, scale)}V${yOf(limit)}`);
  return `M0 ${yOf(first.limit)}${steps.join('')}H${scale.width}`;
}

/** The times under the lanes. */
export function timeAxis(scale: TimeScale): Html {
  const step = tickStep(scale.endMs);
  const ticks = Array.from({ length: Math.floor(scale.endMs / step) + 1 }, (_, index) => index * step);
  const labelled = ticks.filter((atMs) => xOf(atMs, scale) < scale.width - 40);
  return h('svg', { ...box(scale, AXIS_HEIGHT), 'aria-hidden': 'true' }, [
    h('path', {
      class: 'axis',
      d: `M0 .5H${scale.width}${ticks.map((at) => `M${xOf(at, scale)} 0v5`).join('')}`,
    }),
    labelled.map((atMs) =>
      h(
        'text',
        { x: xOf(atMs, scale), y: 18, 'text-anchor': atMs === 0 ? 'start' : 'middle' },
        tickLabel(atMs),
      ),
    ),
  ]);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 30].map((minutes) => minutes * MINUTE),
];
const MOST_TICKS = 12;

/** The least round step in milliseconds that makes at most twelve ticks. */
export const tickStep = (endMs: number): number =>
  STEPS.find((step) => endMs / step <= MOST_TICKS) ?? HOUR * Math.ceil(endMs / HOUR / MOST_TICKS);

const tickLabel = (ms: number): string =>
  ms < 1000 ? `${ms} ms` : ms < 60_000 ? `${grouped(ms / 1000)} s` : duration(ms);
