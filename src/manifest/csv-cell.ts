import { label } from './label.ts';

/** Where a spreadsheet may see a formula: at the start, and after what another separator would make a start. */
const FORMULA_START = /(^|[,;\t\uff0c"|])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
/** What a spreadsheet turns into a number, a date or a truth value has a digit in it, or is one of two words. */
const CONVERTIBLE = /\p{N}|^(?:true|false)$/iu;

/** One row, every cell quoted where it must be. */
export const csvRow = (cells: readonly string[]): string => cells.map(quoted).join(',');

const quoted = (cell: string): string =>
  /[^\p{L}\p{N} :./_()-]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/**
 * A text that a spreadsheet leaves as it is: with a tab in front, which the reader takes off again. Without it
 * a spreadsheet keeps 15 of an id's 16 digits, and makes dates of names.
 */
export const asText = (text: string): string => (CONVERTIBLE.test(text) ? `\t${text}` : text);

/** A text for people that no spreadsheet takes for a formula. The reader does not look at it. */
export const forPeople = (text: string): string => text.replace(FORMULA_START, "$1$2'");

/** A text for people in a line of its own, which a spreadsheet must not cut into cells. */
export const forComment = (text: string): string => text.replace(/[,;\t\uff0c"|]/g, ' ');

/** A name that is to be read back, or nothing where it could not stand in a table as it is. */
export const faithful = (name: string): string =>
  label(name) === name && forPeople(name) === name ? asText(name) : '';
