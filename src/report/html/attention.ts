import { h } from 'preact';
import { type Cause, groupByCause } from '../causes.ts';
import { guardFindings } from '../guard-findings.ts';
import { remedyForProblem } from '../remedy.ts';
import type { Report, ReportProblem, ReportTarget } from '../report-schema.ts';
import { displayText } from '../scrub.ts';
import { counted, grouped, listed } from '../words.ts';
import type { Html } from './plain-table.ts';
import { statusMark } from './status-mark.ts';

/** One thing that a person should look at. Texts are as they are to be shown. */
interface AttentionItem {
  /** `error`, `guard`, `unreached`, `residual`, `warning`, or the outcome of a change. */
  readonly kind: string;
  readonly found: string;
  /** Empty where what was found says it. */
  readonly remedy: string;
  /** The target; empty where there is only one. */
  readonly where: string;
}

const GRAVITY = ['error', 'guard', 'failed', 'uncertain', 'not-visible', 'residual', 'unreached', 'skipped'];
/** Over all directories; the rest is found with each of them. */
const MOST_ITEMS = 60;
/** A manifest with a thousand faults has its list in the section of its target. */
const MOST_OF_A_KIND = 10;

/** What needs a person, gravest first. */
export function attentionItems({ targets }: Report): readonly AttentionItem[] {
  const items = targets.flatMap((target) => itemsOf(target, targets.length > 1 ? target.name : ''));
  const rank = (kind: string): number => (GRAVITY.includes(kind) ? GRAVITY.indexOf(kind) : GRAVITY.length);
  return items.sort((a, b) => rank(a.kind) - rank(b.kind));
}

/** @param whenNone  what to say where nothing needs a person */
export function attentionList(items: readonly AttentionItem[], whenNone: string): Html {
  if (items.length === 0) return h('p', { class: 'calm' }, whenNone);
  const left = items.length - MOST_ITEMS;
  const list = h(
    'ul',
    { class: 'attention' },
    items
      .slice(0, MOST_ITEMS)
      .map(({ kind, found, remedy, where }) =>
        h('li', null, [
          statusMark(kind),
          h('div', null, [
            h('p', { class: 'found' }, [where === '' ? '' : h('strong', null, `${where}: `), found]),
            remedy === '' ? undefined : h('p', { class: 'remedy' }, [h('b', null, 'What to do: '), remedy]),
          ]),
        ]),
      ),
  );
  return left > 0
    ? [list, h('p', null, `${counted(left, 'more thing', 'more things')} with the directories below.`)]
    : list;
}

function itemsOf(target: ReportTarget, name: string): AttentionItem[] {
  const where = displayText(name);
  const item = (kind: string, found: string, remedy = ''): AttentionItem => ({ kind, found, remedy, where });
  const residual = target.verification.residual.length;
  const unreached = target.coverage?.unreached ?? [];
  return [
    ...firstOf(target.problems.map((one) => item(one.severity, problemText(one), remedyForProblem(one)))),
    ...guardFindings(target).map(({ rule, found, remedy }) =>
      item('guard', displayText(`${rule}: ${found}`), displayText(remedy)),
    ),
    ...groupByCause([target])
      .filter(({ status }) => status !== 'already')
      .map((one) => item(one.status, causeText(one), one.remedy)),
    ...(residual > 0
      ? [item('residual', `${counted(residual, 'change')} still needed, as last read`, 'run again')]
      : []),
    ...(unreached.length > 0
      ? [
          item(
            'unreached',
            `${counted(unreached.length, 'account is', 'accounts are')} reached by no contact: ${listed(unreached.map(displayText))}`,
            'bind a contact to them, to a folder above them, or to the directory',
          ),
        ]
      : []),
  ];
}

function firstOf(items: readonly AttentionItem[]): AttentionItem[] {
  const few = items.slice(0, MOST_OF_A_KIND);
  const [next] = items.slice(MOST_OF_A_KIND);
  if (next === undefined) return few;
  const found = `${grouped(items.length - few.length)} more problems, listed with the details of the run`;
  return [...few, { ...next, found, remedy: '' }];
}

export function problemText({ file, line, column, message }: ReportProblem): string {
  const place = file === null ? '' : `${displayText(file)}:${line}:${column}  `;
  return `${place}${displayText(message)}`;
}

function causeText({ cause, message, count }: Cause): string {
  const said = message === '' ? '' : `: ${displayText(message)}`;
  return `${counted(count, 'change')}: ${displayText(cause)}${said}`;
}
