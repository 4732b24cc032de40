import type { ActualBinding, ActualState, Contact } from '../model/actual-state.ts';
import type { DesiredContact } from '../model/desired-state.ts';
import type { ContactId } from '../model/ids.ts';
import type { Ownership, Source } from '../model/manifest.ts';
import type { BindingChange } from '../model/plan.ts';
import type { Target } from '../model/target.ts';
import type { Tally } from './tally.ts';

export function diffContact(
  wanted: DesiredContact,
  contact: Contact,
  ownership: Ownership,
  actual: ActualState,
): Tally {
  const changes: BindingChange[] = [];
  let unchanged = 0;
  let unmanaged = 0;
  for (const { target, source } of wanted.present.values()) {
    if (contact.bindings.has(target.id)) unchanged += 1;
    else changes.push(bindingChange('bind', contact.id, target, target.id, source));
  }
  for (const [id, { target, wireId }] of contact.bindings) {
    if (wanted.present.has(id)) continue;
    const absent = wanted.absent.get(id);
    const unwritten = wanted.statesMembers && ownership !== 'add-only' && !isGone(target, actual);
    if (absent !== undefined || unwritten) {
      changes.push(bindingChange('unbind', contact.id, target, wireId, absent?.source));
    } else unmanaged += 1;
  }
  return { changes, unchanged, unmanaged };
}

/** Only exclusive ownership reaches contacts that the manifest does not name. */
export function diffUnnamedContact(contact: Contact, ownership: Ownership, actual: ActualState): Tally {
  const bindings = [...contact.bindings.values()];
  const removable = ownership === 'exclusive' ? bindings.filter(({ target }) => !isGone(target, actual)) : [];
  return {
    changes: removable.map(({ target, wireId }: ActualBinding) =>
      bindingChange('unbind', contact.id, target, wireId, undefined),
    ),
    unchanged: 0,
    unmanaged: bindings.length - removable.length,
  };
}

/**
 * Whether a bound id has left the directory. Such a binding may be impossible to remove (inferred), so it is
 * removed only where that is written. A folder can be said to be gone only when all folders were read.
 */
function isGone(target: Target, { accounts, folders, directory }: ActualState): boolean {
  switch (target.type) {
    case 'account':
      return (
        accounts !== undefined && !accounts.has(target.id) && target.id !== directory.managementAccountId
      );
    case 'folder':
      return folders !== undefined && !folders.has(target.id);
    case 'directory':
      return target.id !== directory.id;
  }
}

export function bindingChange(
  action: 'bind' | 'unbind',
  contactId: ContactId,
  target: Target,
  wireId: string,
  source: Source | undefined,
): BindingChange {
  const id = `${action}:${contactId}:${target.id}`;
  return { id, kind: 'contact', action, contactId, target, wireId, source };
}
