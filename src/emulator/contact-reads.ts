import type { WireContact } from '../wire/resource-directory.ts';
import { ApiError } from './api-error.ts';
import { requiredContact } from './contact-writes.ts';
import { hasForm } from './id-forms.ts';
import { found, type OperationCall, type OperationResult } from './operation.ts';
import { numberedPage } from './paging.ts';
import { wireDate } from './parameters.ts';
import type { StoredContact } from './store.ts';

/** 2023-03-27 17:19:21, the date of the reference pages; contacts follow each other by a second. */
const FIRST_CONTACT_CREATED = Date.UTC(2023, 2, 27, 17, 19, 21);

export function getMessageContact(call: OperationCall): OperationResult {
  const { AssociatedDate: _, ...contact } = wireContact(requiredContact(call.parameters, call.store), call);
  return found({ Contact: contact });
}

/** In order of creation. A page above 100 is answered with 100 (undocumented). */
export function listMessageContacts(call: OperationCall): OperationResult {
  const { parameters, store } = call;
  const contacts = parameters['ContactId'] ? [filteredById(call)] : [...store.contacts.values()];
  const matching = parameters['Member'] ? boundTo(parameters['Member'], contacts, call) : contacts;
  const page = numberedPage(matching, parameters, store.state.behaviour.maxPageSize, 'cap');
  return found({ ...page.totals, Contacts: page.items.map((contact) => wireContact(contact, call)) });
}

const filteredById = (call: OperationCall): StoredContact => requiredContact(call.parameters, call.store);

/** Exact match: an account that is reached through its folder does not count (inferred). */
function boundTo(member: string, contacts: readonly StoredContact[], call: OperationCall): StoredContact[] {
  const { store, now } = call;
  if (!hasForm('target', member)) throw new ApiError('InvalidParameter.Member');
  const [target = member] = store.canonical([member]);
  const matching = contacts.filter((contact) => contact.targets.visibleAt(now).includes(target));
  if (matching.length === 0 && !store.tree.isTarget(member)) throw new ApiError('EntityNotExists.Member');
  return matching;
}

function wireContact(contact: StoredContact, { store, now }: OperationCall): WireContact {
  const { about } = contact;
  const created = wireDate(FIRST_CONTACT_CREATED + contact.position * 1000);
  return {
    ContactId: about.id,
    Name: about.name,
    EmailAddress: about.email,
    PhoneNumber: about.phone,
    Title: about.title,
    MessageTypes: about.messageTypes,
    Members: store.spelled(contact.targets.visibleAt(now)),
    Status: about.status,
    CreateDate: created,
    AssociatedDate: created,
  };
}
