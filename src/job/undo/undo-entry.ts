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

export const contactEntry = entryOf(parseContactId, targetSelector, { adds: 'bind', removes: 'unbind' });
export const groupEntry = entryOf(parseAggregatorId, accountSelector, {
  adds: 'add-account',
  removes: 'remove-account',
});

/** Gives undefined for a change that has an id of no known form, or another action. */
function entryOf<Id extends ContactId | AggregatorId>(
  ownerOf: (text: string) => Id | undefined,
  selectorOf: (text: string) => Selector | undefined,
  { adds, removes }: Readonly<Record<'adds' | 'removes', ReportChange['action']>>,
): EntryOf<Id> {
  return ({ action, owner, member }, source) => {
    const id = ownerOf(owner.id);
    const selector = selectorOf(member.id);
    if (id === undefined || selector === undefined) return undefined;
    if (action !== adds && action !== removes) return undefined;
    const ensure = action === adds ? 'absent' : 'present';
    return { owner: id, member: { selector, source, ensure, accountName: undefined } };
  };
}

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
