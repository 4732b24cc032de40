import type { YamlNode } from '../../manifest/yaml-node.ts';

/** Keys and list indices from the root down. */
export type Path = readonly (string | number)[];

/** The tree as plain values: every scalar is text, what is not written or could not be read is null. */
export function valueOf(node: YamlNode): unknown {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'list':
      return node.items.map(valueOf);
    case 'map':
      return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, valueOf(value)]));
    case 'nothing':
    case 'faulty':
      return null;
  }
}

/** The node at a path, or the nearest one above it that is there. */
export function nodeAt(root: YamlNode, path: Path): YamlNode {
  let node = root;
  for (const step of path) {
    const next = below(node, step);
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

function below(node: YamlNode, step: string | number): YamlNode | undefined {
  if (node.kind === 'list') return typeof step === 'number' ? node.items[step] : undefined;
  return node.kind === 'map' ? node.entries.get(String(step))?.value : undefined;
}

/** Undefined where there is nothing at that path. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[step] : undefined,
    value,
  );
}

/** A copy in which one value is another. */
export function withValueAt(value: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === step ? withValueAt(item, rest, change) : item));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = value as Readonly<Record<string, unknown>>;
  return { ...entries, [step]: withValueAt(entries[String(step)], rest, change) };
}
