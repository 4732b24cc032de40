const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** `4 s`, `3 min`, `2 h`: rounded up, for what nobody can know exactly. */
export function roughDuration(ms: number): string {
  if (ms <= MINUTE) return `${Math.max(1, Math.ceil(ms / SECOND))} s`;
  if (ms <= 2 * HOUR) return `${Math.ceil(ms / MINUTE)} min`;
  return `${Math.ceil(ms / HOUR)} h`;
}

/** `4 s`, or `4 s to 3 min` where the two differ. */
export function roughRange(leastMs: number, mostMs: number): string {
  const [least, most] = [roughDuration(leastMs), roughDuration(mostMs)];
  return least === most ? least : `${least} to ${most}`;
}
