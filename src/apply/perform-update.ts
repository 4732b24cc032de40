import type { CloudFailure } from '../model/cloud-failure.ts';
import type { AggregatorSchedule, MembershipChange } from '../model/plan.ts';
import type { ApplyContext } from './context.ts';
import { lookAgain } from './look-at-group.ts';
import { LostLists } from './lost-lists.ts';
import { firstLook } from './read-back.ts';
import { ListCall } from './send-list.ts';

/** So often an update is sent anew after its effect was missing or its ground had moved. */
const ROUNDS = 6;

type Next = 'done' | 'again' | 'isolate' | 'refused';

/**
 * Brings the changes of one aggregator to an end. The service has no compare-and-set, so another writer's change
 * between the reading and the write of one attempt, about one round trip, can still be lost (inferred from the
 * reference).
 */
export async function performUpdate(
  context: ApplyContext,
  { aggregatorId, changes }: AggregatorSchedule,
  lost = new LostLists(),
): Promise<void> {
  const call = new ListCall(context, aggregatorId, changes, lost);
  let memberRefusals = 0;
  for (let round = 1; ; round += 1) {
    const sent = await call.send();
    if (sent.kind === 'acknowledged' || sent.kind === 'nothing-to-do') return;
    if (sent.kind !== 'failed') return skipUntaken(context, changes, sent.because);
    if (sent.failure.class === 'member-refused') memberRefusals += 1;
    const next = await afterFailure(context, call, sent.failure, memberRefusals);
    if (next === 'again' && round < ROUNDS) continue;
    if (next === 'done') return;
    const oneIsRefused = next !== 'refused' && sent.failure.class === 'member-refused';
    if (oneIsRefused) return isolate(context, { aggregatorId, changes }, sent.failure, lost);
    return refuse(context, changes, sent.failure);
  }
}

async function afterFailure(
  context: ApplyContext,
  { last }: ListCall,
  failure: CloudFailure,
  memberRefusals: number,
): Promise<Next> {
  if (last === undefined) return 'refused';
  if (failure.class === 'unknown-effect') {
    await firstLook(context);
    const seen = await lookAgain(context, last);
    return seen === 'as-before' || seen === 'otherwise' ? 'again' : 'done';
  }
  const mayFollowFromOurs = last.changes.some((change) => context.ledger.of(change).unanswered > 0);
  if (failure.class !== 'member-refused' && !mayFollowFromOurs) return 'refused';
  const seen = await lookAgain(context, last);
  if (seen === 'as-wanted') return 'done';
  if (seen === 'otherwise') return 'again';
  if (failure.class !== 'member-refused') return 'refused';
  if (memberRefusals > 1) return 'isolate';
  await firstLook(context);
  return 'again';
}

/**
 * One account in the list is refused for the second time, so it is not a member that left the directory a moment
 * ago: that one the service takes out by itself. Additions are tried in halves until the refused one is alone.
 */
async function isolate(
  context: ApplyContext,
  { aggregatorId, changes }: AggregatorSchedule,
  failure: CloudFailure,
  lost: LostLists,
): Promise<void> {
  const additions = changes.filter(({ action }) => action === 'add-account');
  if (additions.length === 0) return refuse(context, changes, failure);
  const firstHalf = additions.slice(0, Math.ceil(additions.length / 2));
  const others = changes.filter((change) => !firstHalf.includes(change));
  if (additions.length === 1) refuse(context, firstHalf, failure);
  else await performUpdate(context, { aggregatorId, changes: firstHalf }, lost);
  if (others.length > 0) await performUpdate(context, { aggregatorId, changes: others }, lost);
}

/** What was found out about a change before stands. */
function refuse(context: ApplyContext, changes: readonly MembershipChange[], failure: CloudFailure): void {
  context.ledger.find(stillOpen(context, changes), { kind: 'refused', failure });
}

/** Also what was sent and refused every time: none of it can take effect. */
function skipUntaken(context: ApplyContext, changes: readonly MembershipChange[], because: string): void {
  const untaken = stillOpen(context, changes).filter((change) => context.ledger.of(change).unanswered === 0);
  context.ledger.find(untaken, { kind: 'skipped', because });
}

function stillOpen({ ledger }: ApplyContext, changes: readonly MembershipChange[]): MembershipChange[] {
  return changes.filter((change) => ledger.of(change).finding.kind === 'open');
}
