import type { Contact } from '../model/actual-state.ts';
import { describeHalt, type HaltSwitch } from '../model/halt.ts';
import type { ContactId } from '../model/ids.ts';
import type { ApplyContext } from './context.ts';
import { readUntil } from './patience.ts';
import { unlessUnreadable } from './read-back.ts';

/**
 * All contacts, before something is removed. Additions that were acknowledged get some time to show.
 * @returns undefined when they could not be read, or not completely
 */
export function readAfterAdditions(
  context: ApplyContext,
): Promise<ReadonlyMap<ContactId, Contact> | undefined> {
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

export function whyUnread({ reason }: HaltSwitch): string {
  return reason === undefined
    ? 'the contacts could not be read again, completely, before removing'
    : describeHalt(reason);
}
