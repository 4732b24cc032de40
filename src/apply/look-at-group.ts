import type { Aggregator } from '../model/actual-state.ts';
import type { ApplyContext } from './context.ts';
import { isSoIn } from './merge-accounts.ts';
import { unlessUnreadable } from './read-back.ts';
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

function sameAccounts(a: Aggregator, b: Aggregator): boolean {
  return a.accounts.size === b.accounts.size && [...a.accounts.keys()].every((id) => b.accounts.has(id));
}
