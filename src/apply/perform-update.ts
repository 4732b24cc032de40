import type { Aggregator } from '../model/actual-state.ts';
import type { CloudFailure } from '../model/cloud-failure.ts';
import type { AggregatorId } from '../model/ids.ts';
import type { AggregatorSchedule, MembershipChange } from '../model/plan.ts';
import type { ApplyContext } from './context.ts';
import { isSoIn, type Merged, mergeAccounts } from './merge-accounts.ts';
import { readUntil } from './patience.ts';
import { firstLook, unlessUnreadable } from './read-back.ts';
import { sendAccounts } from './send.ts';

/** So often an update whose effect is not known is looked at and, where it is missing, sent again. */
const ROUNDS = 4;
/** So often the list is made anew because somebody else changed it meanwhile. */
const FRESH_STARTS = 3;

/**
 * Brings the changes of one aggregator to an end: reads the list right before the write, puts the changes onto
 * it, sends it whole. The service has no compare-and-set, so another writer's change between that reading and
 * our write, about one round trip, can still be lost (inferred from the reference).
 */
export async function performUpdate(
  context: ApplyContext,
  { aggregatorId, changes }: AggregatorSchedule,
  freshStarts = FRESH_STARTS,
): Promise<void> {
  const { ledger } = context;
  const now = await readOwnWrites(context, aggregatorId);
  if (now === undefined) {
    return ledger.find(changes, { kind: 'skipped', because: 'it could not be read right before the write' });
  }
  if (now === 'missing') {
    return ledger.find(changes, {
      kind: 'skipped',
      because: 'it does not exist any more, or is not ours to see',
    });
  }
  const merged = mergeAccounts(now, changes, context.settings.accountsPerAggregator);
  if (merged.kind === 'refused') return ledger.find(changes, { kind: 'skipped', because: merged.because });
  const already = merged.kind === 'send' ? merged.already : changes;
  for (const change of already)
    ledger.saw(change, 'it was so when the account group was read before the write');
  if (merged.kind !== 'send') return;
  const next = await sendList(context, now, merged, freshStarts === FRESH_STARTS);
  if (next.kind === 'done') return;
  if (freshStarts === 0) return ledger.find(merged.changes, { kind: 'refused', failure: next.failure });
  await performUpdate(context, { aggregatorId, changes: merged.changes }, freshStarts - 1);
}

/** After a list was sent: its changes have their findings, or the list has to be made anew from what is there now. */
type Next = { readonly kind: 'done' } | { readonly kind: 'start-over'; readonly failure: CloudFailure };

const DONE: Next = { kind: 'done' };

/** One list, one token, however often it is sent: a repeated attempt of the same change is the same request. */
async function sendList(
  context: ApplyContext,
  before: Aggregator,
  { changes, accounts }: Extract<Merged, { kind: 'send' }>,
  isFirst: boolean,
): Promise<Next> {
  const token = context.newToken();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const sent = await sendAccounts(context, before.id, changes, accounts, token);
    if (sent.kind === 'acknowledged') return DONE;
    if (sent.kind === 'halted') return skipUnsent(context, changes, sent.because);
    const { failure } = sent;
    if (failure.class !== 'unknown-effect') return resolveRefusal(context, before, changes, failure, isFirst);
    const seen = await lookAfterSilence(context, before, changes);
    if (seen === 'otherwise') return { kind: 'start-over', failure };
    if (seen !== 'as-before') return DONE;
  }
  return DONE;
}

async function resolveRefusal(
  context: ApplyContext,
  before: Aggregator,
  changes: readonly MembershipChange[],
  failure: CloudFailure,
  isFirst: boolean,
): Promise<Next> {
  const mayBeSo =
    failure.class === 'member-refused' || changes.some((change) => context.ledger.of(change).unanswered > 0);
  const seen = mayBeSo ? await lookAgain(context, before, changes) : 'as-before';
  if (seen === 'as-wanted') return DONE;
  if (seen === 'otherwise') return { kind: 'start-over', failure };
  if (failure.class === 'member-refused') {
    return isFirst ? afterAMoment(context, failure) : isolate(context, before.id, changes, failure);
  }
  context.ledger.find(changes, { kind: 'refused', failure });
  return DONE;
}

