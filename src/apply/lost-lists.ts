import type { Aggregator, AggregatorMember } from '../model/actual-state.ts';
import type { AccountId } from '../model/ids.ts';

interface LostList {
  /** When its answer was given up, in milliseconds of a monotonic clock. */
  readonly at: number;
  readonly accounts: ReadonlySet<AccountId>;
}

/** Lists of one account group that were sent and never answered: each may still land, and overwrite what came after. */
export class LostLists {
  readonly #lists = new Map<string, LostList>();
  readonly #shown = new Map<AccountId, AggregatorMember>();

  note(key: string, lost: LostList): void {
    this.#lists.set(key, lost);
  }

  /** From when on another list than this one cannot be overwritten by one of them; undefined where none differs. */
  clearFor(key: string, settleMs: number): number | undefined {
    const others = [...this.#lists].filter(([lost]) => lost !== key);
    return others.length === 0 ? undefined : Math.max(...others.map(([, { at }]) => at + settleMs));
  }

  /** What a reading showed while one of them could still land. */
  shown({ accounts }: Aggregator): void {
    for (const [id, member] of accounts) this.#shown.set(id, member);
  }

  /** Who was there before one of them landed, which is all that the group holds now. */
  droppedFrom(now: Aggregator): readonly AggregatorMember[] {
    const hasLanded = [...this.#lists.values()].some(
      ({ accounts }) =>
        accounts.size === now.accounts.size && [...accounts].every((id) => now.accounts.has(id)),
    );
    if (!hasLanded) return [];
    return [...this.#shown.values()].filter(({ id }) => !now.accounts.has(id));
  }
}
