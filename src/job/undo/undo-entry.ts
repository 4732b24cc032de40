import {
  type AggregatorId,
  type ContactId,
  parseAccountId,
  parseAggregatorId,
  parseContactId,
  parseDirectoryId,
  parseFolderId,
} from '../../model/ids.ts';
import type { Selector, Source, WrittenMember } from '../../model/manifest.ts';
import type { ReportChange } from '../../report/report-schema.ts';

/** The inverse of one applied change, as a manifest would write it. */
export interface UndoEntry<Id extends ContactId | AggregatorId> {
  readonly owner: Id;
  readonly member: WrittenMember;
}

export type EntryOf<Id extends ContactId | AggregatorId> = (
  change: ReportChange,
  source: Source,
) => UndoEntry<Id> | undefined;

/** Undefined when the change has an id of no known form, or is no change of a contact. */
export const contactEntry: EntryOf<ContactId> = ({ action, owner, member }, source) => {
  const id = parseContactId(owner.id);
  const selector = targetSelector(member.id);
  if (id === undefined || selector === undefined) return undefined;
  if (action !== 'bind' && action !== 'unbind') return undefined;
  return { owner: id, member: inverse(selector, action === 'bind', source) };
};

/** Undefined when the change has an id of no known form, or is no change of an account group. */
export const groupEntry: EntryOf<AggregatorId> = ({ action, owner, member }, source) => {
  const id = parseAggregatorId(owner.id);
  const selector = accountSelector(member.id);
  if (id === undefined || selector === undefined) return undefined;
  if (action !== 'add-account' && action !== 'remove-account') return undefined;
  return { owner: id, member: inverse(selector, action === 'add-account', source) };
};

const inverse = (selector: Selector, wasAdded: boolean, source: Source): WrittenMember => ({
  selector,
  source,
  ensure: wasAdded ? 'absent' : 'present',
  accountName: undefined,
});

/** Undefined for an id of no known form. */
export function targetSelector(text: string): Selector | undefined {
  const folder = parseFolderId(text);
  if (folder !== undefined) return { type: 'folder', id: folder };
  const directory = parseDirectoryId(text);
  return directory === undefined ? accountSelector(text) : { type: 'directory', id: directory };
}

function accountSelector(text: string): Selector | undefined {
  const id = parseAccountId(text);
  return id && { type: 'account', id };
}
