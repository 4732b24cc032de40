import type { z } from 'zod';

/** One thing that a state says wrong, in one line: where, what was found, what was expected, what to do. */
export function describeIssue(issue: z.core.$ZodIssue, written: unknown): string {
  const place = issue.path.map(stepOf).join('').replace(/^\./, '') || 'file';
  const found = valueAt(written, issue.path);
  if (issue.code === 'unrecognized_keys') return `${place}: ${issue.message}; correct it, or take it out`;
  if (found === undefined) return `${place}: missing, ${expectationOf(issue)}; add it`;
  const shown = place.startsWith('credentials') ? '' : showing(found);
  // Only in a value that did not come as text: there an id can be a number, and has lost digits already.
  const remedy =
    typeof found === 'number' && issue.code === 'invalid_type' ? 'put it in quotes' : 'correct it';
  return `${place}: ${shown}${expectationOf(issue)}; ${remedy}`;
}

const stepOf = (part: PropertyKey): string => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`);

function expectationOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${WORDS.get(issue.expected) ?? issue.expected}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string' ? 'expected a text' : `expected ${issue.minimum} or more`;
    case 'too_big':
      return `expected ${issue.maximum} or less`;
    default:
      return issue.message;
  }
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['number', 'a whole number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'keys and values'],
  ['record', 'keys and values'],
]);

function showing(found: unknown): string {
  if (typeof found === 'string' || typeof found === 'number') return `found ${JSON.stringify(found)}, `;
  return Array.isArray(found) ? 'found a list, ' : 'found keys and values, ';
}

/** One value in place of a list or of an object, which the schema takes too, is itself what was found in it. */
function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => {
    if (typeof at === 'string' || typeof at === 'number') return at;
    return typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
  }, value);
}
