import type { Problem } from '../model/problem.ts';
import { error, warning } from './finding.ts';
import { unifyLineEnds } from './line-index.ts';

/** A file as text with line feeds only and no byte-order mark; undefined when it cannot be read as text. */
export interface Decoded {
  readonly text: string | undefined;
  readonly findings: readonly Problem[];
}

const NOT_TEXT: readonly { code: string; magic: readonly number[]; what: string }[] = [
  { code: 'file-is-zip', magic: [0x50, 0x4b, 0x03, 0x04], what: 'a zip archive or an .xlsx workbook' },
  { code: 'file-is-gzip', magic: [0x1f, 0x8b], what: 'compressed with gzip' },
  { code: 'file-is-xls', magic: [0xd0, 0xcf, 0x11, 0xe0], what: 'an .xls workbook' },
  { code: 'file-is-pdf', magic: [0x25, 0x50, 0x44, 0x46, 0x2d], what: 'a PDF' },
];

/**
 * Reads UTF-8, UTF-16 with a byte-order mark and, when the bytes are no UTF-8, GB18030, which is
 * what spreadsheets write in a Chinese locale. Anything but plain UTF-8 is noted.
 * @param maxBytes  a larger file is refused before it is decoded
 */
export function decodeText(path: string, bytes: Uint8Array, maxBytes: number): Decoded {
  const start = { file: path, line: 1, column: 1 };
  const refuse = (code: string, message: string): Decoded => ({
    text: undefined,
    findings: [error(code, start, message)],
  });
  if (bytes.length > maxBytes) {
    return refuse(
      'file-too-large',
      `the file has ${bytes.length} bytes, at most ${maxBytes} are read; split it`,
    );
  }
  const other = NOT_TEXT.find(({ magic }) => startsWith(bytes, magic));
  if (other !== undefined) {
    return refuse(other.code, `the file is ${other.what}, expected text; save it as CSV (UTF-8) or YAML`);
  }
  const { encoding, text } = decode(bytes);
  if (text === undefined) {
    return refuse(
      'encoding-unreadable',
      `the file is no text in ${encoding === 'gb18030' ? 'UTF-8 or GB18030' : encoding.toUpperCase()}; save it as UTF-8`,
    );
  }
  const nul = text.indexOf('\0');
  if (nul !== -1) return { text: undefined, findings: [nulFound(path, text, nul)] };
  const note = encodingNote(encoding, bytes);
  return {
    text: unifyLineEnds(text),
    findings: note === undefined ? [] : [warning(note.code, start, note.message)],
  };
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

/** The text is undefined where the bytes are none in the encoding that they most likely have. */
function decode(bytes: Uint8Array): { readonly encoding: string; readonly text: string | undefined } {
  const encoding = markedEncoding(bytes) ?? 'utf-8';
  const text = decodeAs(encoding, bytes);
  if (text !== undefined || encoding !== 'utf-8') return { encoding, text };
  return { encoding: 'gb18030', text: decodeAs('gb18030', bytes) };
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  return startsWith(bytes, [0xfe, 0xff]) ? 'utf-16be' : undefined;
}

function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function encodingNote(encoding: string, bytes: Uint8Array): { code: string; message: string } | undefined {
  if (encoding === 'utf-8') {
    if (!startsWith(bytes, [0xef, 0xbb, 0xbf])) return undefined;
    return { code: 'byte-order-mark', message: 'the file starts with a byte-order mark; it was skipped' };
  }
  const name = encoding === 'gb18030' ? 'GB18030' : encoding.toUpperCase();
  const message = `the file is no UTF-8; it was read as ${name}: check that names look right, or save it as UTF-8`;
  return { code: encoding === 'gb18030' ? 'encoding-gb18030' : 'encoding-utf-16', message };
}

function nulFound(path: string, text: string, offset: number): Problem {
  const before = unifyLineEnds(text.slice(0, offset));
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  return error(
    'nul-character',
    { file: path, line, column },
    'there is a NUL character, expected text; the file is binary, or UTF-16 without a byte-order mark: save it as UTF-8',
  );
}
