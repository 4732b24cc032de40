import type { Source } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import { didYouMean } from './did-you-mean.ts';
import { error, type Parsed, take } from './finding.ts';
import type { LineIndex } from './line-index.ts';
import { show } from './show.ts';
import type { YamlMap, YamlNode } from './yaml-node.ts';

const KINDS: Readonly<Record<Exclude<YamlNode['kind'], 'faulty'>, string>> = {
  text: 'text',
  nothing: 'nothing',
  list: 'a list',
  map: 'a map of keys',
};

/** Reads the parts of a YAML tree, and collects what is wrong with them. */
export class FieldReader {
  readonly findings: Problem[];
  readonly #lines: LineIndex;

  constructor(lines: LineIndex, findings: readonly Problem[]) {
    this.#lines = lines;
    this.findings = [...findings];
  }

  place(node: { readonly offset: number }): Source {
    return this.#lines.place(node.offset);
  }

  error(code: string, node: { readonly offset: number }, message: string): undefined {
    this.findings.push(error(code, this.place(node), message));
    return undefined;
  }

  /** The map, with every key that is not known reported. */
  map(node: YamlNode, what: string, keys: readonly string[]): YamlMap | undefined {
    if (node.kind !== 'map') return this.wrongKind(node, what, `the keys ${keys.join(', ')}`);
    for (const [name, { key }] of node.entries) {
      if (keys.includes(name)) continue;
      const hint = didYouMean(name, keys);
      this.error(
        'key-unknown',
        key,
        `key ${show(name)} is not known in ${what}${hint === '' ? `; known are ${keys.join(', ')}` : hint}`,
      );
    }
    return node;
  }

  /** The items of a list; none when the key is not there. */
  list(map: YamlMap, name: string): readonly YamlNode[] {
    const node = map.entries.get(name);
    if (node === undefined) return [];
    if (node.value.kind === 'list') return node.value.items;
    this.wrongKind(node.value, name, `a list (${name}: [...])`);
    return [];
  }

  /** One value that is text, read further. */
  text<T>(node: YamlNode, what: string, read: (text: string) => Parsed<T>): T | undefined {
    if (node.kind !== 'text') return this.wrongKind(node, what, 'text');
    return take(read(node.text), this.place(node), this.findings);
  }

  /** The value of a key that need not be there. */
  optional<T>(map: YamlMap, name: string, read: (text: string) => Parsed<T>): T | undefined {
    const node = map.entries.get(name)?.value;
    return node === undefined ? undefined : this.text(node, name, read);
  }

  wrongKind(node: YamlNode, what: string, expected: string): undefined {
    if (node.kind === 'faulty') return undefined;
    const advice =
      node.kind === 'nothing' ? 'fill it in or remove it' : 'write it so, and check the indentation';
    return this.error('wrong-kind', node, `${what} is ${KINDS[node.kind]}, expected ${expected}; ${advice}`);
  }
}
