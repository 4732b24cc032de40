import type { Source } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import {
  type Encoding,
  encodingNote,
  encodingUnreadable,
  markedEncoding,
  notText,
  TELLING_BYTES,
} from './encoding.ts';
import { error, warning } from './finding.ts';
import { unifyLineEnds } from './line-index.ts';
import { type PieceDecoder, pieceDecoder } from './piece-decoder.ts';
import { TextPosition } from './text-position.ts';

const NOTHING = new Uint8Array();

/** What is known of a text once all of its bytes have passed. */
export type TextEnd =
  /** `findings` are notes; `place` is where the text ends. */
  | { readonly kind: 'read'; readonly findings: readonly Problem[]; readonly place: Source }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** It is no UTF-8: whoever has the bytes may begin anew with GB18030. */
  | { readonly kind: 'not-utf-8' };

/**
 * The bytes of a file as text with line feeds only and no byte-order mark, piece by piece. Reads UTF-8, UTF-16 with a
 * byte-order mark and, when told so, GB18030, which is what spreadsheets write in a Chinese locale. Anything but plain
 * UTF-8 is noted. What becomes of the text is only known at its end: a file that is refused may have given some before.
 */
export class TextPieces {
  readonly #path: string;
  readonly #fallback: Encoding | undefined;
  readonly #position: TextPosition;
  #head: Uint8Array = NOTHING;
  #encoding: Encoding = 'utf-8';
  #decoder: PieceDecoder | undefined;
  #afterReturn = false;
  #failed = false;
  #refusal: Problem | undefined;
  #nul: Problem | undefined;

  /** @param fallback  GB18030 when an earlier reading ended as `not-utf-8` */
  constructor(path: string, fallback?: 'gb18030') {
    this.#path = path;
    this.#fallback = fallback;
    this.#position = new TextPosition(path);
  }

  /** Whether more bytes can still make a text. */
  get isText(): boolean {
    return !this.#failed && this.#refusal === undefined;
  }

  /** @returns the text that is complete; it may be empty */
  push(bytes: Uint8Array): string {
    return this.#take(bytes, false);
  }

  /** @returns what was still held back */
  flush(): string {
    return this.#take(NOTHING, true);
  }

  /** After {@link flush}. */
  end(): TextEnd {
    if (this.#refusal !== undefined) return { kind: 'refused', problem: this.#refusal };
    if (this.#failed && this.#encoding === 'utf-8') return { kind: 'not-utf-8' };
    if (this.#failed) return { kind: 'refused', problem: this.#found(encodingUnreadable(this.#encoding)) };
    if (this.#nul !== undefined) return { kind: 'refused', problem: this.#nul };
    const note = encodingNote(this.#encoding, this.#head);
    const findings = note === undefined ? [] : [warning(note.code, this.#start, note.message)];
    return { kind: 'read', findings, place: this.#position.place };
  }

  #take(bytes: Uint8Array, last: boolean): string {
    if (!this.isText) return '';
    const text = this.#decode(this.#begun(bytes, last), last);
    if (text === '' || this.#nul !== undefined) return '';
    const unified = this.#unified(text);
    const nul = unified.indexOf('\0');
    this.#position.pass(nul === -1 ? unified : unified.slice(0, nul));
    if (nul === -1) return unified;
    this.#nul = nulFound(this.#position.place);
    return '';
  }

  /** Holds the first bytes until they tell what the file is. */
  #begun(bytes: Uint8Array, last: boolean): Uint8Array {
    if (this.#decoder !== undefined) return bytes;
    this.#head = Buffer.concat([this.#head, bytes]);
    if (this.#head.length < TELLING_BYTES && !last) return NOTHING;
    const other = notText(this.#head);
    if (other !== undefined) this.#refusal = this.#found(other);
    this.#encoding = markedEncoding(this.#head) ?? this.#fallback ?? 'utf-8';
    this.#decoder = pieceDecoder(this.#encoding);
    const known = this.#head;
    this.#head = known.subarray(0, TELLING_BYTES);
    return known;
  }

  #decode(bytes: Uint8Array, last: boolean): string {
    if (this.#decoder === undefined || !this.isText) return '';
    try {
      return this.#decoder.decode(bytes, last);
    } catch (thrown) {
      if (!(thrown instanceof TypeError)) throw thrown;
      this.#failed = true;
      return '';
    }
  }

  /** The two halves of a Windows line end may come in two pieces. */
  #unified(text: string): string {
    const rest = this.#afterReturn && text.startsWith('\n') ? text.slice(1) : text;
    this.#afterReturn = text.endsWith('\r');
    return unifyLineEnds(rest);
  }

  get #start(): Source {
    return { file: this.#path, line: 1, column: 1 };
  }

  #found({ code, message }: { readonly code: string; readonly message: string }): Problem {
    return error(code, this.#start, message);
  }
}

const nulFound = (place: Source): Problem =>
  error(
    'nul-character',
    place,
    'there is a NUL character, expected text; the file is binary, or UTF-16 without a byte-order mark: save it as UTF-8',
  );
