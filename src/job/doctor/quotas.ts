import type { AggregatorSummary, Contact } from '../../model/actual-state.ts';
import type { DiagnosedQuota } from '../../report/diagnosis.ts';
import { DEFAULT_CONTACTS_PER_DIRECTORY } from '../../wire/resource-directory.ts';
import type { Listing } from './listing.ts';

/** From this share of a cap on it is told. */
const NEAR = 0.8;

export const isNear = ({ used, cap }: DiagnosedQuota): boolean => used >= NEAR * cap;

/** How full the directory is, as far as it was read: the number of contacts, and all that is near a cap. */
export function directoryQuotas(
  contacts: Listing<Contact> | undefined,
  groups: readonly AggregatorSummary[],
  limits: { readonly targetsPerContact: number; readonly accountsPerAggregator: number },
): readonly DiagnosedQuota[] {
  const bound = (contacts?.items ?? []).map(({ id, bindings }) => ({
    what: `targets of contact ${id}`,
    used: bindings.size,
    cap: limits.targetsPerContact,
  }));
  const members = groups
    .filter(({ type }) => type === 'CUSTOM')
    .map(({ id, accountCount }) => ({
      what: `accounts of account group ${id}`,
      used: accountCount,
      cap: limits.accountsPerAggregator,
    }));
  const all = contacts && {
    what: 'contacts of the directory',
    used: contacts.totalCount ?? contacts.items.length,
    cap: DEFAULT_CONTACTS_PER_DIRECTORY,
  };
  return [...(all === undefined ? [] : [all]), ...[...bound, ...members].filter(isNear)];
}
