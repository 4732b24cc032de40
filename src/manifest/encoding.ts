/** How the bytes of a text are to be read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

const UTF_8_MARK = [0xef, 0xbb, 0xbf];
const NOT_TEXT: readonly { code: string; magic: readonly number[]; what: string }[] = [
  { code: 'file-is-zip', magic: [0x50, 0x4b, 0x03, 0x04], what: 'a zip archive or an .xlsx workbook' },
  { code: 'file-is-gzip', magic: [0x1f, 0x8b], what: 'compressed with gzip' },
  { code: 'file-is-xls', magic: [0xd0, 0xcf, 0x11, 0xe0], what: 'an .xls workbook' },
  { code: 'file-is-pdf', magic: [0x25, 0x50, 0x44, 0x46, 0x2d], what: 'a PDF' },
];

/** So many bytes of a file tell what it is; a shorter file is all there is to see. */
export const TELLING_BYTES = 5;

/** What a file is that is no text at all. @param head  its first bytes, {@link TELLING_BYTES} at least */
export function notText(head: Uint8Array): { readonly code: string; readonly message: string } | undefined {
  const other = NOT_TEXT.find(({ magic }) => startsWith(head, magic));
  if (other === undefined) return undefined;
  return {
    code: other.code,
    message: `the file is ${other.what}, expected text; save it as CSV (UTF-8) or YAML`,
  };
}

/** The encoding that a byte-order mark names. */
export function markedEncoding(head: Uint8Array): Encoding | undefined {
  if (startsWith(head, [0xff, 0xfe])) return 'utf-16le';
  return startsWith(head, [0xfe, 0xff]) ? 'utf-16be' : undefined;
}

/** What is to be said of a file that is anything but plain UTF-8. */
export function encodingNote(
  encoding: Encoding,
  head: Uint8Array,
): { readonly code: string; readonly message: string } | undefined {
  if (encoding === 'utf-8') {
    if (!startsWith(head, UTF_8_MARK)) return undefined;
    return { code: 'byte-order-mark', message: 'the file starts with a byte-order mark; it was skipped' };
  }
  const message = `the file is no UTF-8; it was read as ${encoding.toUpperCase()}: check that names look right, or save it as UTF-8`;
  return { code: encoding === 'gb18030' ? 'encoding-gb18030' : 'encoding-utf-16', message };
}

export const encodingUnreadable = (
  encoding: Encoding,
): { readonly code: string; readonly message: string } => ({
  code: 'encoding-unreadable',
  message: `the file is no text in ${encoding === 'gb18030' ? 'UTF-8 or GB18030' : encoding.toUpperCase()}; save it as UTF-8`,
});

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);
