import type { Contact } from '../model/actual-state.ts';
import { CloudCallError } from '../model/cloud-failure.ts';
import { HaltedError } from '../model/halt.ts';
import type { ContactId } from '../model/ids.ts';
import type { BindingChange } from '../model/plan.ts';
import type { ApplyContext } from './context.ts';

/** A write that was cut off may need a moment to show. */
const FIRST_LOOK_MS = 2000;

/**
 * Looks whether the effect of changes is there, and notes those whose effect is.
 * @returns the others; undefined when the contact could not be read
 */
export async function readBackBindings(
  context: ApplyContext,
  contactId: ContactId,
  changes: readonly BindingChange[],
): Promise<readonly BindingChange[] | undefined> {
  const { ledger, state } = context;
  const cutOff = changes.some((change) => ledger.of(change).unanswered > 0);
  if (cutOff) await firstLook(context);
  const contact = await unlessUnreadable(() => state.contact(contactId));
  if (contact === undefined) return undefined;
  const so = changes.filter((change) => isSo(change, contact));
  for (const change of so) ledger.saw(change, 'it was so when the contact was read back');
  return changes.filter((change) => !isSo(change, contact));
}

export function firstLook({ clock, settings, halt }: ApplyContext): Promise<void> {
  return clock.sleep(Math.min(FIRST_LOOK_MS, settings.settleMs), halt.signal);
}

/** Whether a contact is as a change would make it. */
export function isSo({ action, target }: BindingChange, contact: Contact): boolean {
  return contact.bindings.has(target.id) === (action === 'bind');
}

/** @returns undefined when the reading failed or the job was halted: then nothing is known */
export async function unlessUnreadable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CloudCallError || error instanceof HaltedError) return undefined;
    throw error;
  }
}
