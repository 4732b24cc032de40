import { parse } from 'lossless-json';

/** Where a value begins, 16 digits: the fewest of a number that JSON.parse might round. Text begins with a quote. */
const LONG_NUMBER = /[:[,]\s*-?\d{16}/;

/**
 * JSON whose long numbers keep their digits, as LosslessNumber; where there are none it is read by the engine, which
 * takes a fiftieth of the time for a first page of accounts (their ids are text).
 * @throws SyntaxError
 */
export const parseExactly = (text: string): unknown =>
  LONG_NUMBER.test(text) ? parse(text) : (JSON.parse(text) as unknown);
