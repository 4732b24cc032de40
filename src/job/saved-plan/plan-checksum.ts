import { createHash } from 'node:crypto';

/**
 * Hex SHA-256 over all that stands in a saved plan but its checksum, in whatever order and layout. It tells an edit or
 * damage; it is no signature, and whoever edits can compute it anew.
 */
export function planChecksum(plan: object): string {
  const content = JSON.stringify({ ...plan, checksum: undefined }, (_, value: unknown) => sorted(value));
  return createHash('sha256').update(content).digest('hex');
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
