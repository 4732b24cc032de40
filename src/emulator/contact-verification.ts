import { ApiError } from './api-error.ts';
import { checkEmail, checkPhone } from './contact-fields.ts';
import { requiredContact } from './contact-writes.ts';
import { applied, found, type OperationCall, type OperationResult } from './operation.ts';
import { numberedPage } from './paging.ts';
import type { EmulatedContact, UnverifiedAddresses } from './state.ts';
import type { Store, StoredContact } from './store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

type Address = 'email' | 'phone';

export const sendEmailVerification = (call: OperationCall): OperationResult => {
  const email = call.parameters['EmailAddress'] ?? '';
  return send(call, 'email', email, () => {
    if (email === '') throw new ApiError('MissingParameter.EmailAddress');
    checkEmail(email);
  });
};

export const sendPhoneVerification = (call: OperationCall): OperationResult => {
  const phone = call.parameters['PhoneNumber'] ?? '';
  return send(call, 'phone', phone, () => {
    if (phone === '') throw new ApiError('MissingParameter.PhoneNumber');
    checkPhone(phone);
  });
};

/** Gives up a new address that is not verified; the old one stays. */
export function cancelMessageContactUpdate(call: OperationCall): OperationResult {
  const contact = requiredContact(call.parameters, call.store);
  const { EmailAddress: email = '', PhoneNumber: phone = '' } = call.parameters;
  if (email !== '') checkEmail(email);
  if (phone !== '') checkPhone(phone);
  // Inferred: before its first verification a contact has no address to fall back to.
  if (contact.about.status !== 'Active') throw new ApiError('ContactStatusMismatchAction');
  const waiting = waitingAddresses(contact.about);
  const unverified = {
    email: waiting.email === email ? undefined : waiting.email,
    phone: waiting.phone === phone ? undefined : waiting.phone,
  };
  contact.about = { ...contact.about, unverified };
  return applied({});
}

/** Every address that waits for its verification. */
export function listMessageContactVerifications(call: OperationCall): OperationResult {
  const { parameters, store } = call;
  const contacts = parameters['ContactId']
    ? [requiredContact(parameters, store)]
    : [...store.contacts.values()];
  const waiting = contacts.flatMap(({ about }) => {
    const { email, phone } = waitingAddresses(about);
    const targets = [email, phone].filter((target) => target !== undefined);
    return targets.map((Target) => ({ ContactId: about.id, Target }));
  });
  const page = numberedPage(waiting, parameters, store.state.behaviour.maxPageSize, 'cap');
  return found({ ...page.totals, ContactVerifications: page.items });
}

/** Of a contact that is Verifying and names none, its e-mail address. */
export function waitingAddresses({ status, email, unverified }: EmulatedContact): UnverifiedAddresses {
  return unverified ?? (status === 'Verifying' ? { email } : {});
}

/** What the owner of the addresses does by a click: all of them count as verified. */
export function verifyContact(contact: StoredContact): void {
  for (const address of ['email', 'phone'] as const) contact.about = verified(contact.about, address);
}

function send(call: OperationCall, address: Address, written: string, check: () => void): OperationResult {
  const { store, now } = call;
  const contact = requiredContact(call.parameters, store);
  check();
  if (waitingAddresses(contact.about)[address] !== written)
    throw new ApiError('EntityNotExists.Contact.Verification');
  countMessage(store, now);
  if (store.state.behaviour.verification === 'on-send') contact.about = verified(contact.about, address);
  return applied({});
}

function countMessage(store: Store, now: number): void {
  const sent = store.verificationsSent;
  while ((sent[0] ?? now) <= now - DAY_MS) sent.shift();
  if (sent.length >= store.state.quotas.verificationsPerDay) {
    throw new ApiError('SendValidateCodeExceedsLimitForAccount');
  }
  sent.push(now);
}

/** A verified e-mail address makes the contact Active; a phone number is not needed for that (inferred). */
function verified(about: EmulatedContact, address: Address): EmulatedContact {
  const { [address]: target, ...unverified } = waitingAddresses(about);
  if (target === undefined) return about;
  const status = about.status === 'Verifying' && address === 'email' ? 'Active' : about.status;
  return { ...about, [address]: target, unverified, status };
}
