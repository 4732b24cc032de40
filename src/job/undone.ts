import type { Change } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { counted } from '../report/words.ts';

const MOST_NAMED = 20;

/** What the plan did not have to touch, and somebody else has changed while it was carried out. */
export function undoneWarnings(undone: readonly Change[] = []): readonly Problem[] {
  const named = undone.slice(0, MOST_NAMED).map(
    (change): Problem => ({
      ...warning(`${change.id}: it ${whatHappened(change)}; run again`),
      source: change.source,
    }),
  );
  const rest = undone.length - named.length;
  if (rest === 0) return named;
  const more = counted(rest, 'more binding or membership is', 'more bindings and memberships are');
  return [...named, warning(`${more} not as written any more; run again`)];
}

const whatHappened = ({ action }: Change): string =>
  action === 'bind' || action === 'add-account'
    ? 'was there when the plan was made, and gone when everything was read back: somebody else took it away, or it left the directory'
    : 'was not there when the plan was made, and was when everything was read back: somebody else put it there';

const warning = (message: string): Problem => ({
  code: 'undone-meanwhile',
  severity: 'warning',
  source: undefined,
  message,
});
