import { displayText } from './scrub.ts';

/**
 * What a spreadsheet may take for a formula (OWASP, CSV Injection), also behind spaces and in full-width letters.
 * The library's own escaping leaves out leading spaces.
 */
const FORMULA = /^[\s\p{Z}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** A text as a cell: control characters are shown, and what could be a formula has an apostrophe before it. */
export function csvText(text: string): string {
  const safe = displayText(text);
  return FORMULA.test(safe) ? `'${safe}` : safe;
}
