import { asText, csvRow, faithful, forComment, forPeople } from './csv-cell.ts';
import type { LiveManifest, LiveOwner } from './live-manifest.ts';
import type { LiveMember } from './live-members.ts';
import type { OwnerKind } from './owner.ts';

const HEADER = 'kind,owner,member,account_name,note';
/** Without it some spreadsheets read UTF-8 as another encoding, and would save the names so. */
const BYTE_ORDER_MARK = '\ufeff';

/** The live state as a table that can pass through a spreadsheet. What a row cannot say stands as a comment. */
export function writeCsv({ directoryId, contacts, aggregators }: LiveManifest): string {
  const lines = [
    HEADER,
    `# Resource directory ${directoryId} as it is: planning this file shows no change`,
    ...(contacts ?? []).flatMap((owner) => ownerLines('contact', owner)),
    ...(aggregators ?? []).flatMap((owner) => ownerLines('aggregator', owner)),
  ];
  const text = `${lines.join('\n')}\n`;
  return /[^\n\t -~]/.test(text) ? BYTE_ORDER_MARK + text : text;
}

function ownerLines(kind: OwnerKind, owner: LiveOwner): readonly string[] {
  const { members, gone, obstacle } = owner;
  const called = forComment([owner.id, owner.label].join(' ').trim());
  const goneLines = gone.map((id) => `# ${called} holds ${id} which is no longer in the directory`);
  if (obstacle !== undefined) return [`# ${called} ${forComment(obstacle)}`, ...goneLines];
  if (members.length === 0) return [`# ${called} has no binding that a row can say`, ...goneLines];
  return [...members.map((member) => memberRow(kind, owner, member)), ...goneLines];
}

function memberRow(kind: OwnerKind, owner: LiveOwner, member: LiveMember): string {
  const accountName = faithful(member.accountName);
  const names = [owner.label, member.label].filter((name) => name !== '');
  return csvRow([kind, owner.id, asId(member.written), accountName, forPeople(names.join(': '))]);
}

/** Only digits alone are in danger: the other ids start with letters. */
const asId = (written: string): string => (/^\d/.test(written) ? asText(written) : written);
