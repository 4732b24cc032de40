import type { Contact } from '../model/actual-state.ts';
import { groupBy } from '../model/group-by.ts';
import type { ContactId } from '../model/ids.ts';
import type { BindingChange, Chunk } from '../model/plan.ts';
import type { ApplyContext } from './context.ts';
import { type ClosedContacts, performChain } from './perform-chain.ts';
import { readAfterAdditions, whyUnread } from './read-after-additions.ts';
import { type CountedOn, judgeRemovals } from './removal-safety.ts';

/**
 * The removals, after all contacts were read once more: only those go out that leave no account without what
 * the plan keeps for it. Nothing is removed when that reading is not complete.
 */
export async function performRemovals(
  context: ApplyContext,
  chunks: readonly Chunk[],
  countedOn: readonly CountedOn[],
  closed: ClosedContacts,
): Promise<void> {
  const removals = chunks.flatMap(({ changes }) => changes);
  const fresh = await readAfterAdditions(context);
  if (fresh === undefined) {
    return context.ledger.find(removals, { kind: 'skipped', because: whyUnread(context.halt) });
  }
  const cleared = clear(context, removals, countedOn, fresh);
  const allowed = chunks
    .map((chunk) => ({ ...chunk, changes: chunk.changes.filter((change) => cleared.has(change)) }))
    .filter(({ changes }) => changes.length > 0);
  const chains = groupBy(allowed, ({ contactId }) => contactId);
  await Promise.all([...chains.values()].map((chain) => performChain(context, chain, closed)));
}

/** Notes what is held or done already. @returns the removals that may go */
function clear(
  { ledger, territory }: ApplyContext,
  removals: readonly BindingChange[],
  countedOn: readonly CountedOn[],
  fresh: ReadonlyMap<ContactId, Contact>,
): ReadonlySet<BindingChange> {
  const cleared = new Set<BindingChange>();
  for (const [removal, verdict] of judgeRemovals(removals, countedOn, fresh, territory)) {
    if (verdict.kind === 'go') cleared.add(removal);
    else if (verdict.kind === 'already') ledger.saw(removal, 'it was not bound any more before its removal');
    else ledger.find([removal], { kind: 'skipped', because: verdict.because });
  }
  return cleared;
}
