import type { ActualState } from '../model/actual-state.ts';
import { compareText } from '../model/compare.ts';
import { type BoundContact, computeCoverage, type Reach } from '../model/coverage.ts';
import type { AccountId } from '../model/ids.ts';
import type { Target } from '../model/target.ts';
import { Territory } from '../model/territory.ts';
import { MESSAGE_TYPES } from '../wire/resource-directory.ts';
import { contactOwner, targetMember } from './member-names.ts';

/** What `coverage --json` prints, or one of the two sides of it: public interface. */
export interface CoverageView {
  readonly directoryId: string;
  /** Every member account, by path. */
  readonly accounts: readonly CoveredAccount[];
  /** Ids of accounts that no contact reaches. */
  readonly unreached: readonly string[];
}

export interface CoveredAccount {
  readonly id: string;
  readonly name: string;
  /** Folder names from Root down, then its own; its name alone where folder names were not read. */
  readonly path: string;
  readonly contacts: readonly CoveringContact[];
  /** What the contacts bring: documented types in their documented order, then others. */
  readonly messageTypes: readonly string[];
  /** Documented types that no contact brings. */
  readonly missing: readonly string[];
}

export interface CoveringContact {
  readonly id: string;
  readonly name: string;
  /** Where somebody asked to see it. */
  readonly emailAddress?: string | undefined;
  readonly phoneNumber?: string | undefined;
  readonly messageTypes: readonly string[];
  readonly via: readonly { readonly type: Target['type']; readonly id: string }[];
}

/** @param contacts  with what they are bound to, now or after a plan */
export function coverageView(actual: ActualState, contacts: Iterable<BoundContact>): CoverageView {
  const coverage = computeCoverage(new Territory(actual.accounts?.values() ?? []), contacts);
  const accounts = [...coverage].map(([id, reaches]) => coveredAccount(id, reaches, actual));
  return {
    directoryId: actual.directory.id,
    accounts: accounts.sort((a, b) => compareText(a.path, b.path) || compareText(a.id, b.id)),
    unreached: accounts.flatMap((account) => (account.contacts.length === 0 ? [account.id] : [])).sort(),
  };
}

function coveredAccount(id: AccountId, reaches: readonly Reach[], actual: ActualState): CoveredAccount {
  const { name, path } = targetMember({ type: 'account', id }, actual);
  const contacts = reaches.map((reach) => coveringContact(reach, actual));
  const brought = new Set(contacts.flatMap(({ messageTypes }) => messageTypes));
  return {
    id,
    name: name ?? '',
    path: path ?? name ?? '',
    contacts: contacts.sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id)),
    messageTypes: inDocumentedOrder(brought),
    missing: MESSAGE_TYPES.filter((type) => !brought.has(type)),
  };
}

function coveringContact({ contactId, messageTypes, via }: Reach, actual: ActualState): CoveringContact {
  const { name, ...owner } = contactOwner(contactId, actual);
  return {
    ...owner,
    name: name ?? '',
    messageTypes: [...messageTypes],
    via: via.map(({ type, id }) => ({ type, id })).sort(nearestFirst),
  };
}

const NEARNESS = { account: 0, folder: 1, directory: 2 } as const;

const nearestFirst = (a: CoveringContact['via'][number], b: CoveringContact['via'][number]): number =>
  NEARNESS[a.type] - NEARNESS[b.type] || compareText(a.id, b.id);

function inDocumentedOrder(types: ReadonlySet<string>): string[] {
  const documented: readonly string[] = MESSAGE_TYPES;
  const others = [...types].filter((type) => !documented.includes(type)).sort();
  return [...MESSAGE_TYPES.filter((type) => types.has(type)), ...others];
}
