import type { ReportChange } from './report-schema.ts';
import { reasonInWords, requestInWords } from './words.ts';

/**
 * For every change that has a reason of its own, the reason with its request id. What several changes share is
 * left out: it is said once, by `groupByCause`.
 */
export function ownReasons(changes: readonly ReportChange[]): ReadonlyMap<string, string> {
  const bearers = new Map<string, number>();
  for (const change of changes) bearers.set(keyOf(change), (bearers.get(keyOf(change)) ?? 0) + 1);
  return new Map(
    changes
      .filter((change) => reasonInWords(change.outcome) !== '' && bearers.get(keyOf(change)) === 1)
      .map(({ id, outcome }) => [id, `${reasonInWords(outcome)}${requestInWords(outcome)}`]),
  );
}

const keyOf = ({ outcome }: ReportChange): string => `${outcome.status} ${reasonInWords(outcome)}`;
