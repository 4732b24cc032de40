import type { Fault } from './finding.ts';

/** A longer record is no entry, but a file that is not a table or a quote that was never closed. In UTF-16 units. */
export const MAX_RECORD_LENGTH = 65_536;

export const TOO_LONG: Fault = {
  code: 'record-too-long',
  message: `the row that starts here has more than ${MAX_RECORD_LENGTH} characters, expected a few short cells; check for a missing quote or line end`,
};
export const QUOTE_UNCLOSED: Fault = {
  code: 'quote-unclosed',
  message:
    'the row that starts here opens quotes that never close, and takes in the rest of the file; close them, or check whether the file was cut off',
};
export const UNCLEAR_HASH: Fault = {
  code: 'hash-unclear',
  message:
    'the line begins with # and goes on without a space, so it may be a comment or a name; write "# " before a comment, and put a name in quotes',
};
export const FORMULA: Fault = {
  code: 'cell-formula',
  message:
    'the row that starts here has a spreadsheet formula (="..."), expected the digits alone; remove the = and its quotes',
};
export const STRAY_QUOTE: Fault = {
  code: 'quote-stray',
  message:
    'the row that starts here has a quote inside a cell; put the whole cell in quotes and double the quotes in it',
};
