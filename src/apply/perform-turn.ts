import type { BindingChange, Chunk } from '../model/plan.ts';
import type { ApplyContext } from './context.ts';
import { groundForRemovals } from './ground-for-removals.ts';
import { type ClosedContacts, performChain } from './perform-chain.ts';
import { judgeRemovals } from './removal-safety.ts';

/**
 * The removals and additions of one contact at its cap, in turn. Where an addition was not made, what is removed
 * after it is held when an account would be left without the contact for the lack of it.
 */
export async function performTurn(
  context: ApplyContext,
  swaps: readonly Chunk[],
  closed: ClosedContacts,
): Promise<void> {
  const additions: BindingChange[] = [];
  for (const part of partsOf(swaps)) {
    const lacking = additions.filter((change) => !isMade(context, change));
    const isClosed = part.some(({ contactId }) => closed.has(contactId));
    const safe = lacking.length === 0 || isClosed ? part : await withoutHeld(context, part, lacking);
    await performChain(context, safe, closed);
    additions.push(...part.flatMap(({ action, changes }) => (action === 'bind' ? changes : [])));
  }
}

/** Each begins with removals. */
function partsOf(swaps: readonly Chunk[]): readonly (readonly Chunk[])[] {
  const parts: Chunk[][] = [];
  for (const chunk of swaps) {
    const last = parts.at(-1);
    if (last === undefined || chunk.action === 'unbind') parts.push([chunk]);
    else last.push(chunk);
  }
  return parts;
}

async function withoutHeld(
  context: ApplyContext,
  part: readonly Chunk[],
  lacking: readonly BindingChange[],
): Promise<readonly Chunk[]> {
  const { ledger, accounts } = context;
  const changes = part.flatMap((chunk) => chunk.changes);
  const ground = await groundForRemovals(context);
  if (ground.contacts === undefined) {
    ledger.find(changes, { kind: 'skipped', because: ground.because });
    return [];
  }
  const removals = changes.filter(({ action }) => action === 'unbind');
  const verdicts = judgeRemovals(removals, lacking, ground.contacts, accounts.territory);
  for (const [removal, verdict] of verdicts)
    if (verdict.kind === 'hold') ledger.find([removal], { kind: 'skipped', because: verdict.because });
  const isHeld = (change: BindingChange): boolean => verdicts.get(change)?.kind === 'hold';
  return part
    .map((chunk) => ({ ...chunk, changes: chunk.changes.filter((change) => !isHeld(change)) }))
    .filter((chunk) => chunk.changes.length > 0);
}

function isMade({ ledger }: ApplyContext, change: BindingChange): boolean {
  const { kind } = ledger.of(change).finding;
  return kind === 'acknowledged' || kind === 'seen' || kind === 'already';
}
