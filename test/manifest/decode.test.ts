import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/manifest/decode.ts';
import { utf8 } from './support.ts';

const TEXT = 'a,生产\nb,1738084522671234\n';

const utf16 = (text: string, order: 'le' | 'be'): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

const decode = (bytes: Uint8Array, maxBytes = 1000) => {
  const { text, findings } = decodeText('m.csv', bytes, maxBytes);
  return {
    text,
    findings: findings.map(
      ({ code, severity, source }) => `${code} ${severity} ${source?.line}:${source?.column}`,
    ),
  };
};

describe('bytes', () => {
  it.each<[string, Uint8Array, readonly string[]]>([
    ['UTF-8', utf8(TEXT), []],
    ['UTF-8 with a byte-order mark', utf8(`\ufeff${TEXT}`), ['byte-order-mark warning 1:1']],
    ['UTF-16 LE', utf16(TEXT, 'le'), ['encoding-utf-16 warning 1:1']],
    ['UTF-16 BE', utf16(TEXT, 'be'), ['encoding-utf-16 warning 1:1']],
    [
      'GB18030',
      Buffer.concat([utf8('a,'), Uint8Array.of(0xc9, 0xfa, 0xb2, 0xfa), utf8('\nb,1738084522671234\n')]),
      ['encoding-gb18030 warning 1:1'],
    ],
  ])('in %s are read', (_, bytes, findings) => {
    expect(decode(bytes)).toEqual({ text: TEXT, findings });
  });

  it.each<[string, readonly number[], string]>([
    ['a zip or .xlsx', [0x50, 0x4b, 0x03, 0x04, 0x14], 'file-is-zip error 1:1'],
    ['gzip', [0x1f, 0x8b, 0x08], 'file-is-gzip error 1:1'],
    ['an .xls', [0xd0, 0xcf, 0x11, 0xe0, 0xa1], 'file-is-xls error 1:1'],
    ['a PDF', [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31], 'file-is-pdf error 1:1'],
    ['in no known encoding', [0x61, 0xff, 0xff], 'encoding-unreadable error 1:1'],
    ['UTF-16 with half a character', [0xff, 0xfe, 0x61], 'encoding-unreadable error 1:1'],
    ['with a NUL', [0x61, 0x0d, 0x0a, 0x62, 0x00], 'nul-character error 2:2'],
    ['UTF-16 without a mark', [0x61, 0x00, 0x62, 0x00], 'nul-character error 1:2'],
  ])('that are %s are refused', (_, bytes, finding) => {
    expect(decode(Uint8Array.from(bytes))).toEqual({ text: undefined, findings: [finding] });
  });

  it('beyond the limit are refused, up to it read', () => {
    expect(decode(utf8('abcd'), 4).text).toBe('abcd');
    expect(decode(utf8('abcde'), 4)).toEqual({ text: undefined, findings: ['file-too-large error 1:1'] });
  });

  it('get one kind of line end', () => {
    expect(decode(utf8('a\r\nb\rc\n\rd')).text).toBe('a\nb\nc\n\nd');
  });
});
