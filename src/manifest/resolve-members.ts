import type { AggregatorId, ContactId } from '../model/ids.ts';
import type { Ensure, WrittenMember, WrittenOwner, WrittenSelector } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import type { Target, TargetId } from '../model/target.ts';
import type { DirectoryView } from './directory-view.ts';
import { error, placeText, take, warning } from './finding.ts';
import { exists, missingFault } from './resolve-existence.ts';
import { isPattern, resolveSelector } from './resolve-selector.ts';
import { selectorText } from './selector-text.ts';
import { show } from './show.ts';

export interface ResolvedMember {
  readonly target: Target;
  readonly member: WrittenMember;
}

export type ResolvedMembers = Readonly<Record<Ensure, ReadonlyMap<TargetId, ResolvedMember>>>;

/**
 * The targets of one owner. What is written outright keeps its own line where a pattern matches it too.
 * @param held  what the owner has now: a target that is gone from the directory may still be taken off it
 */
export function resolveMembers(
  owner: WrittenOwner<ContactId | AggregatorId>,
  view: DirectoryView,
  held: ReadonlySet<TargetId>,
  findings: Problem[],
): ResolvedMembers {
  const excepted = resolveExcept(owner, view, findings);
  const resolved = {
    present: new Map<TargetId, ResolvedMember>(),
    absent: new Map<TargetId, ResolvedMember>(),
  };
  for (const member of owner.members) {
    for (const target of targetsOf(member, owner, { view, held, excepted, findings })) {
      place(resolved, { target, member }, findings);
    }
  }
  return resolved;
}

interface Surroundings {
  readonly view: DirectoryView;
  readonly held: ReadonlySet<TargetId>;
  readonly excepted: ReadonlyMap<TargetId, WrittenSelector>;
  readonly findings: Problem[];
}

function targetsOf(
  member: WrittenMember,
  { allowEmpty }: { allowEmpty: boolean },
  { view, held, excepted, findings }: Surroundings,
): readonly Target[] {
  const targets = take(resolveSelector(member.selector, view), member.source, findings) ?? undefined;
  if (targets === undefined) return [];
  if (isPattern(member.selector)) {
    const left = targets.filter(({ id }) => !excepted.has(id));
    if (left.length === 0 && !allowEmpty) findings.push(matchesNothing(member, targets.length > 0));
    return left;
  }
  return targets.filter((target) => {
    const problem = outrightProblem(target, member, { view, held, excepted });
    if (problem !== undefined) findings.push(problem);
    return problem?.severity !== 'error';
  });
}

/** What speaks against one target that is written outright. */
function outrightProblem(
  target: Target,
  { ensure, source }: WrittenMember,
  { view, held, excepted }: Omit<Surroundings, 'findings'>,
): Problem | undefined {
  const exception = excepted.get(target.id);
  if (ensure === 'present' && exception !== undefined) {
    return error(
      'present-and-excepted',
      source,
      `${show(target.id)} is written as present here and stands in except at ${placeText(exception.source)}; keep one of them`,
    );
  }
  if (exists(target, view)) return undefined;
  const isHeld = held.has(target.id);
  if (ensure === 'absent' && isHeld) return undefined;
  if (ensure === 'absent') {
    return warning(
      'absent-not-in-directory',
      source,
      `${show(target.id)} is to be absent, and is neither held nor in the directory; there is nothing to do, the line can go`,
    );
  }
  const { code, message } = missingFault(target, view, isHeld);
  return error(code, source, message);
}

function resolveExcept(
  { except, allowEmpty }: WrittenOwner<ContactId | AggregatorId>,
  view: DirectoryView,
  findings: Problem[],
): ReadonlyMap<TargetId, WrittenSelector> {
  const excepted = new Map<TargetId, WrittenSelector>();
  for (const entry of except) {
    const targets = take(resolveSelector(entry.selector, view), entry.source, findings) ?? [];
    if (targets.length === 0 && isPattern(entry.selector) && !allowEmpty)
      findings.push(matchesNothing(entry, false));
    for (const target of targets) {
      excepted.set(target.id, entry);
      if (exists(target, view)) continue;
      const { code, message } = missingFault(target, view, false);
      findings.push(error(code, entry.source, message));
    }
  }
  return excepted;
}

export function matchesNothing({ selector, source }: WrittenSelector, allExcepted: boolean): Problem {
  const why = allExcepted ? 'matches only accounts that except takes out' : 'matches no account';
  return error(
    'selector-empty',
    source,
    `${show(selectorText(selector))} ${why}, expected at least one; correct it, or write allowEmpty: true beside it`,
  );
}

function place(
  resolved: Record<Ensure, Map<TargetId, ResolvedMember>>,
  entry: ResolvedMember,
  findings: Problem[],
): void {
  const { target, member } = entry;
  const opposite = resolved[member.ensure === 'present' ? 'absent' : 'present'].get(target.id);
  if (opposite !== undefined) findings.push(contradiction(entry, opposite));
  const same = resolved[member.ensure];
  const first = same.get(target.id);
  if (first === undefined || (isPattern(first.member.selector) && !isPattern(member.selector))) {
    same.set(target.id, entry);
  } else if (!isPattern(first.member.selector) && !isPattern(member.selector)) {
    findings.push(
      warning(
        'entry-twice',
        member.source,
        `${meant(selectorText(member.selector), target.id)} stands at ${placeText(first.member.source)} already; it is counted once`,
      ),
    );
  }
}

function contradiction({ target, member }: ResolvedMember, { member: other }: ResolvedMember): Problem {
  const patterns = [member, other].filter(({ selector }) => isPattern(selector));
  const advice = patterns.length > 0 ? 'put it into except' : 'keep one of them';
  return error(
    'present-and-absent',
    member.source,
    `${show(target.id)} is ${member.ensure} by ${show(selectorText(member.selector))} and ${other.ensure} by ${show(selectorText(other.selector))} at ${placeText(other.source)}; ${advice}`,
  );
}

const meant = (written: string, id: TargetId): string =>
  written === id ? show(written) : `${show(written)} is ${show(id)}, which`;
