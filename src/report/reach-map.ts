import type { Account, ActualState, Folder } from '../model/actual-state.ts';
import { compareText } from '../model/compare.ts';
import type { Coverage } from '../model/coverage.ts';
import type { FolderId } from '../model/ids.ts';
import type { TargetResult } from '../model/target-result.ts';
import { contactOwner } from './member-names.ts';
import { maskEmails } from './personal-data.ts';
import type { ReportMap } from './report-schema.ts';

/** Who reaches which account, with the folders between them; null where that is not known. */
export function reachMap({ actual, coverage }: Pick<TargetResult, 'actual' | 'coverage'>): ReportMap | null {
  if (actual?.accounts === undefined || coverage === undefined) return null;
  const accounts = [...actual.accounts.values()];
  const contacts = new Set([...coverage.values()].flatMap((reaches) => reaches.map((one) => one.contactId)));
  return {
    folders: foldersOf(actual.folders ?? actual.foldersOnPaths?.byId, accounts),
    contacts: [...contacts].sort(compareText).map((id) => ({ id, name: contactOwner(id, actual).name })),
    accounts: accounts.map((account) => mappedAccount(account, coverage)).sort(byId),
  };
}

function mappedAccount(
  { id, displayName, folderPath }: Account,
  coverage: Coverage,
): ReportMap['accounts'][number] {
  const contacts = (coverage.get(id) ?? []).map(({ contactId }) => contactId).sort(compareText);
  return { id, name: maskEmails(displayName), folderId: folderPath.at(-1) ?? null, contacts };
}

/** Those that were listed, and those that show in the path of an account only: their names were not read. */
function foldersOf(listed: ActualState['folders'], accounts: readonly Account[]): ReportMap['folders'] {
  const parents = new Map<FolderId, FolderId | null>();
  for (const { folderPath } of accounts)
    for (const [depth, id] of folderPath.entries()) parents.set(id, folderPath[depth - 1] ?? null);
  for (const { id, parentId } of listed?.values() ?? [])
    parents.set(id, listed?.has(parentId as FolderId) === true ? (parentId as FolderId) : null);
  return [...parents].map(([id, parentId]) => ({ id, name: nameOf(listed?.get(id)), parentId })).sort(byId);
}

const nameOf = (folder: Folder | undefined): string | null =>
  folder === undefined ? null : maskEmails(folder.name);

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => compareText(a.id, b.id);
