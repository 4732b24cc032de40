import { groupBy } from '../model/group-by.ts';
import type { AccountId } from '../model/ids.ts';
import type { BindingChange } from '../model/plan.ts';

/** A change, and the accounts under its target that could be in a gap. */
export interface Reaching {
  readonly change: BindingChange;
  readonly accounts: readonly AccountId[];
}

/**
 * The fewest that cover all that the given ones cover, the largest first. Of two targets that have an account in
 * common one lies within the other, so the largest are the fewest, and none of them overlap.
 */
export function fewestThatCover(given: readonly Reaching[]): readonly Reaching[] {
  const covered = new Set<AccountId>();
  const chosen: Reaching[] = [];
  for (const one of given.toSorted((a, b) => sizeOf(b) - sizeOf(a))) {
    if (one.accounts.every((id) => covered.has(id))) continue;
    chosen.push(one);
    for (const id of one.accounts) covered.add(id);
  }
  return chosen;
}

/**
 * The order of additions that leaves no gap wherever an order does. First those that let several removals go, since
 * each gains room. Then those that only together let one removal go, and what could be left in a gap of the fewest
 * accounts last: where the room does not suffice, it is the last that it lacks. Then those that close a gap.
 * @param closers  do not overlap
 * @param keepers  the removals that have to wait; they do not overlap
 */
export function closingOrder(
  closers: readonly Reaching[],
  keepers: readonly Reaching[],
): readonly Reaching[] {
  const keeperOf = new Map(keepers.flatMap((keeper) => keeper.accounts.map((id) => [id, keeper] as const)));
  const keepersOf = ({ accounts }: Reaching): ReadonlySet<Reaching> =>
    new Set(accounts.flatMap((id) => keeperOf.get(id) ?? []));
  const letGo = new Map(closers.map((closer) => [closer, keepersOf(closer)]));
  const count = (closer: Reaching): number => letGo.get(closer)?.size ?? 0;
  const together = groupBy(
    closers.filter((closer) => count(closer) === 1),
    (closer) => [...(letGo.get(closer) ?? [])][0],
  );
  return [
    ...closers.filter((closer) => count(closer) > 1).toSorted((a, b) => count(b) - count(a)),
    ...[...together.values()].toSorted((a, b) => smallestOf(b) - smallestOf(a)).flat(),
    ...closers.filter((closer) => count(closer) === 0),
  ];
}

const smallestOf = (some: readonly Reaching[]): number => Math.min(...some.map(sizeOf));

const sizeOf = ({ accounts }: Reaching): number => accounts.length;
