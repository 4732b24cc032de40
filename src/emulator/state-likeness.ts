/**
 * Why a value looks like a manifest and not like a state; undefined when it does not. The two are easily taken
 * for each other: both are YAML and have `contacts` and `aggregators`.
 */
export function manifestLikeness(written: unknown): string | undefined {
  if (anyHas(valueOf(written, 'contacts'), 'contact')) return 'its contacts have the key "contact"';
  if (anyHas(valueOf(written, 'aggregators'), 'aggregator'))
    return 'its aggregators have the key "aggregator"';
  const hasBoth = valueOf(written, 'version') !== undefined && valueOf(written, 'contacts') !== undefined;
  return hasBoth ? 'it has the keys "version" and "contacts"' : undefined;
}

const anyHas = (list: unknown, key: string): boolean =>
  Array.isArray(list) && list.some((item) => valueOf(item, key) !== undefined);

const valueOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
