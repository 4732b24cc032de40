import type { WireContact } from '../wire/resource-directory.ts';
import { ApiError } from './api-error.ts';
import { requiredContact } from './contact-writes.ts';
import { hasForm } from './id-forms.ts';
import { found, type OperationCall, type OperationResult } from './operation.ts';
import { numberedPage } from './paging.ts';
import { wireDate } from './parameters.ts';
import type { Store, StoredContact } from './store.ts';

export function getMessageContact(call: OperationCall): OperationResult {
  const { AssociatedDate: _, ...contact } = wireContact(requiredContact(call.parameters, call.store), call);
  return found({ Contact: contact });
}

/** In order of creation. What a page above 100 does is not documented. */
export function listMessageContacts(call: OperationCall): OperationResult {
  const { parameters, store } = call;
  const contacts = parameters['ContactId'] ? [filteredById(call)] : [...store.contacts.values()];
  const matching = parameters['Member'] ? boundTo(parameters['Member'], contacts, call) : contacts;
  const { maxPageSize, largePages } = store.state.behaviour;
  const page = numberedPage(matching, parameters, maxPageSize, largePages === 'capped' ? 'cap' : 'refuse');
  return found({ ...page.totals, Contacts: page.items.map((contact) => wireContact(contact, call)) });
}

const filteredById = (call: OperationCall): StoredContact => requiredContact(call.parameters, call.store);

/** Whether an account that is reached through its folder or the directory counts is not documented. */
function boundTo(member: string, contacts: readonly StoredContact[], call: OperationCall): StoredContact[] {
  const { store, now } = call;
  if (!hasForm('target', member)) throw new ApiError('InvalidParameter.Member');
  const reaching = new Set([...store.canonical([member]), ...inheritedFrom(member, store)]);
  const matching = contacts.filter(({ targets }) => targets.visibleAt(now).some((id) => reaching.has(id)));
  if (matching.length === 0 && !store.tree.isTarget(member)) throw new ApiError('EntityNotExists.Member');
  return matching;
}

/** The targets above an account or a folder, where the filter looks at them. */
function inheritedFrom(member: string, store: Store): readonly string[] {
  if (store.state.behaviour.memberFilter === 'exact') return [];
  const { tree } = store;
  const folders = tree.ancestry(tree.account(member)?.folder ?? member).map(({ id }) => id);
  return tree.isTarget(member) ? [...folders, tree.directory.id] : [];
}

function wireContact(contact: StoredContact, { store, now }: OperationCall): WireContact {
  const { about } = contact;
  const created = wireDate(contact.createdAt);
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
