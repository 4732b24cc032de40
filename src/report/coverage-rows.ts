import { MESSAGE_TYPES } from '../wire/resource-directory.ts';
import type { CoverageView, CoveredAccount } from './coverage-json.ts';

/** What the plan does to something that was or will be there. */
export type Turn = 'kept' | 'gained' | 'lost';

/** One account with both sides laid over each other; without an after, everything is kept. */
export interface CoverageRow {
  readonly id: string;
  readonly name: string;
  /** Path of the folder that it is in; `/` for Root. */
  readonly folder: string;
  readonly ways: readonly CoverageWay[];
  /** One for each documented message type, in order. */
  readonly types: readonly { readonly type: string; readonly turn: Turn | 'missing' }[];
  /** Whether any contact reaches it; with an after, then. */
  readonly reached: boolean;
}

/** A contact, and one of the bindings by which it reaches the account. */
export interface CoverageWay {
  /** Equal for the same binding of the same contact, except where the binding is to the account itself. */
  readonly key: string;
  readonly contact: string;
  readonly via: CoveredAccount['contacts'][number]['via'][number];
  readonly turn: Turn;
}

export function coverageRows(before: CoverageView, after: CoverageView = before): CoverageRow[] {
  const afterById = new Map(after.accounts.map((account) => [account.id, account]));
  return before.accounts.map((now) => coverageRow(now, afterById.get(now.id) ?? now));
}

function coverageRow(now: CoveredAccount, then: CoveredAccount): CoverageRow {
  const [nowWays, thenWays] = [waysOf(now), waysOf(then)];
  const all = new Map([...nowWays, ...thenWays]);
  const ways = [...all.keys()].sort().flatMap((key) => {
    const way = all.get(key);
    return way === undefined ? [] : [{ ...way, turn: turnOf(nowWays.has(key), thenWays.has(key)) }];
  });
  return {
    id: now.id,
    name: now.name,
    folder: folderOf(now),
    ways,
    types: MESSAGE_TYPES.map((type) => {
      const [had, has] = [now.messageTypes.includes(type), then.messageTypes.includes(type)];
      return { type, turn: had || has ? turnOf(had, has) : 'missing' };
    }),
    reached: then.contacts.length > 0,
  };
}

const turnOf = (before: boolean, after: boolean): Turn => {
  if (before && after) return 'kept';
  return after ? 'gained' : 'lost';
};

function waysOf({ contacts }: CoveredAccount): Map<string, Omit<CoverageWay, 'turn'>> {
  return new Map(
    contacts.flatMap(({ id, name, via }) =>
      via.map((target) => {
        const key = `${name} ${id} ${target.type} ${target.type === 'account' ? '' : target.id}`;
        return [key, { key, contact: name || id, via: target }];
      }),
    ),
  );
}

function folderOf({ path, name }: CoveredAccount): string {
  const own = `/${name}`;
  return path.endsWith(own) ? path.slice(0, -own.length) || '/' : '/';
}
