import type { AggregatorId, ContactId } from '../model/ids.ts';
import type { Manifest, WrittenMember, WrittenOwner } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import { error } from './finding.ts';
import type { ManifestLimits } from './limits.ts';
import { show } from './show.ts';

/**
 * Owners that are written with more ids than one can hold. Where the cloud is read, it says better what they come to:
 * with names and selectors, and under a quota that was raised.
 */
export const beyondCaps = (
  { contacts, aggregators }: Pick<Manifest, 'contacts' | 'aggregators'>,
  { targetsPerContact, accountsPerAggregator }: ManifestLimits,
): readonly Problem[] => [
  ...contacts.flatMap((contact) => {
    const count = countIds(contact.members);
    if (count <= targetsPerContact) return [];
    const message = `contact ${nameOf(contact)} is written with ${count} targets, at most ${targetsPerContact} are possible; bind folders or the directory in their place, or raise --targets-per-contact if the quota was raised`;
    return [error('targets-too-many', contact.source, message)];
  }),
  ...aggregators.flatMap((aggregator) => {
    const count = countIds(aggregator.members);
    if (count <= accountsPerAggregator) return [];
    const message = `aggregator ${nameOf(aggregator)} is written with ${count} accounts, at most ${accountsPerAggregator} are possible; use another aggregator, or raise --accounts-per-aggregator if the quota was raised`;
    return [error('accounts-too-many', aggregator.source, message)];
  }),
];

/** What is written by a name may be the same as what is written by its id. */
function countIds(members: readonly WrittenMember[]): number {
  const ids = members.flatMap(({ ensure, selector }) => {
    if (ensure === 'absent') return [];
    if (selector.type === 'directory') return ['directory'];
    return selector.type === 'account' || selector.type === 'folder' ? [selector.id] : [];
  });
  return new Set(ids).size;
}

const nameOf = ({ ref }: WrittenOwner<ContactId | AggregatorId>): string =>
  ref.by === 'id' ? ref.id : show(ref.name);
