/**
 * Whether a line of a table is a comment. A space has to follow the #, or nothing: a name may begin with it, and a row
 * that was taken for a comment would be missing from what is wanted.
 */
export const isComment = (line: string): boolean => line.startsWith('#') && /^#(?:[#\s,;]|$)/.test(line);

/** A line that is neither a comment nor, without quotes, a cell. */
export const isUnclearHash = (line: string): boolean => line.startsWith('#') && !isComment(line);
