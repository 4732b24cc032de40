import { type AccountId, parseAccountId } from '../model/ids.ts';

/**
 * The accounts whose ids differ from a wrong one in one digit, or in two neighbours swapped.
 * @param exists  whether there is an account with that id
 */
export function nearAccountIds(wrong: AccountId, exists: (id: AccountId) => boolean): readonly AccountId[] {
  const near = [...oneDigitOff(wrong), ...neighboursSwapped(wrong)].flatMap(
    (text) => parseAccountId(text) ?? [],
  );
  return [...new Set(near)].filter((id) => id !== wrong && exists(id));
}

/** Those that differ in the last digit come first: there a spreadsheet does its damage. */
function oneDigitOff(id: string): readonly string[] {
  const variants: string[] = [];
  for (let i = id.length - 1; i >= 0; i--) {
    for (const digit of '0123456789') variants.push(id.slice(0, i) + digit + id.slice(i + 1));
  }
  return variants;
}

const neighboursSwapped = (id: string): readonly string[] =>
  Array.from(
    { length: id.length - 1 },
    (_, i) => id.slice(0, i) + id.charAt(i + 1) + id.charAt(i) + id.slice(i + 2),
  );
