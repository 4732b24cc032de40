import type { Verified } from '../apply/verify.ts';
import { type Change, isAddition } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { counted } from '../report/words.ts';

const MOST_NAMED = 20;

/** What was as written without this run, and somebody else has changed while it was under way. */
export function undoneWarnings(
  verified: Pick<Verified, 'undone' | 'takenBack'> | undefined,
): readonly Problem[] {
  const { undone = [], takenBack = [] } = verified ?? {};
  const all = [
    ...undone.map((change) => toldOf(change, sinceThePlan(change))),
    ...takenBack.map((change) => toldOf(change, sinceItsTurn(change))),
  ];
  const named = all.slice(0, MOST_NAMED);
  const rest = all.length - named.length;
  if (rest === 0) return named;
  const more = counted(rest, 'more binding or membership is', 'more bindings and memberships are');
  return [...named, warning(`${more} not as written any more; run again`)];
}

const toldOf = (change: Change, whatHappened: string): Problem => ({
  ...warning(`${change.id}: it ${whatHappened}; run again`),
  source: change.source,
});

const sinceThePlan = (change: Change): string =>
  isAddition(change)
    ? 'was there when the plan was made, and gone when everything was read back: somebody else took it away, or it left the directory'
    : 'was not there when the plan was made, and was when everything was read back: somebody else put it there';

const sinceItsTurn = (change: Change): string =>
  isAddition(change)
    ? 'was there before its turn came, and gone when everything was read back: somebody else put it there and took it away again'
    : 'was gone before its turn came, and there when everything was read back: somebody else took it away and put it back';

const warning = (message: string): Problem => ({
  code: 'undone-meanwhile',
  severity: 'warning',
  source: undefined,
  message,
});
