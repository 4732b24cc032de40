import { ApiError } from './api-error.ts';
import { requiredContact } from './contact-writes.ts';
import { applied, found, type OperationCall, type OperationResult } from './operation.ts';

/**
 * Retained in the members, which is the default, a contact is gone at once; otherwise it is Deleting for a while
 * (documented). What members retain is not seen through this API.
 */
export function deleteMessageContact(call: OperationCall): OperationResult {
  const { parameters, store, now } = call;
  const contact = requiredContact(parameters, store);
  if (contact.goneAt !== undefined) throw new ApiError('ContactStatusMismatchAction');
  if (parameters['RetainContactInMembers'] !== 'false') {
    store.contacts.delete(contact.about.id);
    return applied({ Status: 'Deleted' });
  }
  store.deleteContact(contact, now + store.state.behaviour.contactDeletionMs);
  return applied({ Status: 'Deleting' });
}

/** Once a contact is gone, and while it is not being deleted, there is no status to tell (inferred). */
export function getMessageContactDeletionStatus({ parameters, store }: OperationCall): OperationResult {
  const contact = requiredContact(parameters, store);
  if (contact.goneAt === undefined) throw new ApiError('EntityNotExists.Contact');
  return found({
    ContactDeletionStatus: { ContactId: contact.about.id, Status: 'Deleting', FailReasonList: [] },
  });
}
