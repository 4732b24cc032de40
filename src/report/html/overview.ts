import { h } from 'preact';
import { gravest } from '../../model/exit-code.ts';
import { groupBy } from '../../model/group-by.ts';
import { exitMeaning, runMeaning } from '../exit-meaning.ts';
import { putAside } from '../put-aside.ts';
import type { Report, ReportTarget } from '../report-schema.ts';
import { displayText } from '../scrub.ts';
import { counted, countsInWords, duration, grouped } from '../words.ts';
import { headline } from './headline.ts';
import { type Html, plainTable } from './plain-table.ts';
import { statusMark, toneOf } from './status-mark.ts';

/** What happened, in a sentence; when; and what the exit code says. */
export function pageHead(report: Report): Html {
  const { run, tool } = report;
  return h('header', { class: `top ${toneOf(run.result)}` }, [
    h('p', { class: 'about' }, `${displayText(tool.name)} ${run.mode} · ${timeInWords(run.startedAt)}`),
    h('h1', null, `${headline(report)}.`),
    h('p', { class: 'exit' }, [
      statusMark(run.result),
      h('span', null, [h('b', null, `Exit code ${run.exitCode}`), `: ${runMeaning(report)}.`]),
    ]),
  ]);
}

/** `2026-11-21 09:30:00 UTC`. */
export const timeInWords = (time: string): string =>
  `${displayText(time)
    .replace('T', ' ')
    .replace(/(?:\.\d+)?Z$/, '')} UTC`;

export function figures(report: Report): Html {
  return h('dl', { class: 'figures' }, [
    changeFigure(report.targets),
    callFigure(report.targets),
    ...coverageFigure(report.targets),
    figure('Time', duration(report.run.elapsedMs), [`${report.run.mode} of ${directoriesOf(report)}`]),
  ]);
}

const figure = (label: string, value: string, notes: readonly (string | Html)[]): Html =>
  h('div', null, [h('dt', null, label), h('dd', null, [h('strong', null, value), h('p', null, notes)])]);

const directoriesOf = ({ targets }: Report): string =>
  targets.length === 1
    ? displayText(targets[0]?.directoryId ?? 'a directory that was not read')
    : `${grouped(targets.length)} directories`;

/** What needs a person first. */
const FATES: readonly string[] = [
  'refused',
  'not approved',
  'failed',
  'uncertain',
  'not-visible',
  'skipped',
  'planned',
  'applied',
  'already',
];

function changeFigure(targets: Report['targets']): Html {
  const fates = targets.flatMap((target) => {
    const aside = putAside(target);
    return target.changes.map(({ outcome }) => aside ?? outcome.status);
  });
  const [only] = targets;
  const notes =
    fates.length === 0
      ? [targets.every(({ plan }) => plan === null) ? 'no plan was made' : countsOf(only, targets)]
      : [...groupBy(fates, (fate) => fate)]
          .sort(([a], [b]) => FATES.indexOf(a) - FATES.indexOf(b))
          .map(([fate, some]) => statusMark(fate, some.length));
  return figure('Changes', grouped(fates.length), notes);
}

const countsOf = (only: ReportTarget | undefined, targets: Report['targets']): string =>
  targets.length === 1 && only?.plan ? countsInWords(only.plan.counts) : 'none planned';

function callFigure(targets: Report['targets']): Html {
  const sum = (of: (calls: ReportTarget['calls']) => number): number =>
    targets.reduce((total, { calls }) => total + of(calls), 0);
  const parts = [
    counted(
      sum(({ retries }) => retries),
      'retry',
      'retries',
    ),
    counted(
      sum(({ conflicts }) => conflicts),
      'conflict',
    ),
    `${grouped(sum(({ throttled }) => throttled))} throttled`,
  ];
  return figure('Calls', grouped(sum(({ total }) => total)), [parts.join(', ')]);
}

function coverageFigure(targets: Report['targets']): Html[] {
  const known = targets.flatMap(({ coverage }) => (coverage === null ? [] : [coverage]));
  if (known.length === 0) return [];
  const accounts = known.reduce((total, one) => total + one.accounts, 0);
  const reached = known.reduce((total, one) => total + one.reached, 0);
  const note =
    accounts === reached ? 'every account has a contact' : statusMark('unreached', accounts - reached);
  return [figure('Accounts reached', `${grouped(reached)} of ${grouped(accounts)}`, [note])];
}

/** Gravest first, with a link to each; undefined where there is only one. */
export function targetTable(
  { targets }: Report,
  anchorOf: (target: ReportTarget) => string,
): Html | undefined {
  if (targets.length < 2) return undefined;
  return plainTable(
    'Directories, gravest first',
    ['Directory', 'Result', 'Exit', 'Meaning', 'Changes', 'Not reached'],
    gravestFirst(targets).map((target) => targetRow(target, anchorOf(target))),
    { class: 'targets' },
  );
}

/** The order of gravity that the run's own exit code follows. */
export const gravestFirst = (targets: Report['targets']): ReportTarget[] =>
  targets.toSorted(({ exitCode: a }, { exitCode: b }) => {
    if (a === b) return 0;
    return gravest([a, b]) === a ? -1 : 1;
  });

function targetRow(target: ReportTarget, anchor: string): Html {
  const { name, directoryId, result, exitCode, changes, coverage } = target;
  return h('tr', null, [
    h('th', { scope: 'row', class: 'name' }, [
      h('a', { href: `#${anchor}` }, h('bdi', null, displayText(name))),
      ' ',
      h('span', { class: 'id' }, directoryId === null ? 'not read' : displayText(directoryId)),
    ]),
    h('td', { class: 'status' }, statusMark(result)),
    h('td', { class: 'number' }, String(exitCode)),
    h('td', { class: 'text' }, exitMeaning(exitCode)),
    h('td', { class: 'number' }, grouped(changes.length)),
    h('td', { class: 'number' }, coverage === null ? 'not known' : grouped(coverage.unreached.length)),
  ]);
}
