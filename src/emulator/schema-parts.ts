import { z } from 'zod';
import { nearestName } from './nearest-name.ts';

/** An object whose unknown keys are errors that name the nearest known key. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? describeUnknown(issue.keys, known) : undefined),
  });
}

function describeUnknown(keys: readonly string[], known: readonly string[]): string {
  const described = keys.map((key) => {
    const nearest = nearestName(key, known);
    return nearest === undefined
      ? `unknown key "${key}"`
      : `unknown key "${key}", did you mean "${nearest}"?`;
  });
  return `${described.join('; ')} (known: ${known.join(', ')})`;
}

/** Every scalar of a state file is text, so numbers and booleans are read from text here. */
const numberFromText = (value: unknown): unknown =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;

const booleanFromText = (value: unknown): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;

export const nonNegative = z.preprocess(numberFromText, z.number().int().min(0));
export const flag = z.preprocess(booleanFromText, z.boolean());
