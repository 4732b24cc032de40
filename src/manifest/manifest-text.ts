import type { Source } from '../model/manifest.ts';
import { CsvReader } from './csv-manifest.ts';
import type { TextReader } from './text-reader.ts';
import type { ReadFile } from './written-file.ts';
import { readYaml } from './yaml-manifest.ts';

/**
 * The text of one file, as a table or as YAML: by the file's extension, else by its first line that says anything. A
 * table is read as it comes; YAML is a tree, and nothing of it is known before all of it is there.
 */
export class ManifestText implements TextReader {
  readonly #file: string;
  readonly #maxEntries: number;
  #form: 'yaml' | 'unknown' | CsvReader;
  #held: string[] = [];

  constructor(file: string, maxEntries: number) {
    this.#file = file;
    this.#maxEntries = maxEntries;
    this.#form = this.#formByName();
  }

  /** Whether all that was read so far is kept. */
  get isHeld(): boolean {
    return typeof this.#form === 'string';
  }

  read(text: string): void {
    if (typeof this.#form !== 'string') return this.#form.read(text);
    this.#held.push(text);
    if (this.#form === 'unknown' && text.includes('\n')) this.#look(false);
  }

  end(place: Source): ReadFile {
    if (this.#form === 'unknown') this.#look(true);
    return typeof this.#form === 'string' ? readYaml(this.#file, this.#held.join('')) : this.#form.end(place);
  }

  #formByName(): 'yaml' | 'unknown' | CsvReader {
    if (/\.(?:csv|tsv)$/i.test(this.#file)) return this.#newTable();
    return /\.(?:ya?ml|json)$/i.test(this.#file) ? 'yaml' : 'unknown';
  }

  #look(isWhole: boolean): void {
    const text = this.#held.join('');
    const line = firstFilled(text, isWhole);
    if (line === undefined) return;
    this.#form = isYaml(line) ? 'yaml' : this.#newTable();
    if (typeof this.#form === 'string') return;
    this.#held = [];
    this.#form.read(text);
  }

  #newTable(): CsvReader {
    return new CsvReader(this.#file, this.#maxEntries);
  }
}

/** A key with a colon, or a bracket. */
const isYaml = (line: string): boolean => /^\s*(?:[{[]|---|%YAML|["']?[A-Za-z]+["']?\s*:(?:\s|$))/.test(line);

/** @returns undefined while it may still come */
function firstFilled(text: string, isWhole: boolean): string | undefined {
  for (let start = 0; start < text.length; ) {
    const lineFeed = text.indexOf('\n', start);
    if (lineFeed === -1 && !isWhole) return undefined;
    const end = lineFeed === -1 ? text.length : lineFeed;
    const line = text.slice(start, end);
    if (line.trim() !== '' && !line.startsWith('#')) return line;
    start = end + 1;
  }
  return isWhole ? '' : undefined;
}
