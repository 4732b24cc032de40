import type { Contact } from '../model/actual-state.ts';
import { reaches } from '../model/coverage.ts';
import type { AccountId, ContactId } from '../model/ids.ts';
import type { BindingChange } from '../model/plan.ts';
import type { Target, TargetId } from '../model/target.ts';
import type { Territory } from '../model/territory.ts';

export type RemovalVerdict =
  | { readonly kind: 'go' }
  /** It is not bound any more. */
  | { readonly kind: 'already' }
  | { readonly kind: 'hold'; readonly because: string };

/** A binding that the plan counts on: it was there when the plan was made and stays, or it is to be added. */
export interface CountedOn {
  readonly contactId: ContactId;
  readonly target: Target;
}

/**
 * Judges the removals one by one against what was just read. A removal is held when an account would lose what
 * the plan means it to keep, this contact or its last contact for a message type, because a binding that the
 * plan counts on is not there.
 * @param fresh  every contact as read after the additions
 */
export function judgeRemovals(
  removals: readonly BindingChange[],
  countedOn: readonly CountedOn[],
  fresh: ReadonlyMap<ContactId, Contact>,
  territory: Territory,
): ReadonlyMap<BindingChange, RemovalVerdict> {
  const missing = countedOn.filter(({ contactId, target }) => !fresh.get(contactId)?.bindings.has(target.id));
  const reach = new LiveReach(fresh, territory);
  return new Map(removals.map((removal) => [removal, judge(removal, missing, reach, territory)]));
}

function judge(
  removal: BindingChange,
  missing: readonly CountedOn[],
  reach: LiveReach,
  territory: Territory,
): RemovalVerdict {
  if (!reach.isBound(removal)) return { kind: 'already' };
  const accounts = new Set(territory.under(removal.target));
  const lost = reach.wouldLose(removal, accounts);
  const needs = (id: AccountId, { contactId }: CountedOn): boolean =>
    contactId === removal.contactId || reach.isLastFor(removal, id, contactId);
  for (const absent of missing) {
    const left = territory.under(absent.target).find((id) => lost.has(id) && needs(id, absent));
    if (left !== undefined) return { kind: 'hold', because: held(left, absent) };
  }
  reach.remove(removal);
  return { kind: 'go' };
}

const held = (accountId: AccountId, { contactId, target }: CountedOn): string =>
  `account ${accountId} would be left without what the plan keeps for it: ${contactId} is not bound to ${target.id}`;

/** Who reaches whom while removals are taken out one after the other. */
class LiveReach {
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

  isBound({ contactId, target }: BindingChange): boolean {
    return this.#bound.get(contactId)?.has(target.id) ?? false;
  }

  remove({ contactId, target }: BindingChange): void {
    this.#shift(contactId, target, -1);
  }

  /** The accounts that the contact reaches by this binding only. */
  wouldLose({ contactId }: BindingChange, accounts: ReadonlySet<AccountId>): ReadonlySet<AccountId> {
    const ways = this.#ways.get(contactId);
    return new Set([...accounts].filter((id) => ways?.get(id) === 1));
  }

  /** Whether the removal takes away a message type that the account has by nobody else and the awaited contact brings. */
  isLastFor({ contactId }: BindingChange, accountId: AccountId, awaited: ContactId): boolean {
    const others = [...this.#contacts.values()].filter(
      (contact) => contact.id !== contactId && reaches(contact) && this.#reaches(contact.id, accountId),
    );
    const kept = new Set(others.flatMap(({ messageTypes }) => messageTypes));
    const brought = new Set(this.#contacts.get(awaited)?.messageTypes);
    const now = this.#contacts.get(contactId)?.messageTypes ?? [];
    return others.length === 0 || now.some((type) => brought.has(type) && !kept.has(type));
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
