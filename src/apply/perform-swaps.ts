import type { BindingChange, ContactSchedule } from '../model/plan.ts';
import { type ApplyContext, whyClosed } from './context.ts';
import { type ClosedContacts, performChain } from './perform-chain.ts';
import { readAfterAdditions, whyUnread } from './read-after-additions.ts';
import { type CountedOn, judgeRemovals } from './removal-safety.ts';

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
  const { pauseMs = 0 } = context.settings;
  if (pauseMs === 0) return swapAfterReading(context, { now: swapping, before: [] }, others, closed);
  for (const [index, schedule] of swapping.entries()) {
    const before = swapping.slice(0, index);
    await swapAfterReading(context, { now: [schedule], before }, others, closed);
  }
}

interface Stretch {
  readonly now: readonly ContactSchedule[];
  /** Those that had their turn: a reading that lags may still show what they took away. */
  readonly before: readonly ContactSchedule[];
}

async function swapAfterReading(
  context: ApplyContext,
  { now, before }: Stretch,
  others: readonly CountedOn[],
  closed: ClosedContacts,
): Promise<void> {
  if (now.length === 0) return;
  const because = whyClosed(context);
  if (because !== undefined) return skip(context, now.flatMap(changesOf), because);
  const fresh = await readAfterAdditions(context);
  if (fresh === undefined) {
    return skip(context, now.flatMap(changesOf), whyUnread(context.halt));
  }
  const removals = [...before, ...now].flatMap(changesOf).filter(({ action }) => action === 'unbind');
  // All of them together: two contacts may each be able to let an account go that not both can.
  const verdicts = judgeRemovals(removals, others, fresh, context.territory);
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
