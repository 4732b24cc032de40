import type { ActualState } from '../model/actual-state.ts';
import type { WrittenSelector } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import type { Target, TargetId } from '../model/target.ts';
import type { DirectoryView } from './directory-view.ts';
import { error, take } from './finding.ts';
import { exists, missingFault } from './resolve-existence.ts';
import { matchesNothing } from './resolve-members.ts';
import { resolveSelector } from './resolve-selector.ts';

/** What no plan may take away. A mistyped id would protect nobody, so it is a problem, unless something holds it. */
export function resolveProtected(
  written: readonly WrittenSelector[],
  actual: ActualState,
  view: DirectoryView,
  findings: Problem[],
): ReadonlySet<TargetId> {
  const ids = new Set<TargetId>();
  for (const entry of written) {
    const targets = take(resolveSelector(entry.selector, view), entry.source, findings);
    if (targets?.length === 0) findings.push(matchesNothing(entry, false));
    for (const target of targets ?? []) {
      ids.add(target.id);
      if (exists(target, view) || isHeld(target, actual)) continue;
      const { code, message } = missingFault(target, view, false);
      findings.push(error(code, entry.source, message));
    }
  }
  return ids;
}

function isHeld(target: Target, { contacts, aggregators }: ActualState): boolean {
  if ([...(contacts?.values() ?? [])].some(({ bindings }) => bindings.has(target.id))) return true;
  return (
    target.type === 'account' && [...aggregators.values()].some(({ accounts }) => accounts.has(target.id))
  );
}
