import type { Directory } from '../model/actual-state.ts';

/** The whole directory under its one id, as both sides of the diff have it, however `--member` spells it. */
export function canonicalMember(written: string, { id, rootFolderId }: Directory): string {
  return written === 'directory' || written === rootFolderId ? id : written;
}
