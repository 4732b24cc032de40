// Cc: C0 and C1 controls, ESC among them. Cs: halves of a surrogate pair that stand alone.
// Then the marks that turn the reading direction, the line and paragraph separators, and what has no width.
// Joiners (U+200C, U+200D) stay: scripts and emoji need them.
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/**
 * A text from the cloud or from a file, made safe for a terminal, a log or one line of a report: what could
 * move the cursor, start a new line or turn the reading direction is shown as `\u001b`.
 */
export const displayText = (text: string): string => text.replace(UNSAFE, escapeCharacter);

/** As JSON writes it. */
export const escapeCharacter = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
