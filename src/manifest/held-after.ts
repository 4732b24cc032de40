import type { TargetId } from '../model/target.ts';

/** What an owner will hold once the manifest is carried out, and by which steps. */
export interface HeldAfter {
  readonly after: ReadonlySet<TargetId>;
  readonly added: readonly TargetId[];
  readonly removed: readonly TargetId[];
}

/**
 * @param replaces  whether what is held and not written goes
 * @param stays     what is never taken off unless it is written as absent
 */
export function heldAfter(
  held: Iterable<TargetId>,
  written: { readonly present: ReadonlySet<TargetId>; readonly absent: ReadonlySet<TargetId> },
  rule: { readonly replaces: boolean; readonly stays: (id: TargetId) => boolean },
): HeldAfter {
  const before = new Set(held);
  const goes = (id: TargetId): boolean =>
    written.absent.has(id) || (rule.replaces && !written.present.has(id) && !rule.stays(id));
  const removed = [...before].filter(goes);
  const added = [...written.present].filter((id) => !before.has(id));
  const after = new Set([...before, ...added]);
  for (const id of removed) after.delete(id);
  return { after, added, removed };
}
