import type { ActualState, Aggregator } from '../../model/actual-state.ts';
import { compareText } from '../../model/compare.ts';
import type { AccountId, ContactId } from '../../model/ids.ts';
import type { Source } from '../../model/manifest.ts';
import type { Change } from '../../model/plan.ts';
import type { Target, TargetId } from '../../model/target.ts';
import { Territory } from '../../model/territory.ts';
import { contactsAfter } from '../../plan/contacts-after.ts';
import { coverageView } from '../../report/coverage-json.ts';
import type {
  ExplainedEntry,
  ExplainedItem,
  ExplainedSubject,
  Explanation,
} from '../../report/explanation.ts';
import { aggregatorOwner, contactOwner, targetMember } from '../../report/member-names.ts';
import { maskPersonalData } from '../../report/personal-data.ts';
import type { Foreseen, Outlook } from '../outlook.ts';
import { isGone } from './find-subject.ts';
import { reasonFor } from './reason.ts';
import { sourceOf, type WrittenEntry, writtenEntries } from './written-entries.ts';

/** One contact or group, with all that it holds or is written to hold. */
interface Owner {
  readonly kind: 'contact' | 'aggregator';
  readonly id: string;
  /** Of a contact its status, of a group its type. */
  readonly status: string;
  readonly held: ReadonlyMap<TargetId, Target>;
}

/**
 * Why a subject is in a plan, or is not, and from which lines.
 * @param outlook  with every account group that is to be spoken of
 * @param aggregatorsUnread  the code with which reading the groups was refused
 */
export function explain(
  subject: ExplainedSubject,
  outlook: Outlook,
  aggregatorsUnread: string | null,
): Explanation {
  const { actual, foreseen } = outlook;
  const entries = foreseen === undefined ? [] : writtenEntries(foreseen.manifest, actual);
  const concerns = concern(subject, actual);
  const items = ownersOf(actual).flatMap((owner) => {
    const own = entries.filter(({ ownerId }) => ownerId === owner.id);
    return [...targetsOf(owner, own).values()]
      .filter((target) => concerns(owner, target))
      .map((target) => itemOf(owner, target, own, outlook));
  });
  return {
    directoryId: actual.directory.id,
    subject,
    planned: foreseen !== undefined,
    items: items.sort(byOwnerAndMember),
    coverage: coverageOf(subject, outlook),
    protectedBy: entries
      .filter(({ ensure, targets }) => ensure === 'protected' && targets.has(subject.id as TargetId))
      .map(toEntry),
    guard: (foreseen?.plan.guard.reasons ?? [])
      .filter((reason) => reason.subject === subject.id)
      .map(({ rule, message }) => ({ rule, message: maskPersonalData(message) })),
    aggregatorsUnread,
  };
}

/** Whether a binding or membership has to do with the subject. An account is concerned by the folders above it, too. */
function concern(subject: ExplainedSubject, actual: ActualState): (owner: Owner, target: Target) => boolean {
  const { kind, id } = subject;
  if (kind === 'contact' || kind === 'aggregator') return (owner) => owner.id === id;
  if (kind === 'directory') return (_, target) => target.id === id;
  const above = new Set<string>(
    kind === 'account' ? foldersOverAccount(id, actual) : foldersOverFolder(id, actual),
  );
  return (_, target) =>
    target.id === id ||
    (target.type === 'folder' && above.has(target.id)) ||
    (target.type === 'directory' && isCovered(subject, actual));
}

/** Bindings do not cover the management account, nor what left the directory. */
const isCovered = ({ id, gone }: ExplainedSubject, { directory }: ActualState): boolean =>
  gone !== true && id !== directory.managementAccountId;

const foldersOverAccount = (id: string, { accounts }: ActualState): readonly string[] =>
  accounts?.get(id as AccountId)?.folderPath ?? [];

function foldersOverFolder(id: string, { folders }: ActualState): string[] {
  const parents = new Map<string, string>(
    [...(folders?.values() ?? [])].map((one) => [one.id, one.parentId]),
  );
  const above: string[] = [];
  for (
    let parent = parents.get(id);
    parent !== undefined && !above.includes(parent);
    parent = parents.get(parent)
  )
    above.push(parent);
  return above;
}

function ownersOf({ contacts, aggregators }: ActualState): Owner[] {
  return [
    ...[...(contacts?.values() ?? [])].map(({ id, status, bindings }): Owner => {
      const held = new Map([...bindings].map(([key, { target }]) => [key, target]));
      return { kind: 'contact', id, status, held };
    }),
    ...[...aggregators.values()].map((group) => groupOwner(group)),
  ];
}

