import type { Contact } from '../model/actual-state.ts';
import { reaches } from '../model/coverage.ts';
import type { AccountId, ContactId } from '../model/ids.ts';
import type { BindingChange } from '../model/plan.ts';
import type { Target, TargetId } from '../model/target.ts';
import type { Territory } from '../model/territory.ts';

/** Who reaches whom while removals are taken out one after the other. */
export class LiveReach {
  readonly #contacts: ReadonlyMap<ContactId, Contact>;
  readonly #territory: Territory;
  readonly #bound = new Map<ContactId, Map<TargetId, Target>>();
  /** For every contact, by how many bindings it reaches each account. */
  readonly #ways = new Map<ContactId, Map<AccountId, number>>();

  constructor(contacts: ReadonlyMap<ContactId, Contact>, territory: Territory) {
    this.#contacts = contacts;
    this.#territory = territory;
    for (const [id, { bindings }] of contacts) {
      this.#bound.set(id, new Map());
      this.#ways.set(id, new Map());
      for (const { target } of bindings.values()) this.#shift(id, target, 1);
    }
  }

  contact(id: ContactId): Contact | undefined {
    return this.#contacts.get(id);
  }

  isBound({ contactId, target }: BindingChange): boolean {
    return this.#bound.get(contactId)?.has(target.id) ?? false;
  }

  remove({ contactId, target }: BindingChange): void {
    this.#shift(contactId, target, -1);
  }

  putBack({ contactId, target }: BindingChange): void {
    this.#shift(contactId, target, 1);
  }

  /** The accounts that the contact reaches by this binding only. */
  wouldLose({ contactId }: BindingChange, accounts: ReadonlySet<AccountId>): ReadonlySet<AccountId> {
    const ways = this.#ways.get(contactId);
    return new Set([...accounts].filter((id) => ways?.get(id) === 1));
  }

  /** Whether the removal takes away a message type that the account has by nobody else and that is still to be brought. */
  isLastFor({ contactId }: BindingChange, accountId: AccountId, toCome: readonly string[]): boolean {
    const others = this.#othersThan(contactId, accountId);
    const kept = new Set(others.flatMap(({ messageTypes }) => messageTypes));
    const brought = new Set(toCome);
    const now = this.#contacts.get(contactId)?.messageTypes ?? [];
    return others.length === 0 || now.some((type) => brought.has(type) && !kept.has(type));
  }

  /** Message types that the account has by the contact of the removal, and by nobody else. */
  onlyBy({ contactId }: BindingChange, accountId: AccountId): readonly string[] {
    const contact = this.#contacts.get(contactId);
    if (contact === undefined || !reaches(contact)) return [];
    const others = this.#othersThan(contactId, accountId);
    const kept = new Set(others.flatMap(({ messageTypes }) => messageTypes));
    return contact.messageTypes.filter((type) => !kept.has(type));
  }

  /** The other contacts that reach the account. */
  #othersThan(contactId: ContactId, accountId: AccountId): readonly Contact[] {
    return [...this.#contacts.values()].filter(
      (contact) => contact.id !== contactId && reaches(contact) && this.#reaches(contact.id, accountId),
    );
  }

  #reaches(contactId: ContactId, accountId: AccountId): boolean {
    return (this.#ways.get(contactId)?.get(accountId) ?? 0) > 0;
  }

  #shift(contactId: ContactId, target: Target, by: 1 | -1): void {
    const ways = this.#ways.get(contactId);
    for (const accountId of this.#territory.under(target)) {
      ways?.set(accountId, (ways.get(accountId) ?? 0) + by);
    }
    if (by === 1) this.#bound.get(contactId)?.set(target.id, target);
    else this.#bound.get(contactId)?.delete(target.id);
  }
}
