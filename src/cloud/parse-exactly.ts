import { parse } from 'lossless-json';

/** Where a value begins, 16 digits: the fewest of a number that JSON.parse might round. Text begins with a quote. */
const LONG_NUMBER = /[:[,]\s*-?\d{16}/;

/** Every string of a text that is JSON, and the colon after those that are keys. */
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"\s*(:?)/g;

/**
 * JSON whose long numbers keep their digits, as LosslessNumber; where there are none it is read by the engine, which
 * takes a fraction of the time for a page of accounts (their ids are text). The engine takes the last of two values
 * under one key and says nothing, so keys are counted: an answer that says two things is none, either way.
 * @throws SyntaxError
 */
export function parseExactly(text: string): unknown {
  if (LONG_NUMBER.test(text)) return parse(text);
  const value = JSON.parse(text) as unknown;
  return keysWritten(text) === keysRead(value) ? value : parse(text);
}

function keysWritten(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(STRING)) if (colon !== '') count += 1;
  return count;
}

function keysRead(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const values: unknown[] = Object.values(value);
  return values.reduce<number>((sum, one) => sum + keysRead(one), Array.isArray(value) ? 0 : values.length);
}
