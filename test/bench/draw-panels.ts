import type { Curve, Panel } from './scaling-plot.ts';

/** In pixels. */
const PANEL = { width: 400, height: 270 };
const FRAME = { left: 56, right: 14, top: 34, bottom: 66 };
const COLUMNS = 2;
const LINE_OF_LEGEND = 14;
/** Readable on white and on black alike, and told apart without colours by their dashes. */
const LOOKS = [
  { color: '#3b82f6', dashes: 'none' },
  { color: '#e07b00', dashes: '6 3' },
  { color: '#16a34a', dashes: '2 3' },
] as const;

/** An SVG of all panels, two side by side. Text takes the colour of the reader's scheme. */
export function drawPanels(panels: readonly Panel[]): string {
  const rows = Math.ceil(panels.length / COLUMNS);
  const [width, height] = [PANEL.width * COLUMNS, PANEL.height * rows];
  const drawn = panels.map((panel, index) => {
    const [x, y] = [PANEL.width * (index % COLUMNS), PANEL.height * Math.floor(index / COLUMNS)];
    return `<g transform="translate(${x} ${y})">\n${drawPanel(panel)}\n</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(panels.map(({ title }) => title).join('; '))}">`,
    '<style>',
    'text{font:11px system-ui,sans-serif;fill:#57606a}.title{font-weight:600;font-size:12px}.grid{stroke:#8c959f;stroke-opacity:.35}',
    '@media(prefers-color-scheme:dark){text{fill:#adbac7}}',
    '</style>',
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

function drawPanel({ title, across, up, curves }: Panel): string {
  const points = curves.flatMap((curve) => curve.points);
  const x = logScale(
    points.map(([size]) => size),
    FRAME.left,
    PANEL.width - FRAME.right,
  );
  const y = logScale(
    points.map(([, value]) => value),
    PANEL.height - FRAME.bottom,
    FRAME.top,
  );
  const [bottom, right] = [PANEL.height - FRAME.bottom, PANEL.width - FRAME.right];
  return [
    text(FRAME.left, 18, title, 'class="title"'),
    ...x.ticks.map((tick) => line(x.at(tick), FRAME.top, x.at(tick), bottom)),
    ...x.ticks.map((tick) => text(x.at(tick), bottom + 14, short(tick), 'text-anchor="middle"')),
    ...y.ticks.map((tick) => line(FRAME.left, y.at(tick), right, y.at(tick))),
    ...y.ticks.map((tick) => text(FRAME.left - 6, y.at(tick) + 4, short(tick), 'text-anchor="end"')),
    text(right, bottom + 28, across, 'text-anchor="end"'),
    text(FRAME.left - 6, FRAME.top - 6, up, 'text-anchor="end"'),
    ...curves.map((curve, index) => drawCurve(curve, index, x.at, y.at)),
    ...curves.map(({ name }, index) => legend(name, index, bottom + 28 + index * LINE_OF_LEGEND)),
  ].join('\n');
}

interface Scale {
  readonly at: (value: number) => number;
  /** The powers of ten around the values. */
  readonly ticks: readonly number[];
}

function logScale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const at = (value: number): number => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  return { at, ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)) };
}

function drawCurve({ points }: Curve, index: number, x: Scale['at'], y: Scale['at']): string {
  const { color, dashes } = lookOf(index);
  const places = points.map(([size, value]) => [x(size).toFixed(1), y(value).toFixed(1)] as const);
  const way = places.map((place) => place.join()).join(' ');
  return [
    `<polyline points="${way}" fill="none" stroke="${color}" stroke-width="2" stroke-dasharray="${dashes}"/>`,
    ...places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${color}"/>`),
  ].join('\n');
}

function legend(name: string, index: number, y: number): string {
  const { color, dashes } = lookOf(index);
  const [from, to] = [FRAME.left, FRAME.left + 24];
  return `<line x1="${from}" y1="${y - 4}" x2="${to}" y2="${y - 4}" stroke="${color}" stroke-width="2" stroke-dasharray="${dashes}"/>${text(to + 6, y, name, '')}`;
}

const lookOf = (index: number) => LOOKS[index % LOOKS.length] ?? LOOKS[0];

const line = (x1: number, y1: number, x2: number, y2: number): string =>
  `<line class="grid" x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}"/>`;

const text = (x: number, y: number, words: string, how: string): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${how}>${escaped(words)}</text>`;

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** 1000000 as 1M, 0.01 as it is. */
function short(value: number): string {
  if (value >= 1_000_000) return `${value / 1_000_000}M`;
  return value >= 1000 ? `${value / 1000}k` : String(Number(value.toPrecision(1)));
}
