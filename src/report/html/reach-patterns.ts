import { groupBy } from '../../model/group-by.ts';
import type { ReportMap } from '../report-schema.ts';

/** Accounts that the same contacts reach. */
export interface ReachPattern {
  /** `none`, `p1` to `p12`, or `other`: how the map draws them. */
  readonly key: string;
  /** What stands in a cell: `!`, `A` to `L`, or `+`. */
  readonly mark: string;
  readonly contacts: readonly string[];
  readonly count: number;
}

/** As many as can be told apart. */
const MOST_PATTERNS = 12;

export interface ReachPatterns {
  /** The unreached first, then by the number of accounts. */
  readonly legend: readonly ReachPattern[];
  readonly of: (account: ReportMap['accounts'][number]) => ReachPattern;
}

export function reachPatterns({ accounts }: ReportMap): ReachPatterns {
  const groups = [...groupBy(accounts, keyOf)].sort(
    ([a, some], [b, others]) => Number(b === '') - Number(a === '') || others.length - some.length,
  );
  const reached = groups.filter(([key]) => key !== '').map(([key]) => key);
  const patterns = new Map(
    groups.map(([key, some]) => [key, patternOf(reached.indexOf(key), some[0]?.contacts ?? [], some.length)]),
  );
  const legend = [...patterns.values()];
  return {
    legend: foldOthers(legend),
    of: (account) => patterns.get(keyOf(account)) ?? patternOf(-1, [], 0),
  };
}

const keyOf = ({ contacts }: ReportMap['accounts'][number]): string => contacts.join(' ');

/** @param rank  among those that are reached, from 0 */
function patternOf(rank: number, contacts: readonly string[], count: number): ReachPattern {
  if (contacts.length === 0) return { key: 'none', mark: '!', contacts, count };
  if (rank >= MOST_PATTERNS) return { key: 'other', mark: '+', contacts, count };
  return { key: `p${rank + 1}`, mark: String.fromCharCode('A'.charCodeAt(0) + rank), contacts, count };
}

function foldOthers(patterns: readonly ReachPattern[]): ReachPattern[] {
  const others = patterns.filter(({ key }) => key === 'other');
  const count = others.reduce((total, other) => total + other.count, 0);
  const told = patterns.filter(({ key }) => key !== 'other');
  return others.length === 0 ? told : [...told, { key: 'other', mark: '+', contacts: [], count }];
}
