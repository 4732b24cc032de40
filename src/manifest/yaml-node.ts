/** A YAML document in which every scalar is text, and everything has its place. */
export type YamlNode = YamlText | YamlNothing | YamlFaulty | YamlList | YamlMap;

export interface YamlText {
  readonly kind: 'text';
  readonly text: string;
  readonly offset: number;
}

/** Nothing written, `null` or `~`. */
export interface YamlNothing {
  readonly kind: 'nothing';
  readonly offset: number;
}

/** Something that cannot be read, and has been reported. */
export interface YamlFaulty {
  readonly kind: 'faulty';
  readonly offset: number;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly offset: number;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, { readonly key: YamlText; readonly value: YamlNode }>;
  readonly offset: number;
}
