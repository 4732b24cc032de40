import type { Account } from '../model/actual-state.ts';
import type { AccountId } from '../model/ids.ts';
import type { BindingChange } from '../model/plan.ts';
import { Territory } from '../model/territory.ts';
import type { CountedOn } from './removal-safety.ts';

/** Accounts move seldom: within this time a reading of them is as good as new. */
const FRESH_MS = 60_000;

/** Which accounts there are and where: as the plan was made from, until they are read again for removals. */
export class LiveAccounts {
  /** Whether a removal rests on where accounts are: then they are read again before it. */
  readonly matter: boolean;
  #territory: Territory;
  #again: ReadonlyMap<AccountId, Account> | undefined;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(planned: Territory, matter: boolean) {
    this.#territory = planned;
    this.matter = matter;
  }

  /** As read last. */
  get territory(): Territory {
    return this.#territory;
  }

  /** Undefined when they were not read again. */
  get again(): ReadonlyMap<AccountId, Account> | undefined {
    return this.#again;
  }

  /** @param now  of a monotonic clock, in milliseconds */
  areFresh(now: number): boolean {
    return now - this.#readAt <= FRESH_MS;
  }

  renew(accounts: ReadonlyMap<AccountId, Account>, now: number): void {
    this.#again = accounts;
    this.#territory = new Territory(accounts.values());
    this.#readAt = now;
  }
}

/**
 * Whether removals are safe only as long as accounts are where they were: a folder or the directory is unbound, or
 * an account that a folder is to reach, or one that was not among the accounts.
 */
export function restOnPlaces(
  removals: readonly BindingChange[],
  countedOn: readonly CountedOn[],
  territory: Territory,
): boolean {
  const folders = new Map(
    countedOn.flatMap(({ target }) => (target.type === 'folder' ? [[target.id, target] as const] : [])),
  );
  const inFolders = new Set([...folders.values()].flatMap((folder) => territory.under(folder)));
  return removals.some(
    ({ target }) => target.type !== 'account' || inFolders.has(target.id) || territory.lacks(target),
  );
}
