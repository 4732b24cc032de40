import { MAX_MEMBERS_PER_CALL } from '../wire/resource-directory.ts';
import { ApiError } from './api-error.ts';
import { hasForm } from './id-forms.ts';
import { applied, type OperationCall, type OperationResult, type Parameters } from './operation.ts';
import { listParameter, wireDate } from './parameters.ts';
import type { Store, StoredContact } from './store.ts';

/** Binds all of the members or none. The page names no order of checks; this one is chosen (inferred). */
export function associateMembers(call: OperationCall): OperationResult {
  const { store, now } = call;
  const contact = contactToChange(call);
  const members = membersOf(call, 'InvalidParameter.Members');
  const bound = contact.targets.present;
  const fresh = store.canonical(members).filter((id) => !bound.includes(id));
  if (store.state.behaviour.rebind === 'strict' && fresh.length < members.length) {
    throw new ApiError('InvalidParameter.Members', 'An object is already bound.');
  }
  if (bound.length + fresh.length > store.state.quotas.targetsPerContact) {
    throw new ApiError('LimitExceeded.ContactMembers');
  }
  if (fresh.length > 0) store.setTargets(contact, [...bound, ...fresh], now);
  return applied(receipt(contact, members, now));
}

/** Unbinds all of the members or none. */
export function disassociateMembers(call: OperationCall): OperationResult {
  const { store, now } = call;
  const contact = contactToChange(call);
  const members = membersOf(call, 'InvalidParameter.Members.Length', contact);
  const bound = contact.targets.present;
  const leaving = new Set(store.canonical(members));
  const kept = bound.filter((id) => !leaving.has(id));
  if (store.state.behaviour.unbindAbsent === 'strict' && bound.length - kept.length < leaving.size) {
    throw new ApiError('InvalidMember', 'An object is not bound.');
  }
  if (kept.length < bound.length) store.setTargets(contact, kept, now);
  noteUnbindingFolders(
    bound.filter((id) => leaving.has(id)),
    call,
  );
  return applied(receipt(contact, members, now));
}

/** @throws ApiError  when the id is missing, malformed or unknown */
export function requiredContact(parameters: Parameters, store: Store): StoredContact {
  const id = parameters['ContactId'] ?? '';
  if (id === '') throw new ApiError('MissingParameter.ContactId');
  if (!hasForm('contact', id)) throw new ApiError('InvalidParameter.ContactId');
  const contact = store.contacts.get(id);
  if (contact === undefined) throw new ApiError('EntityNotExists.Contact');
  return contact;
}

function contactToChange({ parameters, store }: OperationCall): StoredContact {
  const contact = requiredContact(parameters, store);
  if (!store.state.behaviour.statusesThatBind.includes(contact.about.status)) {
    throw new ApiError('ContactStatusMismatchAction');
  }
  return contact;
}

/** The members of folders that were unbound are dealt with in the background (user guide). */
function noteUnbindingFolders(unbound: readonly string[], { store, now }: OperationCall): void {
  const busyMs = store.state.behaviour.folderUnbindMs;
  if (busyMs === 0) return;
  for (const id of unbound) store.folderBusyUntil.set(id, now + busyMs);
}

/** @param bound  of which ids that left the directory are taken too, where the state says so */
function membersOf(
  { parameters, store }: OperationCall,
  codeForTooMany: string,
  bound?: StoredContact,
): readonly string[] {
  const members = listParameter(parameters, 'Members');
  if (members.length === 0) throw new ApiError('InvalidParameter.Members');
  if (members.length > MAX_MEMBERS_PER_CALL) throw new ApiError(codeForTooMany);
  if (!members.every((id) => hasForm('target', id))) throw new ApiError('InvalidParameter.Members');
  if (store.canonical(members).length < members.length) {
    throw new ApiError('InvalidParameter.Members.Duplicate');
  }
  const gone = store.state.behaviour.unbindGone === 'accepted' ? bound?.targets.present : undefined;
  if (!members.every((id) => store.tree.isTarget(id) || gone?.includes(id)))
    throw new ApiError('InvalidMember');
  return members;
}

const receipt = (contact: StoredContact, members: readonly string[], now: number): object => ({
  Members: members.map((id) => ({ ContactId: contact.about.id, MemberId: id, ModifyDate: wireDate(now) })),
});
