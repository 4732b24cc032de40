import { ApiError } from './api-error.ts';
import { type ContactFields, readContactFields } from './contact-fields.ts';
import { waitingAddresses } from './contact-verification.ts';
import { requiredContact } from './contact-writes.ts';
import { applied, type OperationCall, type OperationResult } from './operation.ts';
import { wireDate } from './parameters.ts';
import type { EmulatedContact, UnverifiedAddresses } from './state.ts';

type NewContact = {
  readonly [Key in keyof Omit<ContactFields, 'phone'>]-?: NonNullable<ContactFields[Key]>;
} & {
  readonly phone: string | undefined;
};

/** A new contact is Verifying until its e-mail address is verified. */
export function addMessageContact(call: OperationCall): OperationResult {
  const { store, now } = call;
  const fields = complete(readContactFields(call));
  if (store.contacts.size >= store.state.quotas.contacts) throw new ApiError('LimitExceeded.Contact');
  const id = store.freshIds.unused(store.freshIds.contact, (taken) => store.contacts.has(taken));
  store.addContact(newContact(id, fields, call), now);
  return applied({ Contact: { ContactId: id, CreateDate: wireDate(now) } });
}

/** Does not touch what the contact is bound to. A new address takes effect when it is verified (documented). */
export function updateMessageContact(call: OperationCall): OperationResult {
  const contact = requiredContact(call.parameters, call.store);
  const fields = readContactFields(call, contact);
  if (contact.about.status === 'Deleting') throw new ApiError('ContactStatusMismatchAction');
  const { about } = contact;
  contact.about = {
    ...about,
    name: fields.name ?? about.name,
    title: fields.title ?? about.title,
    messageTypes: fields.messageTypes ?? about.messageTypes,
    ...newAddresses(about, fields, call),
  };
  return applied({});
}

function complete(fields: ContactFields): NewContact {
  const { name, email, title, messageTypes, phone } = fields;
  if (name === undefined) throw new ApiError('MissingParameter.Name');
  if (email === undefined) throw new ApiError('MissingParameter.EmailAddress');
  if (title === undefined) throw new ApiError('MissingParameter.Title');
  if (messageTypes === undefined) throw new ApiError('MissingParameter.MessageTypes');
  return { name, email, title, messageTypes, phone };
}

function newContact(id: string, fields: NewContact, { store, now }: OperationCall): EmulatedContact {
  const isVerified = store.state.behaviour.verification === 'at-once';
  const { name, email, title, messageTypes, phone } = fields;
  return {
    id,
    name,
    email,
    phone: phone ?? '',
    title,
    messageTypes,
    status: isVerified ? 'Active' : 'Verifying',
    members: [],
    unverified: isVerified ? undefined : { email, phone },
    created: now,
  };
}

/** What is Active keeps its address until the new one is verified (documented); before that the newest one shows. */
function newAddresses(
  about: EmulatedContact,
  { email, phone }: ContactFields,
  { store }: OperationCall,
): Pick<EmulatedContact, 'email' | 'phone' | 'unverified'> {
  const isVerified = store.state.behaviour.verification === 'at-once';
  const showsNewest = isVerified || about.status === 'Verifying';
  return {
    email: (showsNewest ? email : undefined) ?? about.email,
    phone: (showsNewest ? phone : undefined) ?? about.phone,
    unverified: isVerified ? undefined : { ...waitingAddresses(about), ...changed(about, email, phone) },
  };
}

function changed(
  about: EmulatedContact,
  email: string | undefined,
  phone: string | undefined,
): UnverifiedAddresses {
  return {
    ...(email === undefined || email === about.email ? {} : { email }),
    ...(phone === undefined || phone === about.phone ? {} : { phone }),
  };
}
