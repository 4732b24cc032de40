import { type AggregatorSchedule, type Change, type Chunk, isAddition } from '../model/plan.ts';
import { narrowed, type Share } from './share.ts';

/**
 * The first so many changes, in the order in which a plan is carried out: additions; then contacts at their cap,
 * where removals and additions go in turn, and all of them or none; then removals.
 */
export function firstChanges(share: Share, most: number | undefined): Share {
  if (most === undefined || share.plan.changes.length <= most) return share;
  const { contacts, aggregators } = share.plan;
  const budget = new Budget(most);
  const adds = contacts.map((contact) => budget.partOf(contact.adds));
  const joining = aggregators.map(({ changes }) => budget.take(changes.filter(isAddition)));
  const swaps = contacts.map((contact) => budget.allOf(contact.swaps));
  const removes = contacts.map((contact) => budget.partOf(contact.removes));
  const leaving = aggregators.map(({ changes }) => budget.take(changes.filter((one) => !isAddition(one))));
  const chosen = {
    contacts: contacts.map(({ contactId }, index) => ({
      contactId,
      adds: adds[index] ?? [],
      swaps: swaps[index] ?? [],
      removes: removes[index] ?? [],
    })),
    aggregators: aggregators.map(({ aggregatorId, changes }, index): AggregatorSchedule => {
      const kept = new Set([...(joining[index] ?? []), ...(leaving[index] ?? [])]);
      return { aggregatorId, changes: changes.filter((change) => kept.has(change)) };
    }),
  };
  const together = sizesOfSwaps(contacts.map((contact) => contact.swaps));
  return narrowed(share, chosen, (change) => because(most, together.get(change.id) ?? 1));
}

class Budget {
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  take<T>(items: readonly T[]): readonly T[] {
    const taken = items.slice(0, this.#left);
    this.#left -= taken.length;
    return taken;
  }

  partOf(chunks: readonly Chunk[]): readonly Chunk[] {
    return chunks.map((chunk) => ({ ...chunk, changes: this.take(chunk.changes) }));
  }

  allOf(chunks: readonly Chunk[]): readonly Chunk[] {
    const count = sizeOf(chunks);
    if (count > this.#left) return [];
    this.#left -= count;
    return chunks;
  }
}

const sizeOf = (chunks: readonly Chunk[]): number => chunks.flatMap(({ changes }) => changes).length;

/** For each change that goes with others, how many they are. */
const sizesOfSwaps = (swaps: readonly (readonly Chunk[])[]): ReadonlyMap<string, number> =>
  new Map(
    swaps.flatMap((chunks) =>
      chunks.flatMap(({ changes }) => changes.map(({ id }: Change) => [id, sizeOf(chunks)] as const)),
    ),
  );

const because = (most: number, together: number): string =>
  together > most
    ? `the contact is at its cap, its ${together} removals and additions go together, and --max-changes ${most} has no room for them`
    : `it is left for the next run (--max-changes ${most})`;
