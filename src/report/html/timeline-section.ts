import { h } from 'preact';
import type { ReportTarget } from '../report-schema.ts';
import { displayText } from '../scrub.ts';
import { counted, duration, grouped } from '../words.ts';
import { type Html, plainTable, scrolled } from './plain-table.ts';
import { BAR_WORDS, laneDrawing, timeAxis, timeScale } from './timeline-drawing.ts';
import { type BarKind, kindOf, type LaneLayout, type LaneName, timelineLayout } from './timeline-layout.ts';

const MOST_LISTED = 200;
const KINDS: readonly BarKind[] = ['taken', 'refused', 'failed', 'lost'];
const LANE_WORDS: Readonly<Record<LaneName, string>> = {
  read: 'Reading',
  'contact-write': 'Writing contacts',
  'aggregator-write': 'Writing account groups',
};

/** The calls as they went out, drawn and told; undefined where none was made. */
export function timelineSection(target: ReportTarget, startedAt: string): Html[] | undefined {
  const lanes = timelineLayout(target, startedAt);
  if (target.calls.total === 0) return undefined;
  const scale = timeScale(lanes);
  const leftOut = target.timeline?.leftOut ?? 0;
  return [
    h('p', null, statistics(target)),
    ...(lanes.length === 0
      ? [h('p', null, 'This report does not tell them one by one.')]
      : [
          legend(),
          scrolled('Timeline of calls', [
            ...lanes.flatMap((lane) => laneWithLabel(lane, scale)),
            timeAxis(scale),
          ]),
        ]),
    leftOut > 0
      ? h('p', null, `${counted(leftOut, 'later call is', 'later calls are')} not drawn.`)
      : undefined,
    countTable(target),
    troubleTable(target),
    paceTable(target, startedAt),
  ];
}

function statistics({ calls }: ReportTarget): string {
  const { p50, p95, max } = calls.elapsedMs;
  const times =
    p50 === null || p95 === null || max === null
      ? ''
      : ` Half of them took at most ${duration(p50)}, 95 of 100 at most ${duration(p95)}, the slowest ${duration(max)}.`;
  return `${counted(calls.total, 'call')}, ${counted(calls.retries, 'of them a retry', 'of them retries')}.${times}`;
}

function laneWithLabel(lane: LaneLayout, scale: ReturnType<typeof timeScale>): Html[] {
  const most = Math.max(0, ...lane.limits.map(({ limit }) => limit));
  const trouble = KINDS.filter((kind) => kind !== 'taken').flatMap((kind) => {
    const count = lane.bars.filter((bar) => bar.kind === kind).length;
    return count === 0 ? [] : [`${grouped(count)} ${BAR_WORDS[kind]}`];
  });
  const title = `${LANE_WORDS[lane.lane]}: ${counted(lane.bars.length, 'call')}`;
  const notes = [`up to ${lane.rows} at once`, ...(most > 0 ? [`limit up to ${most}`] : []), ...trouble].join(
    ', ',
  );
  return [
    h('p', { class: 'lane' }, [h('b', null, title), `, ${notes}`]),
    laneDrawing(lane, scale, title, notes),
  ];
}

function legend(): Html {
  const swatch = (drawn: Html): Html =>
    h('svg', { viewBox: '0 0 28 12', width: 28, height: 12, 'aria-hidden': 'true' }, drawn);
  const bar = (kind: BarKind): Html => h('rect', { class: `bar ${kind}`, x: 1, y: 1, width: 26, height: 10 });
  return h('ul', { class: 'legend' }, [
    KINDS.map((kind) => h('li', null, [swatch(bar(kind)), BAR_WORDS[kind]])),
    h('li', null, [swatch(h('path', { class: 'wait', d: 'M0 6H28' })), 'waits for its next attempt']),
    h('li', null, [swatch(h('path', { class: 'limit', d: 'M0 9H14V3H28' })), 'calls allowed at once']),
  ]);
}

const countTable = ({ calls }: ReportTarget): Html =>
  fold(
    'Calls by action',
    plainTable(
      'Calls by action',
      ['Action', 'Calls'],
      Object.entries(calls.byAction).map(([action, count]) =>
        h('tr', null, [
          h('th', { scope: 'row', class: 'id' }, displayText(action)),
          h('td', { class: 'number' }, grouped(count)),
        ]),
      ),
      { class: 'small' },
    ),
  );

function troubleTable({ timeline }: ReportTarget): Html {
  const trouble = timeline?.calls.filter(({ failure }) => failure !== null) ?? [];
  if (trouble.length === 0) return undefined;
  const shown = trouble
    .slice(0, MOST_LISTED)
    .map((call) =>
      h('tr', null, [
        h('td', { class: 'number' }, duration(call.atMs)),
        h('th', { scope: 'row', class: 'id' }, displayText(`${call.action} ${call.subject ?? ''}`)),
        h('td', { class: 'number' }, String(call.attempt)),
        h('td', { class: 'text' }, `${BAR_WORDS[kindOf(call)]}: ${displayText(call.failure?.code ?? '')}`),
        h('td', { class: 'number' }, duration(call.elapsedMs)),
      ]),
    );
  const title = 'Calls that were refused or not answered';
  const left = trouble.length - shown.length;
  return fold(`${title} (${grouped(trouble.length)})`, [
    plainTable(title, ['Sent at', 'Call', 'Attempt', 'Answer', 'Took'], shown),
    left > 0 ? h('p', null, `${grouped(left)} more stand in report.json.`) : undefined,
  ]);
}

function paceTable({ pace }: ReportTarget, startedAt: string): Html {
  if (pace.length === 0) return undefined;
  const shown = pace
    .slice(0, MOST_LISTED)
    .map(({ lane, at, limit, intervalMs }) =>
      h('tr', null, [
        h('td', { class: 'number' }, duration(Math.max(0, Date.parse(at) - Date.parse(startedAt)))),
        h('th', { scope: 'row', class: 'text' }, LANE_WORDS[lane]),
        h('td', { class: 'number' }, grouped(limit)),
        h('td', { class: 'number' }, intervalMs === 0 ? 'any' : duration(intervalMs)),
      ]),
    );
  const left = pace.length - shown.length;
  return fold(`Course of the pace (${grouped(pace.length)})`, [
    plainTable('Course of the pace', ['From', 'Lane', 'Calls at once', 'Least distance'], shown),
    left > 0 ? h('p', null, `${grouped(left)} more stand in report.json.`) : undefined,
  ]);
}

const fold = (title: string, content: Html): Html =>
  h('details', { class: 'fold' }, [h('summary', null, title), content]);
