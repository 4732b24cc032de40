import { displayText } from './scrub.ts';

/** A text that XML 1.0 can hold: two characters have no place in it, escaped or not; the others are shown before. */
export const xmlText = (text: string): string => displayText(text).replace(/[\ufffe\uffff]/g, '\ufffd');
