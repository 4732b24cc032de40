import type { BindingChange, ContactSchedule } from '../model/plan.ts';
import type { ApplyContext } from './context.ts';
import { groundForRemovals } from './ground-for-removals.ts';
import { type ClosedContacts, performChain } from './perform-chain.ts';
import { type CountedOn, judgeRemovals } from './removal-safety.ts';
import { type Stretch, stretchesOf } from './stretches.ts';

/**
 * Contacts at their cap: removals and additions in turn. For one call an account may be without the contact that
 * makes room; it is not left without its last contact because another contact's addition did not succeed. Where there
 * are pauses between writes, they may take hours, so all contacts are read before each of these.
 */
export async function performSwaps(
  context: ApplyContext,
  schedules: readonly ContactSchedule[],
  countedOn: readonly CountedOn[],
  closed: ClosedContacts,
): Promise<void> {
  const swapping = schedules.filter(({ swaps }) => swaps.length > 0);
  const swaps = swapping.flatMap(changesOf);
  const others = countedOn.filter((one) => !swaps.some((change) => isSame(change, one)));
  for (const stretch of stretchesOf(swapping, context.settings.pauseMs))
    await swapAfterReading(context, stretch, others, closed);
}

async function swapAfterReading(
  context: ApplyContext,
  { now, before }: Stretch<ContactSchedule>,
  others: readonly CountedOn[],
  closed: ClosedContacts,
): Promise<void> {
  if (now.length === 0) return;
  const ground = await groundForRemovals(context);
  if (ground.contacts === undefined) return skip(context, now.flatMap(changesOf), ground.because);
  const removals = [...before, ...now].flatMap(changesOf).filter(({ action }) => action === 'unbind');
  // All of them together: two contacts may each be able to let an account go that not both can.
  const verdicts = judgeRemovals(removals, others, ground.contacts, context.territory);
  const chains = now.map(async (schedule) => {
    const changes = changesOf(schedule);
    const held = changes.map((change) => verdicts.get(change)).find((verdict) => verdict?.kind === 'hold');
    if (held?.kind === 'hold') skip(context, changes, held.because);
    else await performChain(context, schedule.swaps, closed);
  });
  await Promise.all(chains);
}

const changesOf = ({ swaps }: ContactSchedule): readonly BindingChange[] =>
  swaps.flatMap(({ changes }) => changes);

const isSame = ({ contactId, target }: BindingChange, other: CountedOn): boolean =>
  contactId === other.contactId && target.id === other.target.id;

function skip({ ledger }: ApplyContext, changes: readonly BindingChange[], because: string): void {
  ledger.find(changes, { kind: 'skipped', because });
}
