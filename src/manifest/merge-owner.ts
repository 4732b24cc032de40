import type { AggregatorId, ContactId } from '../model/ids.ts';
import type { WrittenMember, WrittenOwner, WrittenSelector } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import { error, placeText, warning } from './finding.ts';
import { selectorText } from './selector-text.ts';
import { show } from './show.ts';

/**
 * One owner out of all places that name it. A member written twice the same way stands once, with a warning;
 * one that is written as present and as absent is an error.
 */
export function mergeOwner<Id extends ContactId | AggregatorId>(
  owners: readonly [WrittenOwner<Id>, ...WrittenOwner<Id>[]],
  findings: Problem[],
): WrittenOwner<Id> {
  const members = new Map<string, WrittenMember>();
  for (const owner of owners) {
    for (const member of owner.members) mergeMember(members, member, findings);
  }
  return {
    ...owners[0],
    statesMembers: owners.some(({ statesMembers }) => statesMembers),
    allowEmpty: owners.some(({ allowEmpty }) => allowEmpty),
    members: sameOrMerged(owners, members),
    except: mergeSelectors(
      owners.flatMap(({ except }) => except),
      findings,
    ),
  };
}

/** What needed no merging is not held twice: it may be a million entries. */
function sameOrMerged(
  [first, ...others]: readonly WrittenOwner<ContactId | AggregatorId>[],
  merged: ReadonlyMap<string, WrittenMember>,
): readonly WrittenMember[] {
  const isSame = first !== undefined && others.length === 0 && first.members.length === merged.size;
  return isSame ? first.members : [...merged.values()];
}

/** Selectors without the ones that stand there already. */
export function mergeSelectors(
  written: readonly WrittenSelector[],
  findings: Problem[],
): readonly WrittenSelector[] {
  const merged = new Map<string, WrittenSelector>();
  for (const entry of written) {
    const key = selectorText(entry.selector);
    const first = merged.get(key);
    if (first === undefined) merged.set(key, entry);
    else findings.push(twice(key, entry, first));
  }
  return [...merged.values()];
}

function mergeMember(members: Map<string, WrittenMember>, member: WrittenMember, findings: Problem[]): void {
  const key = selectorText(member.selector);
  const first = members.get(key);
  if (first === undefined) members.set(key, member);
  else if (first.ensure !== member.ensure) findings.push(contradiction(key, member, first));
  else if (namesDiffer(first, member)) findings.push(twoNames(key, member, first));
  else {
    findings.push(twice(key, member, first));
    if (first.accountName === undefined) members.set(key, { ...first, accountName: member.accountName });
  }
}

const namesDiffer = (a: WrittenMember, b: WrittenMember): boolean =>
  a.accountName !== undefined && b.accountName !== undefined && a.accountName !== b.accountName;

const twice = (key: string, entry: WrittenSelector, first: WrittenSelector): Problem =>
  warning(
    'entry-twice',
    entry.source,
    `${show(key)} stands here again, first at ${placeText(first.source)}; it is counted once`,
  );

const contradiction = (key: string, entry: WrittenMember, first: WrittenMember): Problem =>
  error(
    'present-and-absent',
    entry.source,
    `${show(key)} is written as ${entry.ensure} here and as ${first.ensure} at ${placeText(first.source)}; keep one of them`,
  );

const twoNames = (key: string, entry: WrittenMember, first: WrittenMember): Problem =>
  error(
    'account-name-differs',
    entry.source,
    `${show(key)} is named ${show(entry.accountName ?? '')} here and ${show(first.accountName ?? '')} at ${placeText(first.source)}; keep one name`,
  );
