import { createHash } from 'node:crypto';
import type { ManifestFile } from '../model/manifest.ts';
import { fileTooLarge } from './decode.ts';
import type { ManifestLimits } from './limits.ts';
import { ManifestText } from './manifest-text.ts';
import { TextPieces } from './text-pieces.ts';
import { NOTHING_WRITTEN, type ReadFile } from './written-file.ts';

/** A manifest file as read, and what it is known by. */
export interface FileRead extends ReadFile {
  readonly file: ManifestFile;
}

/**
 * Reads one manifest file out of its bytes, piece by piece and once from start to end. A table of any size is read in
 * the memory that its entries take.
 */
export class FileReading {
  readonly #path: string;
  readonly #maxBytes: number;
  readonly #hash = createHash('sha256');
  readonly #pieces: TextPieces;
  #text: ManifestText | undefined;
  #bytes = 0;

  /** @param fallback  GB18030 when an earlier reading of the same bytes ended with undefined */
  constructor(path: string, limits: ManifestLimits, fallback?: 'gb18030') {
    this.#path = path;
    this.#maxBytes = limits.maxBytes;
    this.#pieces = new TextPieces(path, fallback);
    this.#text = new ManifestText(path, limits.maxEntries);
  }

  /** @param bytes  not looked at again once this has returned */
  push(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    this.#text?.read(this.#pieces.push(bytes));
    if (this.#text?.isHeld && this.#bytes > this.#maxBytes) this.#text = undefined;
  }

  /** @returns undefined when the bytes are no UTF-8: they are to be read anew as GB18030 */
  end(): FileRead | undefined {
    this.#text?.read(this.#pieces.flush());
    const read = this.#result();
    return read && { ...read, file: { path: this.#path, sha256: this.#hash.digest('hex') } };
  }

  #result(): ReadFile | undefined {
    if (this.#text === undefined) {
      return { written: NOTHING_WRITTEN, findings: [fileTooLarge(this.#path, this.#bytes, this.#maxBytes)] };
    }
    const end = this.#pieces.end();
    if (end.kind === 'not-utf-8') return undefined;
    if (end.kind === 'refused') return { written: NOTHING_WRITTEN, findings: [end.problem] };
    const { written, findings } = this.#text.end(end.place);
    return { written, findings: [...end.findings, ...findings] };
  }
}