type Seen = 'as-before' | 'as-wanted' | 'otherwise' | 'unreadable';

/**
 * After an answer that never came. The list as it was: the same request again. The list as wanted: done.
 * Any other list: somebody else wrote, and our list must not overwrite theirs. The lost request may still land
 * and do just that, so a new list waits until it cannot any more.
 */
async function lookAfterSilence(
  context: ApplyContext,
  before: Aggregator,
  changes: readonly MembershipChange[],
): Promise<Seen> {
  const { clock, settings, halt, emit } = context;
  await firstLook(context);
  const seen = await lookAgain(context, before, changes);
  if (seen === 'otherwise') {
    emit({ type: 'wait', reason: `a lost update of ${before.id} may still land`, ms: settings.settleMs });
    await clock.sleep(settings.settleMs, halt.signal);
  }
  return seen;
}

async function lookAgain(
  context: ApplyContext,
  before: Aggregator,
  changes: readonly MembershipChange[],
): Promise<Seen> {
  const now = await unlessUnreadable(() => readAggregator(context, before.id));
  if (now === undefined || now === 'missing') return 'unreadable';
  if (changes.every((change) => isSoIn(change, now))) {
    for (const change of changes)
      context.ledger.saw(change, 'it was so when the account group was read back');
    return 'as-wanted';
  }
  return sameAccounts(now, before) ? 'as-before' : 'otherwise';
}

/**
 * One account in the list is refused, and the answer does not say which. It may be a member that left the
 * directory a moment ago, which the service takes out by itself: look again before an addition is blamed.
 */
async function afterAMoment(context: ApplyContext, failure: CloudFailure): Promise<Next> {
  await firstLook(context);
  return { kind: 'start-over', failure };
}

/** Additions are tried in halves until the refused one stands alone. */
async function isolate(
  context: ApplyContext,
  id: AggregatorId,
  changes: readonly MembershipChange[],
  failure: CloudFailure,
): Promise<Next> {
  const additions = changes.filter(({ action }) => action === 'add-account');
  if (additions.length === 0) return { kind: 'start-over', failure };
  const firstHalf = additions.slice(0, Math.ceil(additions.length / 2));
  const others = changes.filter((change) => !firstHalf.includes(change));
  if (additions.length === 1) context.ledger.find(firstHalf, { kind: 'refused', failure });
  else await performUpdate(context, { aggregatorId: id, changes: firstHalf });
  if (others.length > 0) await performUpdate(context, { aggregatorId: id, changes: others });
  return DONE;
}

/** A list that does not show yet what we wrote before must not be written back: then it is not readable. */
async function readOwnWrites(
  context: ApplyContext,
  id: AggregatorId,
): Promise<Aggregator | 'missing' | undefined> {
  const written = context.ledger.entries.flatMap(({ change, finding }) =>
    change.kind === 'aggregator' && change.aggregatorId === id && finding.kind === 'acknowledged'
      ? [change]
      : [],
  );
  const showsThem = (now: Aggregator | 'missing'): boolean =>
    now === 'missing' || written.every((change) => isSoIn(change, now));
  const last = await readUntil(context, () => unlessUnreadable(() => readAggregator(context, id)), showsThem);
  return last !== undefined && showsThem(last) ? last : undefined;
}

async function readAggregator({ state }: ApplyContext, id: AggregatorId): Promise<Aggregator | 'missing'> {
  return (await state.aggregator(id)) ?? 'missing';
}

function skipUnsent({ ledger }: ApplyContext, changes: readonly MembershipChange[], because: string): Next {
  const unsent = changes.filter((change) => ledger.of(change).attempts === 0);
  ledger.find(unsent, { kind: 'skipped', because });
  return DONE;
}

function sameAccounts(a: Aggregator, b: Aggregator): boolean {
  return a.accounts.size === b.accounts.size && [...a.accounts.keys()].every((id) => b.accounts.has(id));
}
