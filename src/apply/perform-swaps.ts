import type { BindingChange, ContactSchedule } from '../model/plan.ts';
import type { ApplyContext } from './context.ts';
import { type ClosedContacts, performChain } from './perform-chain.ts';
import { readAfterAdditions, whyUnread } from './read-after-additions.ts';
import { type CountedOn, judgeRemovals } from './removal-safety.ts';

/**
 * Contacts at their cap: removals and additions in turn. For one call an account may be without the contact that
 * makes room; it is not left without its last contact because another contact's addition did not succeed.
 */
export async function performSwaps(
  context: ApplyContext,
  schedules: readonly ContactSchedule[],
  countedOn: readonly CountedOn[],
  closed: ClosedContacts,
): Promise<void> {
  const swapping = schedules.filter(({ swaps }) => swaps.length > 0);
  if (swapping.length === 0) return;
  const swaps = swapping.flatMap((schedule) => schedule.swaps.flatMap(({ changes }) => changes));
  const fresh = await readAfterAdditions(context);
  if (fresh === undefined) {
    return skip(context, swaps, whyUnread(context.halt));
  }
  const others = countedOn.filter((one) => !swaps.some((change) => isSame(change, one)));
  const removals = swaps.filter(({ action }) => action === 'unbind');
  // All of them together: two contacts may each be able to let an account go that not both can.
  const verdicts = judgeRemovals(removals, others, fresh, context.territory);
  const chains = swapping.map(async (schedule) => {
    const changes = schedule.swaps.flatMap((chunk) => chunk.changes);
    const held = changes.map((change) => verdicts.get(change)).find((verdict) => verdict?.kind === 'hold');
    if (held?.kind === 'hold') skip(context, changes, held.because);
    else await performChain(context, schedule.swaps, closed);
  });
  await Promise.all(chains);
}

const isSame = ({ contactId, target }: BindingChange, other: CountedOn): boolean =>
  contactId === other.contactId && target.id === other.target.id;

function skip({ ledger }: ApplyContext, changes: readonly BindingChange[], because: string): void {
  ledger.find(changes, { kind: 'skipped', because });
}
