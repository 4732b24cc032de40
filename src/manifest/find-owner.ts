import type { ActualState } from '../model/actual-state.ts';
import type { AggregatorId, ContactId } from '../model/ids.ts';
import type { WrittenOwner } from '../model/manifest.ts';
import { didYouMean } from './did-you-mean.ts';
import { faulty, type Parsed, parsed } from './finding.ts';
import type { OwnerKind } from './owner.ts';
import { oneOf, show } from './show.ts';

interface Named<Id> {
  readonly id: Id;
  readonly name: string;
}

/** @throws Error when contacts were not read: a defect, since the manifest names one */
export function findContact({ ref }: WrittenOwner<ContactId>, actual: ActualState): Parsed<ContactId> {
  if (actual.contacts === undefined)
    throw new Error('the manifest names a contact, and contacts were not read');
  return find('contact', ref, [...actual.contacts.values()]);
}

export function findAggregator(
  { ref }: WrittenOwner<AggregatorId>,
  actual: ActualState,
): Parsed<AggregatorId> {
  const read = [...actual.aggregators.values()];
  return find('aggregator', ref, ref.by === 'name' ? (actual.aggregatorList ?? read) : read);
}

function find<Id extends ContactId | AggregatorId>(
  kind: OwnerKind,
  ref: WrittenOwner<Id>['ref'],
  all: readonly Named<Id>[],
): Parsed<Id> {
  if (ref.by === 'id')
    return all.some(({ id }) => id === ref.id)
      ? parsed(ref.id)
      : notFound(
          kind,
          ref.id,
          all.map(({ id }) => id),
        );
  const found = all.filter(({ name }) => name === ref.name);
  const [first, second] = found;
  if (first === undefined)
    return notFound(
      kind,
      ref.name,
      all.map(({ name }) => name),
    );
  if (second === undefined) return parsed(first.id);
  const ids = oneOf(found.map(({ id }) => id));
  return faulty(
    `${kind}-ambiguous`,
    `${found.length} ${kind}s have the name ${show(ref.name)}; write the id, ${ids}`,
  );
}

function notFound(kind: OwnerKind, text: string, candidates: readonly string[]): Parsed<never> {
  const hint = didYouMean(text, candidates) || '; check it, and which directory it belongs to';
  return faulty(`${kind}-not-found`, `there is no ${kind} ${show(text)}${hint}`);
}
