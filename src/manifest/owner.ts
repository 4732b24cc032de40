import { type AggregatorId, type ContactId, parseAggregatorId, parseContactId } from '../model/ids.ts';
import type { WrittenOwner } from '../model/manifest.ts';
import { faulty, type Parsed, parsed } from './finding.ts';
import { cleanText, idFault } from './id-text.ts';
import { isEmail, show } from './show.ts';

export type OwnerKind = 'contact' | 'aggregator';
export type ContactRef = WrittenOwner<ContactId>['ref'];
export type AggregatorRef = WrittenOwner<AggregatorId>['ref'];

export const parseContactRef = (written: string): Parsed<ContactRef> =>
  parseRef(written, 'contact', parseContactId);

export const parseAggregatorRef = (written: string): Parsed<AggregatorRef> =>
  parseRef(written, 'aggregator', parseAggregatorId);

/** Text of one owner: an id of its kind, else a name. Ids of another kind are refused, they are never names. */
function parseRef<Id extends ContactId | AggregatorId>(
  written: string,
  kind: OwnerKind,
  parseId: (text: string) => Id | undefined,
): Parsed<WrittenOwner<Id>['ref']> {
  const { text, note } = cleanText(written, kind);
  if (text === '')
    return faulty('owner-empty', `the ${kind} is empty, expected its id or its name; fill it in`);
  const id = parseId(text);
  if (id !== undefined) return parsed({ by: 'id', id }, note);
  if (isEmail(text)) {
    return faulty('owner-is-email', `the ${kind} is an e-mail address; write its id or its name`);
  }
  if (parseContactId(text) !== undefined || parseAggregatorId(text) !== undefined) {
    return faulty(
      'owner-kind',
      `${show(text)} is not the id of ${kind === 'contact' ? 'a contact (c-...)' : 'an aggregator (ca-...)'}; write it under the other kind`,
    );
  }
  if (/^(?:\d{16}|(?:fd|rd|r)-[A-Za-z0-9]+)$/.test(text)) {
    return faulty('owner-is-member', `${kind} ${show(text)} is the id of a member; are the columns swapped?`);
  }
  const masked = idFault(text, kind);
  if (masked?.code === 'id-masked') return { ok: false, fault: masked };
  return parsed({ by: 'name', name: text }, note);
}

/** Equal for the same spelling of an owner. */
export const refKey = (ref: WrittenOwner<ContactId | AggregatorId>['ref']): string =>
  ref.by === 'id' ? `id ${ref.id}` : `name ${ref.name}`;
