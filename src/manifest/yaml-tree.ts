import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import type { Problem } from '../model/problem.ts';
import { error } from './finding.ts';
import type { LineIndex } from './line-index.ts';
import { show } from './show.ts';
import type { YamlList, YamlMap, YamlNode, YamlText } from './yaml-node.ts';

export interface YamlTree {
  /** Undefined for an empty document, and for one that is no YAML. */
  readonly root: YamlNode | undefined;
  readonly findings: readonly Problem[];
}

const MAX_DEPTH = 50;
/** A manifest has little to repeat; each use of an anchor can stand for a long list. */
const MAX_ALIASES = 100;

/** @param text  with line feeds only. JSON is YAML, but for tabs between its tokens, which are read as spaces. */
export function parseYaml(text: string, lines: LineIndex): YamlTree {
  const source = /^\s*[{[]/.test(text) ? text.replaceAll('\t', ' ') : text;
  try {
    const events = parseEvents(source, { maxDepth: MAX_DEPTH });
    return new TreeBuilder(source, events, lines).build();
  } catch (thrown) {
    if (!(thrown instanceof YAMLException)) throw thrown;
    return { root: undefined, findings: [syntaxProblem(thrown, lines, source)] };
  }
}

function syntaxProblem({ reason, mark }: YAMLException, lines: LineIndex, text: string): Problem {
  const end = /unexpected end of the stream/.test(reason);
  const place = lines.place(Math.min(mark?.position ?? 0, text.length));
  if (end && /quoted/.test(reason)) {
    return error(
      'quote-unclosed',
      place,
      'the file ends inside quotes; close them, or check whether the file was cut off',
    );
  }
  if (end || (mark?.position ?? 0) >= text.trimEnd().length) {
    return error(
      'yaml-unfinished',
      place,
      `the file ends too soon (${reason}); close brackets and quotes, or check whether the file was cut off`,
    );
  }
  return error('yaml-syntax', place, `the file is no YAML: ${reason}; correct it here or just above`);
}

class TreeBuilder {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #lines: LineIndex;
  readonly #findings: Problem[] = [];
  readonly #anchors = new Map<string, YamlNode>();
  #next = 0;
  #aliases = 0;
  /** Where the last thing with a place of its own ended: the place of what is not written at all. */
  #last = 0;

  constructor(text: string, events: readonly Event[], lines: LineIndex) {
    this.#text = text;
    this.#events = events;
    this.#lines = lines;
  }

  build(): YamlTree {
    if (this.#events.length === 0) return { root: undefined, findings: [] };
    this.#next = 1;
    const root = this.#node();
    this.#next++;
    if (this.#next < this.#events.length) this.#secondDocument();
    return { root, findings: this.#findings };
  }

  #node(): YamlNode {
    const event = this.#events[this.#next++];
    if (event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) {
      this.#next--;
      return { kind: 'nothing', offset: this.#last };
    }
    if (event.type === EVENT_ID.ALIAS) return this.#alias(event.anchorStart, event.anchorEnd);
    if (event.tagStart !== -1) this.#tag(event.tagStart, event.tagEnd);
    const node = this.#content(event);
    if (event.anchorStart !== -1)
      this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), node);
    return node;
  }

  #content(event: Exclude<Event, { type: 1 | 5 | 6 }>): YamlNode {
    if (event.type === EVENT_ID.SCALAR) {
      if (event.valueStart === -1) return { kind: 'nothing', offset: this.#last };
      const plain = event.style === SCALAR_STYLE.PLAIN;
      const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
      const offset = event.valueStart - (quoted ? 1 : 0);
      this.#last = offset;
      if (!this.#isOneLine(event.valueStart, event.valueEnd, offset)) return { kind: 'faulty', offset };
      const text = getScalarValue(this.#text, event);
      return plain && /^(?:~|null|)$/.test(text)
        ? { kind: 'nothing', offset }
        : { kind: 'text', text, offset };
    }
    this.#last = event.start;
    return event.type === EVENT_ID.SEQUENCE ? this.#list(event.start) : this.#map(event.start);
  }

  #list(offset: number): YamlList {
    const items: YamlNode[] = [];
    while (!this.#atPop()) items.push(this.#node());
    this.#next++;
    return { kind: 'list', items, offset };
  }

  #map(offset: number): YamlMap {
    const entries = new Map<string, { key: YamlText; value: YamlNode }>();
    while (!this.#atPop()) {
      const key = this.#node();
      const value = this.#node();
      if (this.#isGoodKey(key, entries)) entries.set(key.text, { key, value });
    }
    this.#next++;
    return { kind: 'map', entries, offset };
  }

  #isGoodKey(key: YamlNode, entries: ReadonlyMap<string, { key: YamlText }>): key is YamlText {
    if (key.kind === 'faulty') return false;
    if (key.kind !== 'text')
      return this.#refuse('yaml-key', key.offset, 'the key is no text; write a word before the colon');
    if (key.text === '<<') {
      return this.#refuse('yaml-merge', key.offset, 'merge keys (<<) are not read; write the entries out');
    }
    const first = entries.get(key.text)?.key;
    if (first === undefined) return true;
    const { line } = this.#lines.place(first.offset);
    return this.#refuse(
      'key-twice',
      key.offset,
      `key ${show(key.text)} stands twice, first in line ${line}; keep one of them`,
    );
  }

  #alias(start: number, end: number): YamlNode {
    const name = this.#text.slice(start, end);
    const node = this.#anchors.get(name);
    this.#last = start;
    this.#aliases++;
    if (node === undefined)
      this.#refuse(
        'yaml-alias',
        start - 1,
        `alias ${show(`*${name}`)} has no anchor before it; write the value out`,
      );
    if (this.#aliases === MAX_ALIASES + 1) {
      this.#refuse(
        'yaml-aliases',
        start - 1,
        `there are more than ${MAX_ALIASES} aliases; write the values out`,
      );
    }
    return node === undefined || this.#aliases > MAX_ALIASES ? { kind: 'faulty', offset: start - 1 } : node;
  }

  #tag(start: number, end: number): void {
    this.#refuse(
      'yaml-tag',
      start,
      `tag ${show(this.#text.slice(start, end))} is not read, every value is text; remove the tag`,
    );
  }

  #secondDocument(): void {
    const rest = this.#events.slice(this.#next).find((event) => 'valueStart' in event || 'start' in event);
    const offset = rest === undefined ? this.#last : 'valueStart' in rest ? rest.valueStart : rest.start;
    this.#refuse(
      'yaml-documents',
      Math.max(offset, 0),
      'a second document starts here, expected one; put it into a file of its own',
    );
  }

  /** A wrong indent or a stray quote makes one text of an entry and those below it. */
  #isOneLine(start: number, end: number, offset: number): boolean {
    const written = this.#text.slice(start, end).trimEnd();
    if (!written.includes('\n')) return true;
    const { line } = this.#lines.place(start + written.length);
    return this.#refuse(
      'text-lines',
      offset,
      `the text goes on to line ${line}, expected one line; check quotes and indentation here and below`,
    );
  }

  #atPop(): boolean {
    const event = this.#events[this.#next];
    return event === undefined || event.type === EVENT_ID.POP;
  }

  #refuse(code: string, offset: number, message: string): false {
    this.#findings.push(error(code, this.#lines.place(offset), message));
    return false;
  }
}
