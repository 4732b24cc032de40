import type { Parameters } from './operation.ts';

/** `Name.1`, `Name.2`, ... in the order of their numbers. */
export function listParameter(parameters: Parameters, name: string): string[] {
  const prefix = `${name}.`;
  return Object.keys(parameters)
    .filter((key) => key.startsWith(prefix) && /^[1-9]\d*$/.test(key.slice(prefix.length)))
    .sort((a, b) => Number(a.slice(prefix.length)) - Number(b.slice(prefix.length)))
    .map((key) => parameters[key] ?? '');
}

export interface TagFilter {
  readonly key: string;
  /** Undefined: any value. */
  readonly value: string | undefined;
}

/** `Tag.1.Key`, `Tag.1.Value`, ... */
export function tagFilters(parameters: Parameters): TagFilter[] {
  return Object.keys(parameters)
    .filter((key) => /^Tag\.[1-9]\d*\.Key$/.test(key))
    .map((key) => ({ key: parameters[key] ?? '', value: parameters[key.replace(/Key$/, 'Value')] }));
}

/** `YYYY-MM-DD HH:mm:ss`, the form of contact dates; no zone is documented, UTC is used. */
export const wireDate = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
