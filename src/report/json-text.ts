import { escapeCharacter } from './scrub.ts';

// C1 controls, marks that turn the reading direction, separators, and what has no width: see displayText.
const UNSEEN = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * JSON that nothing from the cloud can hide in when it is looked at: the same value, with escapes in its strings,
 * outside of which such characters do not occur.
 */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(UNSEEN, escapeCharacter);
