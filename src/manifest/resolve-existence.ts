import type { AccountId } from '../model/ids.ts';
import type { Target, TargetId } from '../model/target.ts';
import { didYouMean } from './did-you-mean.ts';
import type { DirectoryView } from './directory-view.ts';
import type { Fault } from './finding.ts';
import { nearAccountIds } from './near-id.ts';
import { oneOf, show } from './show.ts';

export const exists = (target: Target, view: DirectoryView): boolean => {
  if (target.type === 'account') return view.hasAccount(target.id);
  return target.type === 'directory' || view.hasFolder(target.id);
};

/** What is wrong with a target that is not in the directory and is to be there. @param held  whether the owner has it now */
export function missingFault(target: Target, view: DirectoryView, held: boolean): Fault {
  if (held) {
    return {
      code: 'id-gone',
      message: `${show(target.id)} is held now, but is no longer in the directory; remove the line, or write it as absent`,
    };
  }
  return target.type === 'account' ? missingAccount(target.id, view) : missingFolder(target.id, view);
}

function missingAccount(id: AccountId, view: DirectoryView): Fault {
  const near = nearAccountIds(id, (candidate) => view.isMember(candidate));
  const rounded = near.filter((candidate) => candidate.slice(0, 15) === id.slice(0, 15));
  if (rounded.length > 0 && id.endsWith('0')) {
    return {
      code: 'id-not-in-directory',
      message: `account ${show(id)} is not in the directory, ${likely(rounded)}: a spreadsheet turns the 16th digit into 0; format the column as text and paste the id again`,
    };
  }
  const hint =
    near.length > 0
      ? `did you mean ${oneOf(near.slice(0, 3).map(show))}?`
      : 'check the id, and which directory it belongs to';
  return { code: 'id-not-in-directory', message: `account ${show(id)} is not in the directory; ${hint}` };
}

/** One is meant, and where several share 15 digits nothing tells which. At most nine do. */
const likely = (ids: readonly AccountId[]): string =>
  `${ids.map(show).join(', ')} ${ids.length === 1 ? 'is' : 'are'}`;

const missingFolder = (id: TargetId, view: DirectoryView): Fault => ({
  code: 'folder-not-in-directory',
  message: `folder ${show(id)} is not in the directory${didYouMean(id, view.folderIds()) || '; check the id'}`,
});
