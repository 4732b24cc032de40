import { show } from './show.ts';

/** What would end a YAML file in the middle of a comment, and half characters. */
const NOT_TEXT = /[\p{Cs}\ufffe\uffff]/gu;

/**
 * A name from the cloud for a comment: on one line, cut to 60 characters, without e-mail addresses, phone
 * numbers and characters that turn the reading direction. It may be empty.
 */
export const label = (name: string): string => show(name.replace(NOT_TEXT, '\ufffd')).slice(1, -1).trim();

/** `/Production/Payments`; `/` for Root. */
export const pathLabel = (names: readonly string[]): string => `/${names.map(label).join('/')}`;
