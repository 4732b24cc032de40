import { randomBytes } from 'node:crypto';

/** Sorts by time, and tells runs of the same millisecond apart. */
export function newRunId(startedAt: number): string {
  const time = new Date(startedAt).toISOString().replaceAll(':', '-');
  return `${time}-${randomBytes(3).toString('hex')}`;
}
