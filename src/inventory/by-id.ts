export function byId<Id extends string, T extends { readonly id: Id }>(
  items: readonly T[],
): ReadonlyMap<Id, T> {
  return new Map(items.map((item) => [item.id, item]));
}
