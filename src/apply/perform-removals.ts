import { groupBy } from '../model/group-by.ts';
import type { BindingChange, Chunk } from '../model/plan.ts';
import { type ApplyContext, whyClosed } from './context.ts';
import { type ClosedContacts, performChain } from './perform-chain.ts';
import { readAfterAdditions, whyUnread } from './read-after-additions.ts';
import { type CountedOn, judgeRemovals, type RemovalVerdict } from './removal-safety.ts';

/**
 * The removals, after all contacts were read once more: only those go out that leave no account without what
 * the plan keeps for it. Nothing is removed when that reading is not complete. Where there are pauses between them,
 * they may take hours, so the contacts are read before each.
 */
export async function performRemovals(
  context: ApplyContext,
  chunks: readonly Chunk[],
  countedOn: readonly CountedOn[],
  closed: ClosedContacts,
): Promise<void> {
  const { pauseMs = 0 } = context.settings;
  if (pauseMs === 0) return removeAfterReading(context, { chunks, before: [] }, countedOn, closed);
  for (const [index, chunk] of chunks.entries()) {
    const before = chunks.slice(0, index).flatMap(({ changes }) => changes);
    await removeAfterReading(context, { chunks: [chunk], before }, countedOn, closed);
  }
}

interface Stretch {
  readonly chunks: readonly Chunk[];
  /** Removals of this run that had their turn: a reading that lags may still show what they took away. */
  readonly before: readonly BindingChange[];
}

async function removeAfterReading(
  context: ApplyContext,
  { chunks, before }: Stretch,
  countedOn: readonly CountedOn[],
  closed: ClosedContacts,
): Promise<void> {
  const removals = chunks.flatMap(({ changes }) => changes);
  const because = whyClosed(context);
  if (because !== undefined) return context.ledger.find(removals, { kind: 'skipped', because });
  const fresh = await readAfterAdditions(context);
  if (fresh === undefined) {
    return context.ledger.find(removals, { kind: 'skipped', because: whyUnread(context.halt) });
  }
  const verdicts = judgeRemovals([...before, ...removals], countedOn, fresh, context.territory);
  const cleared = clear(context, removals, verdicts);
  const allowed = chunks
    .map((chunk) => ({ ...chunk, changes: chunk.changes.filter((change) => cleared.has(change)) }))
    .filter(({ changes }) => changes.length > 0);
  const chains = groupBy(allowed, ({ contactId }) => contactId);
  await Promise.all([...chains.values()].map((chain) => performChain(context, chain, closed)));
}

/** Notes what is held or done already. @returns the removals that may go */
function clear(
  { ledger }: ApplyContext,
  removals: readonly BindingChange[],
  verdicts: ReadonlyMap<BindingChange, RemovalVerdict>,
): ReadonlySet<BindingChange> {
  const cleared = new Set<BindingChange>();
  for (const removal of removals) {
    const verdict = verdicts.get(removal);
    if (verdict?.kind === 'go') cleared.add(removal);
    if (verdict?.kind === 'already') ledger.saw(removal, 'it was not bound any more before its removal');
    if (verdict?.kind === 'hold') ledger.find([removal], { kind: 'skipped', because: verdict.because });
  }
  return cleared;
}
