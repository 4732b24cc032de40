/**
 * How many more there may be.
 * @param quota  undefined: the documented default, or no limit where the state began with more than that
 */
export function roomLeft(
  quota: number | undefined,
  documented: number,
  atFirst: readonly unknown[],
  present: readonly unknown[],
): number {
  const limit = quota ?? (atFirst.length > documented ? Number.POSITIVE_INFINITY : documented);
  return limit - present.length;
}
