import { DRAWING_STYLE } from './drawing-style.ts';

/** Text stands out from its ground by 4.5 to 1 at least, in both schemes. */
const COLORS = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f8; --card: #ffffff; --sunk: #eef1f5; --line: #d8dee7;
  --text: #1a2330; --soft: #525f70; --link: #1a56b0; --focus: #1a56b0;
  --good: #12653a; --good-ground: #e3f4ea;
  --bad: #a3211b; --bad-ground: #fdeae8;
  --warn: #7a4a00; --warn-ground: #fdf1da;
  --unsure: #5a3a9e; --unsure-ground: #f0eafb;
  --plain: #3c4858; --plain-ground: #e9edf2;
  --bar: #3f74c5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10141a; --card: #191f28; --sunk: #212934; --line: #323d4b;
    --text: #e5eaf1; --soft: #a6b2c1; --link: #8fbbff; --focus: #8fbbff;
    --good: #7ed69b; --good-ground: #17301f;
    --bad: #ffa59c; --bad-ground: #3c1b1a;
    --warn: #f2c069; --warn-ground: #382a10;
    --unsure: #cbb6fa; --unsure-ground: #2b2141;
    --plain: #c3cdd9; --plain-ground: #2a3440;
    --bar: #5f95e6;
  }
}
`;

const TEXT = `
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "PingFang SC",
    "Microsoft YaHei", sans-serif; }
h1, h2, h3 { line-height: 1.25; margin: 0; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; font-weight: 650; letter-spacing: -.01em; }
h2 { font-size: 1.15rem; font-weight: 650; margin-bottom: .75rem; }
h3 { font-size: 1rem; font-weight: 650; margin: 1.75rem 0 .6rem; }
p { margin: 0 0 .75rem; }
ul { margin: 0; padding: 0; list-style: none; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.id { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: .86em; overflow-wrap: anywhere; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
.needs-script { display: none; }
`;

const LAYOUT = `
.top, nav, main { max-width: 72rem; margin: 0 auto; padding: 0 1.5rem; }
.top { padding-top: 2.25rem; }
.top .about { color: var(--soft); margin: 0 0 .35rem; }
.exit { display: flex; flex-wrap: wrap; gap: .4rem .75rem; align-items: baseline; margin: .85rem 0 1.25rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: .6rem 0; border-top: 1px solid var(--line); }
main { padding-bottom: 4rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem 1.5rem 1.5rem;
  margin-top: 1.25rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1px; margin: 1rem 0 0;
  background: var(--line); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.figures > div { background: var(--card); padding: 1rem 1.5rem; }
.figures dt { color: var(--soft); }
.figures dd { margin: 0; }
.figures strong { font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.figures dd p { margin: .3rem 0 0; color: var(--soft); display: flex; flex-wrap: wrap; gap: .3rem; }
.facts { display: grid; gap: .3rem; margin: 0; }
.facts > div { display: grid; grid-template-columns: 12rem 1fr; gap: 1rem; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; }
.calm { margin: 0; color: var(--soft); }
.attention { display: grid; gap: 0; }
.attention li { display: grid; grid-template-columns: 7.5rem 1fr; gap: 1rem; align-items: baseline; padding: .7rem 0;
  border-top: 1px solid var(--line); }
.attention li:first-child { border-top: 0; padding-top: 0; }
.attention li:last-child { padding-bottom: 0; }
.attention .mark { justify-self: start; }
.attention p { margin: 0; overflow-wrap: anywhere; }
.remedy { color: var(--soft); }
.remedy b { font-weight: 600; }
`;

/** Every tone has a sign of its own beside its colour. */
const MARKS = `
.mark { display: inline-block; padding: .05rem .55rem .1rem; border-radius: 99px; font-size: .87rem; font-weight: 550;
  white-space: nowrap; color: var(--plain); background: var(--plain-ground); }
.mark::before { margin-right: .4em; font-weight: 700; content: "\\2022" / ""; }
.mark.good { color: var(--good); background: var(--good-ground); }
.mark.good::before { content: "\\2713" / ""; }
.mark.bad { color: var(--bad); background: var(--bad-ground); }
.mark.bad::before { content: "\\2715" / ""; }
.mark.warn { color: var(--warn); background: var(--warn-ground); }
.mark.warn::before { content: "!" / ""; }
.mark.unsure { color: var(--unsure); background: var(--unsure-ground); }
.mark.unsure::before { content: "?" / ""; }
.adds { color: var(--good); }
.removes { color: var(--bad); }
td.adds::before { content: "+ "; }
td.removes::before { content: "\\2212  "; }
.tally { font-variant-numeric: tabular-nums; font-weight: 600; }
`;

const TABLES = `
.scroll { overflow-x: auto; max-width: 100%; position: relative; }
table { border-collapse: collapse; width: 100%; }
table.small { width: auto; min-width: 20rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line);
  font-weight: 400; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--soft); font-size: .87rem; font-weight: 550; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: 1.5rem; }
td.action, th.id, td.status { white-space: nowrap; }
td.owner .id, th.member .id { display: block; white-space: nowrap; color: var(--soft); }
td.owner { min-width: 9rem; overflow-wrap: anywhere; }
th.member { min-width: 12rem; overflow-wrap: anywhere; }
td.name { min-width: 8rem; overflow-wrap: anywhere; }
td.text, th.text { min-width: 9.6rem; overflow-wrap: anywhere; }
td.status .reason { white-space: normal; min-width: 14rem; }
.reason { margin: .25rem 0 0; color: var(--soft); font-size: .93em; }
tbody tr:hover { background: var(--sunk); }
.controls { flex-wrap: wrap; gap: .6rem .9rem; align-items: end; margin-bottom: .75rem; }
.field { margin: 0; flex: 1 1 10rem; min-width: 0; }
.field label { display: block; color: var(--soft); font-size: .87rem; }
input, select, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--soft);
  border-radius: 6px; padding: .35rem .6rem; }
