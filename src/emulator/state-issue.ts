import type { z } from 'zod';

/** One thing that a state says wrong, in one line: where, what was found, what was expected, what to do. */
export function describeIssue(issue: z.core.$ZodIssue, written: unknown): string {
  const place = issue.path.map(stepOf).join('').replace(/^\./, '') || 'file';
  const found = valueAt(written, issue.path);
  if (issue.code === 'unrecognized_keys') return `${place}: ${issue.message}; correct it, or take it out`;
  if (found === undefined) return `${place}: missing, expected ${expectationOf(issue)}; add it`;
  const shown = place.startsWith('credentials') ? '' : showing(found);
  return `${place}: ${shown}expected ${expectationOf(issue)}; correct it`;
}

const stepOf = (part: PropertyKey): string => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`);

function expectationOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return WORDS.get(issue.expected) ?? issue.expected;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string' ? 'a text' : `${issue.minimum} or more`;
    case 'too_big':
      return `${issue.maximum} or less`;
    default:
      return issue.message.replace(/^expected /, '');
  }
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['string', 'a text (ids in quotes)'],
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

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  );
}
