import type { Contact } from '../model/actual-state.ts';
import { describeHalt, type HaltSwitch } from '../model/halt.ts';
import type { ContactId } from '../model/ids.ts';
import { type ApplyContext, whyClosed } from './context.ts';
import { readUntil } from './patience.ts';
import { unlessUnreadable } from './read-back.ts';

/**
 * All contacts, complete, right before something is removed; or why nothing can be. The accounts are read with them
 * where a removal rests on where they are, but not each time again within a minute.
 */
export type Ground =
  | { readonly contacts: ReadonlyMap<ContactId, Contact> }
  | { readonly contacts: undefined; readonly because: string };

/** Nothing is read for removals that could not go out anyway. */
export async function groundForRemovals(context: ApplyContext): Promise<Ground> {
  const closed = whyClosed(context);
  if (closed !== undefined) return { contacts: undefined, because: closed };
  const [contacts, accountsAreRead] = await Promise.all([
    readAfterAdditions(context),
    readAccountsAgain(context),
  ]);
  const unread = contacts === undefined ? 'contacts' : 'accounts';
  if (contacts === undefined || !accountsAreRead)
    return { contacts: undefined, because: whyUnread(context.halt, unread) };
  return { contacts };
}

/** @returns whether what is known of them will do */
async function readAccountsAgain({ accounts, clock, state }: ApplyContext): Promise<boolean> {
  if (!accounts.matter || accounts.areFresh(clock.monotonic())) return true;
  const now = await unlessUnreadable(() => state.accounts());
  if (now !== undefined) accounts.renew(now, clock.monotonic());
  return now !== undefined;
}

/** Additions that were acknowledged get some time to show. */
function readAfterAdditions(context: ApplyContext): Promise<ReadonlyMap<ContactId, Contact> | undefined> {
  const { ledger, state } = context;
  const acknowledged = ledger.entries.filter(({ finding }) => finding.kind === 'acknowledged');
  const additions = acknowledged.flatMap(({ change }) => (change.action === 'bind' ? [change] : []));
  return readUntil(
    context,
    () => unlessUnreadable(() => state.contacts()),
    (contacts) =>
      additions.every(({ contactId, target }) => contacts.get(contactId)?.bindings.has(target.id)),
  );
}

const whyUnread = ({ reason }: HaltSwitch, what: string): string =>
  reason === undefined
    ? `the ${what} could not be read again, completely, before removing`
    : describeHalt(reason);
