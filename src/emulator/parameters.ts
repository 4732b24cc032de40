import { parse } from 'lossless-json';
import type { Parameters } from './operation.ts';

/**
 * `Name.1`, `Name.2`, ... in the order of their numbers; else `Name` as a JSON array, as other clients spell it;
 * else `Name` as its only item (both inferred).
 */
export function listParameter(parameters: Parameters, name: string): string[] {
  const prefix = `${name}.`;
  const numbered = Object.keys(parameters)
    .filter((key) => key.startsWith(prefix) && /^[1-9]\d*$/.test(key.slice(prefix.length)))
    .sort((a, b) => Number(a.slice(prefix.length)) - Number(b.slice(prefix.length)))
    .map((key) => parameters[key] ?? '');
  return numbered.length > 0 ? numbered : (jsonItems(parameters[name] ?? '') ?? []).map(textOf);
}

export interface WrittenTag {
  readonly key: string;
  /** Undefined: none was given; a filter takes any then. */
  readonly value: string | undefined;
}

/** `Tag.1.Key`, `Tag.1.Value`, ..., or `Tag` as a JSON array of objects. */
export function tagParameter(parameters: Parameters): WrittenTag[] {
  const numbered = Object.keys(parameters)
    .filter((key) => /^Tag\.[1-9]\d*\.Key$/.test(key))
    .map((key) => ({ key: parameters[key] ?? '', value: parameters[key.replace(/Key$/, 'Value')] }));
  if (numbered.length > 0) return numbered;
  return (jsonItems(parameters['Tag'] ?? '') ?? []).map((item) => ({
    key: member(item, 'Key') ?? '',
    value: member(item, 'Value'),
  }));
}

/** `YYYY-MM-DD HH:mm:ss`, the form of contact dates; no zone is documented, UTC is used. */
export const wireDate = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

function jsonItems(text: string): readonly unknown[] | undefined {
  if (text === '') return undefined;
  try {
    const value: unknown = parse(text);
    return Array.isArray(value) ? (value as unknown[]) : [text];
  } catch {
    return [text];
  }
}

function member(item: unknown, name: 'Key' | 'Value'): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const value: unknown = Reflect.get(item, name) ?? Reflect.get(item, name.toLowerCase());
  return value === undefined || value === null ? undefined : textOf(value);
}

/** A number keeps its digits: the reader makes an object of it that spells them. */
const textOf = (item: unknown): string => String(item);
