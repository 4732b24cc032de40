import { parse } from 'lossless-json';

/** Where a value begins, 16 digits: the fewest of a number that JSON.parse might round. Text begins with a quote. */
const LONG_NUMBER = /[:[,]\s*-?\d{16}/;

/** After a string: it is a key. */
const COLON = /\s*:/y;

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

/** @param text  that is JSON */
function keysWritten(text: string): number {
  let count = 0;
  for (let open = text.indexOf('"'); open !== -1; open = text.indexOf('"', COLON.lastIndex)) {
    const end = endOfString(text, open);
    COLON.lastIndex = end + 1;
    if (COLON.test(text)) count += 1;
    else COLON.lastIndex = end + 1;
  }
  return count;
}

function endOfString(text: string, open: number): number {
  let end = text.indexOf('"', open + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** Not by recursion: an answer may nest as deep as it likes. */
function keysRead(value: unknown): number {
  let count = 0;
  const found: unknown[] = [value];
  for (const one of found) {
    if (typeof one !== 'object' || one === null) continue;
    const values: unknown[] = Object.values(one);
    if (!Array.isArray(one)) count += values.length;
    for (const inner of values) if (typeof inner === 'object') found.push(inner);
  }
  return count;
}
