import type { Source } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import { error } from './finding.ts';

/** Fewer ids can end in 0 by chance; eight of eight do so once in 10^8 tables. */
const MIN_IDS = 8;
const MAX_ZERO_SHARE = 0.9;

/**
 * A spreadsheet keeps 15 digits of a number and writes 0 for the 16th (Microsoft KB 269370): a column of which
 * nearly every id ends in 0 names accounts of nobody, or worse, of somebody else.
 * @param ids  the distinct account ids of one column, with the first place of each
 */
export function spreadsheetZeros(ids: ReadonlyMap<string, Source>): Problem | undefined {
  const zeros = [...ids].filter(([id]) => id.endsWith('0'));
  const first = zeros[0];
  if (first === undefined || ids.size < MIN_IDS || zeros.length < ids.size * MAX_ZERO_SHARE) return undefined;
  return error(
    'spreadsheet-zeros',
    first[1],
    `${zeros.length} of ${ids.size} account ids in this column end in 0: a spreadsheet has overwritten the 16th digit; format the column as text and paste the ids again`,
  );
}
