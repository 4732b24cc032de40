import type { Contact } from '../model/actual-state.ts';
import { reaches } from '../model/coverage.ts';
import type { AccountId, ContactId } from '../model/ids.ts';
import type { BindingChange } from '../model/plan.ts';
import type { Target } from '../model/target.ts';
import type { Territory } from '../model/territory.ts';
import { LiveReach } from './live-reach.ts';

export type RemovalVerdict =
  | { readonly kind: 'go' }
  /** It is not bound any more. */
  | { readonly kind: 'already' }
  | { readonly kind: 'hold'; readonly because: string };

/** A binding that the plan counts on: it was there when the plan was made and stays, or it is to be added. */
export interface CountedOn {
  readonly contactId: ContactId;
  readonly target: Target;
  /** The contact when the plan was made; left out: it counts as what it is. */
  readonly planned?: Pick<Contact, 'status' | 'messageTypes'> | undefined;
}

/** Whether the plan means an account to be without a contact for a message type. */
export type MayLose = (accountId: AccountId, messageType: string) => boolean;

export interface Leeway {
  /** Left out: whatever nobody counts on may go. */
  readonly mayLose?: MayLose;
  /** Removals that went out before: a reading that lags may still show what they took away. */
  readonly sent?: readonly BindingChange[];
}

/**
 * Judges the removals one by one against what was just read. A removal is held when an account would lose what
 * the plan means it to keep, this contact or its last contact for a message type, because a binding that the
 * plan counts on is not there, or its contact is not any more what the plan took it for; and when it would lose its
 * last contact for a message type, for whatever reason, and the plan did not foresee that.
 * @param fresh  every contact as read after the additions
 */
export function judgeRemovals(
  removals: readonly BindingChange[],
  countedOn: readonly CountedOn[],
  fresh: ReadonlyMap<ContactId, Contact>,
  territory: Territory,
  { mayLose, sent = [] }: Leeway = {},
): ReadonlyMap<BindingChange, RemovalVerdict> {
  const missing = missingOf(countedOn, fresh);
  const reach = new LiveReach(fresh, territory);
  for (const removal of sent) if (reach.isBound(removal)) reach.remove(removal);
  return new Map(removals.map((removal) => [removal, judgeOne(removal, missing, reach, territory, mayLose)]));
}

/** What is not there, or does not reach as the plan has it. */
export const missingOf = (
  countedOn: readonly CountedOn[],
  fresh: ReadonlyMap<ContactId, Contact>,
): readonly CountedOn[] =>
  countedOn.filter((one) => {
    const now = fresh.get(one.contactId);
    return now?.bindings.has(one.target.id) !== true || whatItLost(one, now) !== undefined;
  });

/** One that may go is taken out of the reach. */
export function judgeOne(
  removal: BindingChange,
  missing: readonly CountedOn[],
  reach: LiveReach,
  territory: Territory,
  mayLose: MayLose = () => true,
): RemovalVerdict {
  if (!reach.isBound(removal)) return { kind: 'already' };
  const accounts = new Set(territory.under(removal.target));
  const lost = reach.wouldLose(removal, accounts);
  const needs = (id: AccountId, { contactId, planned }: CountedOn): boolean => {
    const { messageTypes = [] } = planned ?? reach.contact(contactId) ?? {};
    return contactId === removal.contactId || reach.isLastFor(removal, id, messageTypes);
  };
  for (const absent of missing) {
    const left = territory.under(absent.target).find((id) => lost.has(id) && needs(id, absent));
    if (left !== undefined) return { kind: 'hold', because: held(left, absent, reach) };
  }
  for (const id of lost) {
    const type = reach.onlyBy(removal, id).find((one) => !mayLose(id, one));
    if (type !== undefined) return { kind: 'hold', because: unforeseen(id, type) };
  }
  reach.remove(removal);
  return { kind: 'go' };
}

/** How a contact falls short of what the plan took it for; undefined when it does not. */
function whatItLost({ planned }: CountedOn, now: Contact): string | undefined {
  if (planned === undefined || !reaches(planned)) return undefined;
  if (!reaches(now)) return 'is not Active any more';
  const types = planned.messageTypes.filter((type) => !now.messageTypes.includes(type));
  return types.length === 0 ? undefined : `is not for ${types.join(', ')} any more`;
}

function held(accountId: AccountId, absent: CountedOn, reach: LiveReach): string {
  const now = reach.contact(absent.contactId);
  const isBound = now?.bindings.has(absent.target.id) === true;
  const lack = isBound ? whatItLost(absent, now) : undefined;
  return `account ${accountId} would be left without what the plan keeps for it: ${absent.contactId} ${lack ?? `is not bound to ${absent.target.id}`}`;
}

const unforeseen = (accountId: AccountId, messageType: string): string =>
  `account ${accountId} would lose its last contact for ${messageType}, which the plan did not foresee: somebody else has changed something since; run again`;
