import type { Encoding } from './encoding.ts';

const NOTHING = new Uint8Array();

/** Bytes as text, piece by piece, without a byte-order mark; a character may be spread over pieces. */
export interface PieceDecoder {
  /** @param last  whether no more bytes follow. @throws TypeError where the bytes are none in the encoding */
  decode(bytes: Uint8Array, last: boolean): string;
}

export function pieceDecoder(encoding: Encoding): PieceDecoder {
  if (encoding === 'utf-8') return new Utf8Decoder();
  const decoder = new TextDecoder(encoding, { fatal: true });
  return { decode: (bytes, last) => decoder.decode(bytes, { stream: !last }) };
}

/**
 * Gives the platform's decoder whole characters only: told that a piece is one of a stream, it takes several times as
 * long, and makes a text of ASCII twice as large.
 */
class Utf8Decoder implements PieceDecoder {
  readonly #first = new TextDecoder('utf-8', { fatal: true });
  readonly #next = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #started = false;
  #held: Uint8Array = NOTHING;

  decode(bytes: Uint8Array, last: boolean): string {
    const known = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const end = last ? known.length : wholeCharacters(known);
    this.#held = Uint8Array.from(known.subarray(end));
    if (end === 0) return '';
    const decoder = this.#started ? this.#next : this.#first;
    this.#started = true;
    return decoder.decode(known.subarray(0, end));
  }
}

/** The bytes without a character that has only begun at their end. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return characterLength(byte) > back ? bytes.length - back : bytes.length;
    if (byte < 0x80) break;
  }
  return bytes.length;
}

/** @param lead  the first byte of a character of several */
function characterLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}
