import type { Contact } from '../model/actual-state.ts';
import type { DesiredBinding, DesiredContact } from '../model/desired-state.ts';
import type { ContactId } from '../model/ids.ts';
import type { WrittenOwner } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import type { TargetId } from '../model/target.ts';
import { capAdvice } from './cap-advice.ts';
import type { DirectoryView } from './directory-view.ts';
import { error } from './finding.ts';
import { type HeldAfter, heldAfter } from './held-after.ts';
import { type ResolvedMember, type ResolvedMembers, resolveMembers } from './resolve-members.ts';
import type { ResolveSettings } from './resolve-settings.ts';
import { show } from './show.ts';

/** What a contact is to be bound to, and whether the service would let it. */
export function resolveContact(
  owner: WrittenOwner<ContactId>,
  contact: Contact,
  view: DirectoryView,
  settings: ResolveSettings,
  findings: Problem[],
): DesiredContact {
  const members = resolveMembers(owner, view, new Set(contact.bindings.keys()), findings);
  const change = changeOf(owner, contact, members, view, settings);
  findings.push(
    ...managementAccount(members, view),
    ...tooManyTargets(owner, contact, change, view, settings),
    ...notActive(owner, contact, members, change),
  );
  return {
    id: contact.id,
    statesMembers: owner.statesMembers,
    allowEmpty: owner.allowEmpty,
    present: bindings(members.present),
    absent: bindings(members.absent),
  };
}

const bindings = (members: ReadonlyMap<TargetId, ResolvedMember>): ReadonlyMap<TargetId, DesiredBinding> =>
  new Map([...members].map(([id, { target, member }]) => [id, { target, source: member.source }]));

/** What is bound and gone from the directory stays, unless it is written as absent. */
function changeOf(
  { statesMembers }: WrittenOwner<ContactId>,
  { bindings: bound }: Contact,
  { present, absent }: ResolvedMembers,
  view: DirectoryView,
  { ownership }: ResolveSettings,
): HeldAfter {
  const isGone = (id: TargetId): boolean => {
    const target = bound.get(id)?.target;
    return target !== undefined && view.isGone(target);
  };
  return heldAfter(
    bound.keys(),
    { present: new Set(present.keys()), absent: new Set(absent.keys()) },
    { replaces: statesMembers && ownership !== 'add-only', stays: isGone },
  );
}

function managementAccount({ present }: ResolvedMembers, { directory }: DirectoryView): readonly Problem[] {
  const entry = present.get(directory.managementAccountId);
  if (entry === undefined) return [];
  const { source } = entry.member;
  return [
    error(
      'contact-management-account',
      source,
      `${show(entry.target.id)} is the management account, which cannot be bound to a contact; remove the line`,
    ),
  ];
}

/** More than the cap is refused only where something is to be added: a raised quota shows in what is bound already. */
function tooManyTargets(
  { source }: WrittenOwner<ContactId>,
  { id, name }: Contact,
  { after, added }: HeldAfter,
  view: DirectoryView,
  { limits }: ResolveSettings,
): readonly Problem[] {
  if (added.length === 0 || after.size <= limits.targetsPerContact) return [];
  return [
    error(
      'targets-too-many',
      source,
      `contact ${id} (${show(name)}) would be bound to ${after.size} targets, at most ${limits.targetsPerContact} are possible; ${capAdvice(after, limits.targetsPerContact, view) ?? 'bind folders or the directory in their place'}, or raise --targets-per-contact if the quota was raised`,
    ),
  ];
}

/** The service changes the bindings of Active contacts only (error ContactStatusMismatchAction). */
function notActive(
  { source }: WrittenOwner<ContactId>,
  { id, name, status }: Contact,
  { present, absent }: ResolvedMembers,
  { added, removed }: HeldAfter,
): readonly Problem[] {
  if (status === 'Active') return [];
  const message = `contact ${id} (${show(name)}) is ${show(status)}, expected "Active"; its e-mail address has to be verified before bindings can change`;
  const sources = [
    ...added.flatMap((target) => present.get(target)?.member.source ?? []),
    ...removed.map((target) => absent.get(target)?.member.source ?? source),
  ];
  return [...new Set(sources)].map((place) => error('contact-not-active', place, message));
}
