import type { ActualState, Folder } from '../model/actual-state.ts';
import type { AccountId, AggregatorId, ContactId, FolderId } from '../model/ids.ts';
import type { MembershipChange } from '../model/plan.ts';
import type { Target } from '../model/target.ts';
import { maskEmails, maskPersonalData } from './personal-data.ts';
import type { ReportChange } from './report-schema.ts';

type Owner = ReportChange['owner'];
type Member = ReportChange['member'];

export function contactOwner(id: ContactId, actual: ActualState | undefined): Owner {
  const contact = actual?.contacts?.get(id);
  return { id, name: masked(contact?.name, maskPersonalData), ...contact?.personalData };
}

export function aggregatorOwner(id: AggregatorId, actual: ActualState | undefined): Owner {
  const summary = actual?.aggregators.get(id) ?? actual?.aggregatorList?.find((entry) => entry.id === id);
  return { id, name: masked(summary?.name, maskEmails) };
}

export function targetMember(target: Target, actual: ActualState | undefined): Member {
  if (target.type === 'account') return accountMember(target.id, undefined, actual);
  if (target.type === 'folder') return folderMember(target.id, actual);
  return { id: target.id, name: null, type: 'directory', path: '/' };
}

/** An account that is not in the directory any more has only the name that the group keeps for it. */
export function groupMember(change: MembershipChange, actual: ActualState | undefined): Member {
  const listed = actual?.aggregators.get(change.aggregatorId)?.accounts.get(change.accountId);
  return accountMember(change.accountId, listed?.name || change.accountName, actual);
}

function accountMember(
  id: AccountId,
  otherName: string | undefined,
  actual: ActualState | undefined,
): Member {
  const account = actual?.accounts?.get(id);
  const managementName =
    actual?.directory.managementAccountId === id ? actual.directory.managementAccountName : undefined;
  const name = masked(account?.displayName ?? managementName ?? otherName, maskEmails);
  const path = account && pathOf([...account.folderPath], account.displayName, actual);
  return { id, name, type: 'account', ...(path === undefined ? {} : { path: maskEmails(path) }) };
}

function folderMember(id: FolderId, actual: ActualState | undefined): Member {
  const folder = folderOf(id, actual);
  const path = folder && pathOf(foldersAbove(id, actual), folder.name, actual);
  return {
    id,
    name: masked(folder?.name, maskEmails),
    type: 'folder',
    ...(path === undefined ? {} : { path: maskEmails(path) }),
  };
}

/** Outermost first, without Root. A folder seen twice ends the walk: what was read may be wrong. */
function foldersAbove(id: FolderId, actual: ActualState | undefined): FolderId[] {
  const above: FolderId[] = [];
  for (let folder = folderOf(id, actual); folder !== undefined; ) {
    const parent = folderOf(folder.parentId as FolderId, actual);
    if (parent === undefined || above.includes(parent.id)) break;
    above.unshift(parent.id);
    folder = parent;
  }
  return above;
}

/** Undefined unless every folder's name is known. */
function pathOf(
  folderIds: readonly FolderId[],
  ownName: string,
  actual: ActualState | undefined,
): string | undefined {
  const names = folderIds.map((id) => folderOf(id, actual)?.name);
  return names.includes(undefined) ? undefined : `/${[...names, ownName].join('/')}`;
}

/** Of a whole tree, or as far as it was read. */
const folderOf = (id: FolderId, actual: ActualState | undefined): Folder | undefined =>
  (actual?.folders ?? actual?.foldersOnPaths?.byId)?.get(id);

function masked(name: string | undefined, mask: (text: string) => string): string | null {
  return name === undefined ? null : mask(name);
}
