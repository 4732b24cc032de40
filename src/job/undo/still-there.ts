import type { ActualState } from '../../model/actual-state.ts';
import type { AggregatorId, ContactId, FolderId } from '../../model/ids.ts';
import type { Manifest, Selector, Source, WrittenOwner } from '../../model/manifest.ts';
import type { Problem } from '../../model/problem.ts';

export interface StillThere {
  readonly manifest: Manifest;
  /** What was taken out, and why. */
  readonly warnings: readonly Problem[];
}

/**
 * What of an undo can still be done. Contacts, account groups, accounts and folders may have gone since the run that
 * is undone, and must not stand in the way of the rest.
 */
export function stillThere(
  manifest: Manifest,
  actual: ActualState,
  goneFolderIds: ReadonlySet<FolderId>,
): StillThere {
  const warnings: Problem[] = [];
  const isThere = memberCheck(actual, goneFolderIds);
  const filter = <Id extends ContactId | AggregatorId>(
    owners: readonly WrittenOwner<Id>[],
    known: ReadonlyMap<Id, unknown> | undefined,
  ): WrittenOwner<Id>[] =>
    owners.flatMap((owner) => {
      if (owner.ref.by === 'id' && known?.has(owner.ref.id) === false) {
        warnings.push(gone(owner.ref.id, owner.source));
        return [];
      }
      // What is to be absent and has gone is absent.
      const lost = owner.members.filter(({ ensure, selector }) => ensure === 'present' && !isThere(selector));
      warnings.push(...lost.map(({ selector, source }) => gone(idOf(selector), source)));
      const members = owner.members.filter((member) => !lost.includes(member));
      return members.length === 0 ? [] : [{ ...owner, members }];
    });
  const contacts = filter(manifest.contacts, actual.contacts);
  const aggregators = filter(manifest.aggregators, actual.aggregators);
  const untouchable = manifest.protected.filter(({ selector }) => isThere(selector));
  return { manifest: { ...manifest, contacts, aggregators, protected: untouchable }, warnings };
}

const memberCheck =
  ({ accounts, directory }: ActualState, goneFolderIds: ReadonlySet<FolderId>) =>
  (selector: Selector): boolean => {
    if (selector.type === 'folder') return !goneFolderIds.has(selector.id);
    if (selector.type !== 'account') return true;
    return accounts?.has(selector.id) !== false || selector.id === directory.managementAccountId;
  };

const idOf = (selector: Selector): string =>
  selector.type === 'account' || selector.type === 'folder' ? selector.id : 'the directory';

const gone = (id: string, source: Source): Problem => ({
  code: 'undo-impossible',
  severity: 'warning',
  source,
  message: `${id} is no longer there, so what was done to it cannot be undone`,
});
