import { isRemoval } from './owner-groups.ts';
import type { ReportChange, ReportOutcome, ReportProblem, ReportTarget } from './report-schema.ts';
import { roughRange } from './rough-duration.ts';
import { displayText } from './scrub.ts';

const MOST_LISTED = 3;

type PlanOfReport = NonNullable<ReportTarget['plan']>;

/** `1 call`, `2 calls`, `1,000 calls`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;

/** Thousands set apart by commas, in every locale alike. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** `850 ms`, `12.4 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** How a contact is reached, where somebody asked to see it; else empty. */
export const personInWords = ({
  emailAddress = '',
  phoneNumber = '',
}: Pick<ReportChange['owner'], 'emailAddress' | 'phoneNumber'>): string =>
  [emailAddress, phoneNumber]
    .filter((text) => text !== '')
    .map(displayText)
    .join(', ');

export function countsInWords(counts: PlanOfReport['counts']): string {
  const changes = [
    counts.bind > 0 ? `${grouped(counts.bind)} to bind` : '',
    counts.unbind > 0 ? `${grouped(counts.unbind)} to unbind` : '',
    counts.addAccount > 0 ? `${counted(counts.addAccount, 'account')} to add` : '',
    counts.removeAccount > 0 ? `${counted(counts.removeAccount, 'account')} to remove` : '',
  ].filter((words) => words !== '');
  const changed = changes.length === 0 ? 'no changes' : changes.join(', ');
  return `${changed}; ${grouped(counts.unchanged)} unchanged, ${grouped(counts.unmanaged)} unmanaged`;
}

/** `6 AssociateMembers, 3 UpdateAggregator; about 4 s to 20 s`: the writes that a plan takes; empty where it takes none. */
export const writesInWords = (plan: PlanOfReport): string =>
  [callsInWords(plan.calls), estimateInWords(plan)].filter((words) => words !== '').join('; ');

function callsInWords(calls: PlanOfReport['calls']): string {
  const writes = [
    [calls.associate, 'AssociateMembers'],
    [calls.disassociate, 'DisassociateMembers'],
    [calls.update, 'UpdateAggregator'],
  ] as const;
  return writes.flatMap(([count, action]) => (count > 0 ? [`${grouped(count)} ${action}`] : [])).join(', ');
}

/** Empty where nobody knows, or there are none. */
function estimateInWords({ estimate }: PlanOfReport): string {
  if (estimate === null || estimate.writes === 0) return '';
  return `about ${roughRange(estimate.leastMs, estimate.mostMs)}`;
}

/** Why a change came to what it did: `InvalidMember: The member is invalid.`; empty if that needs no words. */
export function reasonInWords(outcome: ReportOutcome): string {
  switch (outcome.status) {
    case 'planned':
    case 'applied':
      return '';
    case 'already':
    case 'skipped':
      return displayText(outcome.because);
    case 'not-visible':
      return displayText(outcome.message);
    case 'failed':
    case 'uncertain':
      return displayText(`${outcome.code}: ${outcome.message}`);
  }
}

/** ` (request 7F2C)`; empty where no answer had an id. */
export const requestInWords = (outcome: ReportOutcome): string =>
  'requestId' in outcome && outcome.requestId !== undefined
    ? ` (request ${displayText(outcome.requestId)})`
    : '';

/** As many as a line takes: `a, b, c and 4 more`. */
export function listed(items: readonly string[]): string {
  if (items.length <= MOST_LISTED) return items.join(', ');
  return `${items.slice(0, MOST_LISTED).join(', ')} and ${grouped(items.length - MOST_LISTED)} more`;
}

/** `file:line:column  message`, with the word `warning` or `error` before the message. */
export function problemInWords({ file, line, column, severity, message }: ReportProblem): string {
  const place = file === null ? '' : `${displayText(file)}:${line}:${column}  `;
  return `${place}${severity}: ${displayText(message)}`;
}

/** `/Production/Payments/pay-prod`, or the name alone where folder names were not read; empty where neither is known. */
export function memberInWords({ type, path, name }: ReportChange['member']): string {
  if (type === 'directory') return 'the whole directory';
  return displayText(path ?? name ?? '');
}

/** `manifest.yaml:7`; a removal that no line asks for follows from what is not written. */
export function sourceInWords(change: Pick<ReportChange, 'source' | 'action'>): string {
  if (change.source !== null) return `${displayText(change.source.file)}:${change.source.line}`;
  return isRemoval(change) ? 'no line asks for it' : '';
}
