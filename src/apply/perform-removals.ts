import { groupBy } from '../model/group-by.ts';
import type { BindingChange, Chunk } from '../model/plan.ts';
import type { ApplyContext } from './context.ts';
import { groundForRemovals } from './ground-for-removals.ts';
import { type ClosedContacts, performChain } from './perform-chain.ts';
import { type CountedOn, judgeRemovals, type MayLose, type RemovalVerdict } from './removal-safety.ts';
import { type Stretch, stretchesOf } from './stretches.ts';

/** What the plan keeps, and what it means to be lost. */
export interface Intent {
  readonly countedOn: readonly CountedOn[];
  readonly mayLose: MayLose;
}

/**
 * The removals, after all contacts were read once more: only those go out that leave no account without what
 * the plan keeps for it. Nothing is removed when that reading is not complete. Where there are pauses between them,
 * they may take hours, so the contacts are read before each.
 */
export async function performRemovals(
  context: ApplyContext,
  chunks: readonly Chunk[],
  intent: Intent,
  closed: ClosedContacts,
): Promise<void> {
  for (const stretch of stretchesOf(chunks, context.settings.pauseMs))
    await removeAfterReading(context, stretch, intent, closed);
}

async function removeAfterReading(
  context: ApplyContext,
  { now, before }: Stretch<Chunk>,
  intent: Intent,
  closed: ClosedContacts,
): Promise<void> {
  const removals = changesOf(now);
  const ground = await groundForRemovals(context);
  if (ground.contacts === undefined) {
    return context.ledger.find(removals, { kind: 'skipped', because: ground.because });
  }
  const sent = changesOf(before).filter((change) => context.ledger.of(change).attempts > 0);
  const { territory } = context.accounts;
  const leeway = { mayLose: intent.mayLose, sent };
  const verdicts = judgeRemovals(removals, intent.countedOn, ground.contacts, territory, leeway);
  const cleared = clear(context, removals, verdicts);
  const allowed = now
    .map((chunk) => ({ ...chunk, changes: chunk.changes.filter((change) => cleared.has(change)) }))
    .filter(({ changes }) => changes.length > 0);
  const chains = groupBy(allowed, ({ contactId }) => contactId);
  await Promise.all([...chains.values()].map((chain) => performChain(context, chain, closed)));
}

const changesOf = (chunks: readonly Chunk[]): readonly BindingChange[] =>
  chunks.flatMap(({ changes }) => changes);

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
