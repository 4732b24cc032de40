/** The ground of a cell for each combination of contacts, with its letter's colour: dark on light, in both schemes. */
const CELL_GROUNDS = [
  '#8cc4f5',
  '#8fd9b0',
  '#f5cf7a',
  '#cdb4f4',
  '#7fd6d6',
  '#f4b48c',
  '#bcd58a',
  '#f2b3d3',
  '#b9c6d6',
  '#e0d08f',
  '#a5b6f5',
  '#d9bfa5',
];

const cellStyle = (ground: string, index: number): string =>
  `.cell.p${index + 1} { background: ${ground}; } ` +
  `.cell.p${index + 1}::before { content: "${String.fromCharCode('A'.charCodeAt(0) + index)}" / ""; }`;

const MAP = `
.coverage { display: grid; gap: 1rem 2.5rem; margin-bottom: 1.5rem; }
.coverage.large { grid-template-columns: minmax(0, 1fr) minmax(0, 27rem); align-items: start; }
.coverage.small .key { order: -1; }
.map ul { margin-left: .45rem; padding-left: 1rem; border-left: 1px solid var(--line); }
.map summary { padding: .2rem 0; }
.map summary bdi { font-weight: 600; margin-right: .6rem; overflow-wrap: anywhere; }
.map summary .tally { color: var(--soft); font-weight: 400; margin-right: .6rem; }
.cells { display: flex; flex-wrap: wrap; gap: 3px; margin: .15rem 0 .6rem 1.1rem; }
.cell { display: inline-block; width: 22px; height: 22px; border-radius: 4px; color: #15202e; background: #d7dde5;
  font: 600 12px/22px system-ui, sans-serif; text-align: center; font-style: normal; }
.small .cells { gap: 2px; }
.small .map .cell { width: 14px; height: 14px; border-radius: 3px; font-size: 9px; line-height: 14px; }
.cell.other::before { content: "+" / ""; }
.cell.none { background: #b5120b; color: #fff; border-radius: 50%; outline: 2px solid var(--text); outline-offset: -1px; }
.cell.none::before { content: "!" / ""; }
`;

const TIMELINE = `
.timeline { display: block; width: 100%; min-width: 44rem; height: auto; overflow: visible; }
.timeline.wide { width: auto; min-width: 0; max-width: none; }
.timeline text { fill: var(--soft); font-size: 11px; }
.lane { position: sticky; left: 0; width: fit-content; max-width: 100%; margin: .9rem 0 .3rem; color: var(--soft); }
.lane b { color: var(--text); font-weight: 600; }
.bar.taken { fill: var(--bar); }
.bar.refused { fill: url(#stripes); stroke: var(--warn); }
.bar.failed { fill: url(#crosses); stroke: var(--bad); }
.bar.lost { fill: var(--card); stroke: var(--unsure); stroke-dasharray: 3 2; }
.ground { fill: var(--card); }
.stripe { stroke-width: 1.3; fill: none; }
.stripe.warn { stroke: var(--warn); }
.stripe.bad { stroke: var(--bad); }
.wait { stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 1.5 2.5; fill: none; }
.limit { stroke: var(--text); stroke-width: 1.6; fill: none; }
.axis { stroke: var(--soft); fill: none; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; color: var(--soft); }
.legend li { display: flex; align-items: center; gap: .45rem; }
`;

/** The look of the map of coverage and of the timeline. */
export const DRAWING_STYLE = `${MAP}${CELL_GROUNDS.map(cellStyle).join('\n')}\n${TIMELINE}`;
