import { isLosslessNumber } from 'lossless-json';

/** A field that an answer must have and has not, named by its path. Values stay out: they may be personal data. */
export class UnreadableField extends Error {
  override readonly name = 'UnreadableField';
}

/** One JSON object of an answer, and where it stands there. */
export interface Fields {
  readonly values: Readonly<Record<string, unknown>>;
  readonly path: string;
}

export function asFields(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isLosslessNumber(value)) {
    throw new UnreadableField(path);
  }
  return { values: value as Readonly<Record<string, unknown>>, path };
}

export const objectIn = (fields: Fields, name: string): Fields =>
  asFields(fields.values[name], pathTo(fields, name));

/** Text; it may be empty. */
export function textIn(fields: Fields, name: string): string {
  const value = fields.values[name];
  if (typeof value !== 'string') throw new UnreadableField(pathTo(fields, name));
  return value;
}

/** Left out, null and empty are all undefined. */
export function optionalTextIn(fields: Fields, name: string): string | undefined {
  const value = fields.values[name];
  if (value === undefined || value === null || value === '') return undefined;
  return textIn(fields, name);
}

export function listIn<T>(
  fields: Fields,
  name: string,
  read: (item: unknown, path: string) => T,
): readonly T[] {
  const value = fields.values[name];
  if (!Array.isArray(value)) throw new UnreadableField(pathTo(fields, name));
  return value.map((item: unknown, index) => read(item, `${pathTo(fields, name)}[${index}]`));
}

/** An id, through its parser: text, or a JSON number whose digits are kept. */
export function idIn<Id>(fields: Fields, name: string, parse: (text: string) => Id | undefined): Id {
  return asId(fields.values[name], pathTo(fields, name), parse);
}

export function asId<Id>(value: unknown, path: string, parse: (text: string) => Id | undefined): Id {
  const text = typeof value === 'string' ? value : integerText(value);
  const id = text === undefined ? undefined : parse(text);
  if (id === undefined) throw new UnreadableField(path);
  return id;
}

/** A whole number from 0 on that a JavaScript number holds exactly. */
export function countIn(fields: Fields, name: string): number {
  const value = Number(integerText(fields.values[name]) ?? Number.NaN);
  if (!Number.isSafeInteger(value)) throw new UnreadableField(pathTo(fields, name));
  return value;
}

/** The digits of a JSON number; undefined for fractions, exponents, and numbers that were rounded already. */
function integerText(value: unknown): string | undefined {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return undefined;
  if (typeof value !== 'number' && !isLosslessNumber(value)) return undefined;
  const text = value.toString();
  return /^\d+$/.test(text) ? text : undefined;
}

const pathTo = ({ path }: Fields, name: string): string => (path === '' ? name : `${path}.${name}`);
