import { createHash } from 'node:crypto';
import type { DirectoryId } from '../model/ids.ts';
import type { Change } from '../model/plan.ts';

/** Hex SHA-256 over the directory and the changes in their order. Places in the manifest do not count. */
export function planDigest(directoryId: DirectoryId, changes: readonly Change[]): string {
  const hash = createHash('sha256').update(`${directoryId}\n`);
  for (const change of changes) {
    const name = change.action === 'add-account' ? change.accountName : undefined;
    hash.update(`${JSON.stringify([change.id, name ?? null])}\n`);
  }
  return hash.digest('hex');
}
