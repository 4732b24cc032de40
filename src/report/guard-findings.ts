import { groupBy } from '../model/group-by.ts';
import type { ReportTarget } from './report-schema.ts';
import { grouped, listed } from './words.ts';

export interface GuardFinding {
  readonly rule: string;
  /** How many accounts, contacts, groups or members the rule speaks of. */
  readonly count: number;
  /** What was found, in one line, with the first few ids. */
  readonly found: string;
  /** Empty where the reason names none. */
  readonly remedy: string;
}

type Reason = NonNullable<ReportTarget['plan']>['guard']['reasons'][number];

/** The guard's reasons by rule and remedy: a rule that speaks of sixty accounts is told once. */
export function guardFindings({ plan }: Pick<ReportTarget, 'plan'>): readonly GuardFinding[] {
  const reasons = plan?.guard.verdict === 'refused' ? plan.guard.reasons : [];
  const groups = groupBy(reasons, ({ rule, message }) => JSON.stringify([rule, split(message).remedy]));
  return [...groups.values()].flatMap(toFinding);
}

function toFinding(reasons: readonly Reason[]): GuardFinding[] {
  const [first] = reasons;
  if (first === undefined) return [];
  const { found, remedy } = split(first.message);
  const count = reasons.length;
  return [{ rule: first.rule, count, found: count === 1 ? found : together(first.rule, reasons), remedy }];
}

/** A reason says what was found, a semicolon, and what to do. */
function split(message: string): { found: string; remedy: string } {
  const at = message.indexOf('; ');
  return at === -1
    ? { found: message, remedy: '' }
    : { found: message.slice(0, at), remedy: message.slice(at + 2) };
}

function together(rule: string, reasons: readonly Reason[]): string {
  const count = grouped(reasons.length);
  const ids = listed(reasons.map(({ subject, message }) => subject ?? split(message).found));
  switch (rule) {
    case 'last-contact':
      return `${count} accounts would lose their last contact for ${lostTypes(reasons)}: ${ids}`;
    case 'emptied':
      return `${count} contacts or aggregators would lose all that they have: ${ids}`;
    case 'protected':
      return `${count} protected members would be removed: ${ids}`;
    default:
      return `${count} times: ${ids}`;
  }
}

/** The reasons name the message types of each account in their text only. */
function lostTypes(reasons: readonly Reason[]): string {
  const types = reasons.flatMap(
    ({ message }) => / last contact for ([\w, ]+)/.exec(message)?.[1]?.split(', ') ?? [],
  );
  return types.length === 0 ? 'a message type' : [...new Set(types)].join(', ');
}
