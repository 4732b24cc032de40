import type { ActualState } from '../model/actual-state.ts';
import { targetMember } from '../report/member-names.ts';

/** `/Production/Payments` for every folder that was read, by its id. */
export function folderPaths(actual: ActualState): ReadonlyMap<string, string> {
  const ids = [...(actual.folders?.keys() ?? [])];
  return new Map(
    ids.map((id) => {
      const { path, name } = targetMember({ type: 'folder', id }, actual);
      return [id, path ?? name ?? id];
    }),
  );
}