input, select { width: 100%; height: 2.3rem; }
.controls button { height: 2.3rem; }
button { cursor: pointer; color: var(--link); }
button:hover { background: var(--sunk); }
button:disabled { color: var(--soft); border-color: var(--line); cursor: default; }
td button, .more button { padding: .05rem .5rem; font-size: .87rem; border-color: var(--line); }
.count { color: var(--soft); margin: 0 0 .5rem; }
.pager { gap: .6rem; margin: 1rem 0 0; }
.scripted .controls, .scripted .pager { display: flex; }
.scripted button.needs-script { display: inline-block; }
.scripted .pager.unneeded { display: none; }
table.members { table-layout: fixed; min-width: 56rem; }
.members thead th:nth-child(1) { width: 9.5rem; }
.members thead th:nth-child(2) { width: 11rem; }
.members thead th:nth-child(4) { width: 15rem; }
.members thead th:nth-child(5) { width: 15rem; }
.members td.status .reason { min-width: 0; overflow-wrap: anywhere; }
details > summary { cursor: pointer; }
.group { border-top: 1px solid var(--line); padding: .55rem 0; }
.group:first-of-type { border-top: 0; }
.group > summary { padding: .1rem 0; }
.group > summary > * { margin-right: .6rem; }
.group .kind { color: var(--soft); }
.group .owner { font-weight: 600; overflow-wrap: anywhere; }
.group > summary .id { white-space: nowrap; }
.group > .scroll { margin: .35rem 0 .5rem 1.1rem; }
.fold { margin-top: .75rem; }
.fold > .scroll { margin: .5rem 0 0 1.1rem; }
`;

const NARROW = `
@media (max-width: 52rem) {
  .top, nav, main { padding-left: 1rem; padding-right: 1rem; }
  .top { padding-top: 1.25rem; }
  h1 { font-size: 1.4rem; }
  .card { padding: 1rem; }
  .figures { grid-template-columns: 1fr 1fr; }
  .figures > div { padding: .75rem 1rem; }
  .figures strong { font-size: 1.2rem; }
  .coverage.large { grid-template-columns: minmax(0, 1fr); }
  .attention li, .facts > div { grid-template-columns: 1fr; gap: .3rem; }
  .facts > div { margin-bottom: .4rem; }
  .group > .scroll, .fold > .scroll { margin-left: 0; }
}
@media screen and (max-width: 40rem) {
  table.members, .members tbody, .data-table table, .data-table tbody { display: block; min-width: 0; }
  .members thead, .data-table thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  .members tr, .data-table tr { display: flex; flex-wrap: wrap; gap: .1rem .75rem; align-items: baseline;
    padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .members tbody tr:last-child, .data-table tbody tr:last-child { border-bottom: 0; }
  .members tr > *, .data-table tr > * { display: block; width: auto; min-width: 0; padding: 0; border: 0; }
  .members td.name, .data-table td.name, .data-table th.member, .members td.status .reason { flex-basis: 100%; }
  .members td:empty, .data-table td:empty { display: none; }
}
`;

const PRINT = `
@media print {
  :root { --ground: #fff; }
  body { font-size: 10pt; }
  nav, .skip, .scripted .controls, .scripted .pager, .scripted button.needs-script { display: none; }
  .card, .figures { border-radius: 0; border-color: #bbb; }
  .card { padding: .75rem 0; border-width: 1px 0 0; }
  .scroll { overflow: visible; }
  tr, li, summary { break-inside: avoid; }
  h2, h3, summary { break-after: avoid; }
  .mark, .cell, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

/** The look of the page, in light and dark, on a phone and on paper. */
export const PAGE_STYLE = [COLORS, TEXT, LAYOUT, MARKS, TABLES, DRAWING_STYLE, NARROW, PRINT].join('').trim();
