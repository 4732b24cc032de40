import type { Directory } from '../model/actual-state.ts';
import type { Confinement } from './settings.ts';

/** The whole directory under its one id, as both sides of the diff have it, however `--member` spells it. */
export function canonicalMember(written: string, { id, rootFolderId }: Directory): string {
  return written === 'directory' || written === rootFolderId ? id : written;
}

export const canonicalMembers = (only: Confinement, directory: Directory): Confinement => ({
  ...only,
  members: only.members.map((written) => canonicalMember(written, directory)),
});
