import { groupBy } from '../model/group-by.ts';
import { asciiText } from './ascii-text.ts';
import type { CoveredAccount } from './coverage-json.ts';
import { coverageRows } from './coverage-rows.ts';
import type { ExplainedEntry, ExplainedItem, Explanation } from './explanation.ts';
import { createPaint, type Paint } from './paint.ts';
import { displayText } from './scrub.ts';
import { memberInWords, personInWords } from './words.ts';
import { wrapList } from './wrap-list.ts';

export interface ExplainOptions {
  readonly color: boolean;
  readonly width: number;
  /** For a terminal that shows no other letters. */
  readonly ascii?: boolean;
}

/** What the plan does about the subject, with the reason and the lines. Ends with a line break. */
export function renderExplanation(explanation: Explanation, { color, width, ascii }: ExplainOptions): string {
  const paint = createPaint(color);
  const groups = groupBy(explanation.items, ({ owner }) => owner.id);
  const sections = [
    heading(explanation, paint),
    ...[...groups.values()].map((items) => ownerSection(items, explanation, paint)),
    protectedSection(explanation.protectedBy),
    coverageSection(explanation, width, paint),
    notes(explanation, paint),
  ];
  const written = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  const shown = `${written.join('\n\n')}\n`;
  return ascii === true ? asciiText(shown) : shown;
}

const KINDS = {
  account: 'account',
  folder: 'folder',
  directory: 'the whole directory',
  contact: 'contact',
  aggregator: 'account group',
} as const;

function heading({ subject, planned, items }: Explanation, paint: Paint): string[] {
  const name = subject.name === null ? '' : ` ${displayText(subject.name)}`;
  const title = `${KINDS[subject.kind]}${name} (${displayText(subject.id)})`;
  const facts = [
    subject.path === undefined || subject.kind === 'directory' ? '' : displayText(subject.path),
    subject.status === undefined ? '' : displayText(subject.status),
    subject.messageTypes === undefined ? '' : displayText(subject.messageTypes.join(', ')),
    personInWords(subject),
    subject.gone === true ? 'no longer in the directory' : '',
  ].filter((fact) => fact !== '');
  return [
    paint.heading(title),
    ...(facts.length === 0 ? [] : [`  ${facts.join('; ')}`]),
    `  ${verdict(planned, items)}`,
  ];
}

function verdict(planned: boolean, items: readonly ExplainedItem[]): string {
  if (items.length === 0)
    return planned ? 'nothing is bound to it, and no line speaks of it' : 'nothing is bound to it';
  if (!planned) return 'as it is now; name a manifest to see what a plan would do, and why';
  const changes = items.filter(({ action }) => action !== null).length;
  if (changes === 0) return 'the plan changes nothing here';
  return `the plan makes ${changes} ${changes === 1 ? 'change' : 'changes'} here`;
}

function ownerSection(items: readonly ExplainedItem[], explanation: Explanation, paint: Paint): string[] {
  const [first] = items;
  if (first === undefined) return [];
  const { kind, owner } = first;
  const name = owner.name === null ? '' : ` ${displayText(owner.name)}`;
  const title = `${KINDS[kind]}${name} (${displayText(owner.id)})`;
  const named = owner.source === null ? '' : `  named at ${placeText(owner.source)}`;
  const silent = kind === 'contact' && owner.status !== 'Active';
  const status = silent ? `  ${displayText(owner.status)}: reaches nobody` : '';
  // Of a contact or group itself, the heading has said which one it is.
  const own = owner.id === explanation.subject.id;
  const person = own || personInWords(owner) === '' ? '' : `  ${personInWords(owner)}`;
  return [
    `${paint.heading(own ? HOLDINGS[kind] : title)}${person}${status}${paint.faint(named)}`,
    ...items.flatMap((item) => itemLines(item, explanation, paint)),
  ];
}

const HOLDINGS = { contact: 'what it is bound to', aggregator: 'its members' } as const;

const VERBS: Readonly<Record<NonNullable<ExplainedItem['action']>, string>> = {
  bind: '+ bind  ',
  unbind: '- unbind',
  'add-account': '+ add   ',
  'remove-account': '- remove',
};

function itemLines(item: ExplainedItem, { subject }: Explanation, paint: Paint): string[] {
  const { action, now, member, because, entries } = item;
  const verb = action === null ? (now ? '= stays ' : '  none  ') : VERBS[action];
  const brush = action === null ? paint.faint : verb.startsWith('+') ? paint.good : paint.bad;
  const what = member.id === subject.id ? `this ${member.type}` : memberText(member);
  return [
    `  ${brush(verb)}  ${what}${because === '' ? '' : `: ${because}`}`,
    ...entries.map((entry) => `              ${entryText(entry)}`),
  ];
}

function memberText(member: ExplainedItem['member']): string {
  const words = memberInWords(member);
  if (member.type === 'directory') return words;
  return `${displayText(member.id)}${words === '' ? '' : ` ${words}`}`;
}

/** `manifest.yaml:14:9  except account:sandbox-7` */
function entryText({ ensure, selector, source }: ExplainedEntry): string {
  return `${placeText(source)}  ${ensure === 'present' ? '' : `${ensure} `}${displayText(selector)}`;
}

const placeText = ({ file, line, column }: ExplainedEntry['source']): string =>
  `${displayText(file)}:${line}:${column}`;

const protectedSection = (entries: readonly ExplainedEntry[]): string[] =>
  entries.length === 0
    ? []
    : ['protected: never unbound, never removed', ...entries.map((one) => `  ${entryText(one)}`)];

function coverageSection({ coverage, directoryId }: Explanation, width: number, paint: Paint): string[] {
  if (coverage === null) return [];
  const { before, after } = coverage;
  if (after === null) return ['reached now', ...reachLines(before, width, paint)];
  const view = (account: CoveredAccount) => ({ directoryId, accounts: [account], unreached: [] });
  const [row] = coverageRows(view(before), view(after));
  const isSame = row?.ways.every(({ turn }) => turn === 'kept') ?? true;
  if (isSame) return ['reached now, and after the plan alike', ...reachLines(before, width, paint)];
  return [
    'reached now',
    ...reachLines(before, width, paint),
    'reached after the plan',
    ...reachLines(after, width, paint),
  ];
}

function reachLines({ contacts, missing }: CoveredAccount, width: number, paint: Paint): string[] {
  if (contacts.length === 0) return [paint.bad('  by no contact')];
  return [
    ...contacts.flatMap(({ name, id, messageTypes, via }) => {
      const ways = via.map(({ type, id: target }) => (type === 'account' ? 'directly' : displayText(target)));
      return wrapList(
        messageTypes.map(displayText),
        width,
        6,
        `  ${displayText(name || id)} (${ways.join(', ')}): `,
      );
    }),
    ...(missing.length === 0 ? [] : wrapList([...missing], width, 6, '  by nobody: ')),
  ];
}

function notes({ guard, aggregatorsUnread }: Explanation, paint: Paint): string[] {
  return [
    ...guard.map(({ rule, message }) =>
      paint.bad(`the guard refuses the plan: ${displayText(rule)}: ${displayText(message)}`),
    ),
    ...(aggregatorsUnread === null
      ? []
      : [`account groups that the manifest does not name were not read (${displayText(aggregatorsUnread)})`]),
  ];
}
