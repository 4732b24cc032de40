import type { Aggregator } from '../model/actual-state.ts';
import type { ApplyContext } from './context.ts';
import { isSoIn } from './merge-accounts.ts';
import { firstLook, unlessUnreadable } from './read-back.ts';
import type { LastAttempt } from './send-list.ts';

/** What an account group shows after an attempt to change it. */
export type Seen = 'as-before' | 'as-wanted' | 'otherwise' | 'unreadable';

/** Changes that are there are noted. */
export async function lookAgain(
  { ledger, state }: ApplyContext,
  { before, changes }: LastAttempt,
): Promise<Seen> {
  const now = await unlessUnreadable(() => state.aggregator(before.id));
  if (now === undefined) return 'unreadable';
  if (changes.every((change) => isSoIn(change, now))) {
    for (const change of changes) ledger.saw(change, 'it was so when the account group was read back');
    return 'as-wanted';
  }
  return sameAccounts(now, before) ? 'as-before' : 'otherwise';
}

/**
 * After an answer that never came. A list that is neither as before nor as wanted was written by somebody else,
 * and the lost request may still land and overwrite it: a new list waits until it cannot any more.
 */
export async function lookAfterSilence(context: ApplyContext, last: LastAttempt): Promise<Seen> {
  const { clock, settings, halt, emit } = context;
  await firstLook(context);
  const seen = await lookAgain(context, last);
  if (seen === 'otherwise') {
    const reason = `a lost update of ${last.before.id} may still land`;
    emit({ type: 'wait', reason, ms: settings.settleMs });
    await clock.sleep(settings.settleMs, halt.signal);
  }
  return seen;
}

function sameAccounts(a: Aggregator, b: Aggregator): boolean {
  return a.accounts.size === b.accounts.size && [...a.accounts.keys()].every((id) => b.accounts.has(id));
}
