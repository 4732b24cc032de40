import { h } from 'preact';
import { remedyForProblem } from '../remedy.ts';
import type { Report, ReportTarget } from '../report-schema.ts';
import { displayText } from '../scrub.ts';
import { countsInWords, duration, grouped, writesInWords } from '../words.ts';
import { problemText } from './attention.ts';
import { timeInWords } from './overview.ts';
import { type Html, plainTable } from './plain-table.ts';
import { statusMark } from './status-mark.ts';

const MOST_PROBLEMS = 1000;

/** Which run this was. */
export const runFacts = ({ run, tool }: Report): Html =>
  factList([
    ['Run', displayText(run.id), 'id'],
    ['Mode', run.mode],
    ['Started', timeInWords(run.startedAt)],
    ['Finished', `${timeInWords(run.finishedAt)}, after ${duration(run.elapsedMs)}`],
    ['Written by', displayText(`${tool.name} ${tool.version}`)],
  ]);

/** What was asked of one directory, and what was planned for it. */
export function targetFacts(target: ReportTarget): Html {
  const { directoryId, managementAccountId, manifest, plan, verification } = target;
  const files = manifest.files.map(({ path, sha256 }) => `${path} (SHA-256 ${sha256})`).join(', ');
  return factList([
    ['Directory', displayText(directoryId ?? 'not read'), 'id'],
    ['Management account', displayText(managementAccountId ?? 'not read'), 'id'],
    ['Manifest', files === '' ? 'not read' : displayText(files), 'id'],
    ['Entries', grouped(manifest.entries)],
    ['Plan', plan === null ? 'none was made' : countsInWords(plan.counts)],
    ...(plan === null ? [] : ([['Writes planned', writesInWords(plan) || 'none']] as const)),
    ...(plan === null ? [] : ([['Digest', displayText(plan.digest), 'id']] as const)),
    ['Read back', READ_BACK[verification.status]],
  ]);
}

const READ_BACK: Readonly<Record<ReportTarget['verification']['status'], string>> = {
  'in-sync': 'all is as planned',
  residual: 'some changes are still needed',
  'not-run': 'not done',
};

type Fact = readonly [label: string, text: string, kind?: 'id'];

const factList = (facts: readonly Fact[]): Html =>
  h(
    'dl',
    { class: 'facts' },
    facts.map(([label, text, kind]) =>
      h('div', null, [h('dt', null, label), h('dd', kind === undefined ? null : { class: kind }, text)]),
    ),
  );

/** Every problem with its place; undefined where there is none. */
export function problemTable({ problems }: ReportTarget): Html {
  if (problems.length === 0) return undefined;
  const shown = problems.slice(0, MOST_PROBLEMS);
  const rows = shown.map((problem) =>
    h('tr', null, [
      h('td', { class: 'status' }, statusMark(problem.severity)),
      h('td', { class: 'text' }, problemText(problem)),
      h('td', { class: 'text' }, remedyForProblem(problem) ?? 'as it says'),
    ]),
  );
  const left = problems.length - shown.length;
  return [
    plainTable('Problems', ['Severity', 'What was found', 'What to do'], rows),
    left > 0 ? h('p', null, `${grouped(left)} more stand in report.json.`) : undefined,
  ];
}