function groupOwner({ id, type, accounts }: Aggregator): Owner {
  const held = [...accounts.keys()].map((accountId): [TargetId, Target] => [
    accountId,
    { type: 'account', id: accountId },
  ]);
  return { kind: 'aggregator', id, status: type, held: new Map(held) };
}

function targetsOf({ held }: Owner, own: readonly WrittenEntry[]): ReadonlyMap<TargetId, Target> {
  return new Map([...held, ...own.flatMap(({ targets }) => [...targets])]);
}

function itemOf(owner: Owner, target: Target, own: readonly WrittenEntry[], outlook: Outlook): ExplainedItem {
  const { actual, foreseen } = outlook;
  const entries = own.filter(({ targets }) => targets.has(target.id));
  const now = owner.held.has(target.id);
  const action = foreseen === undefined ? null : actionOn(owner, target, foreseen.plan.changes);
  const removed = action === 'unbind' || action === 'remove-account';
  return {
    kind: owner.kind,
    owner: explainedOwner(owner, outlook),
    member: targetMember(target, actual),
    now,
    after: foreseen === undefined ? null : !removed && (now || action !== null),
    action,
    because: foreseen === undefined ? '' : because(owner, target, { now, action, entries }, actual, foreseen),
    entries: entries.map(toEntry),
  };
}

function explainedOwner({ kind, id, status }: Owner, { actual, foreseen }: Outlook): ExplainedItem['owner'] {
  const named = foreseen === undefined ? undefined : sourceOf(id, foreseen.manifest, actual);
  const owner =
    kind === 'contact'
      ? contactOwner(id as ContactId, actual)
      : aggregatorOwner(id as Aggregator['id'], actual);
  return { ...owner, status, source: named === undefined ? null : toSource(named) };
}

function because(
  { kind, id, status }: Owner,
  target: Target,
  found: { now: boolean; action: Change['action'] | null; entries: readonly WrittenEntry[] },
  actual: ActualState,
  { desired }: Foreseen,
): string {
  const wanted =
    kind === 'contact'
      ? desired.contacts.get(id as ContactId)
      : desired.aggregators.get(id as Aggregator['id']);
  return reasonFor({
    kind,
    type: kind === 'aggregator' ? status : undefined,
    now: found.now,
    action: found.action,
    written: new Set(found.entries.map(({ ensure }) => ensure)),
    ownership: desired.ownership,
    named: wanted !== undefined,
    statesMembers: wanted?.statesMembers ?? false,
    gone: isGone(target, actual),
    isManagement: target.id === actual.directory.managementAccountId,
  });
}

function actionOn({ id }: Owner, target: Target, changes: readonly Change[]): Change['action'] | null {
  const found = changes.find((change) =>
    change.kind === 'contact'
      ? change.contactId === id && change.target.id === target.id
      : change.aggregatorId === id && change.accountId === target.id,
  );
  return found?.action ?? null;
}

function coverageOf({ kind, id }: ExplainedSubject, { actual, foreseen }: Outlook): Explanation['coverage'] {
  const account = kind === 'account' ? actual.accounts?.get(id as AccountId) : undefined;
  if (account === undefined || !new Territory([account]).has(account.id)) return null;
  const alone = { ...actual, accounts: new Map([[account.id, account]]) };
  const [before] = coverageView(alone, contactsAfter(actual, [])).accounts;
  const [after] =
    foreseen === undefined ? [] : coverageView(alone, contactsAfter(actual, foreseen.plan.changes)).accounts;
  return before === undefined ? null : { before, after: after ?? null };
}

const toEntry = ({ ensure, selector, source }: WrittenEntry): ExplainedEntry => ({
  ensure,
  selector: maskPersonalData(selector),
  source: toSource(source),
});

const toSource = ({ file, line, column }: Source): Source => ({ file, line, column });

const byOwnerAndMember = (a: ExplainedItem, b: ExplainedItem): number =>
  Number(a.kind === 'aggregator') - Number(b.kind === 'aggregator') ||
  compareText(a.owner.name ?? '', b.owner.name ?? '') ||
  compareText(a.owner.id, b.owner.id) ||
  Number(a.action === null) - Number(b.action === null) ||
  compareText(a.member.path ?? a.member.id, b.member.path ?? b.member.id) ||
  compareText(a.member.id, b.member.id);
