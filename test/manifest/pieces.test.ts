import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileReading } from '../../src/manifest/file-reading.ts';
import { joinFiles } from '../../src/manifest/join-files.ts';
import { DEFAULT_LIMITS, type ManifestLimits } from '../../src/manifest/limits.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { MAX_LINE_LENGTH } from '../../src/manifest/text-lines.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { Checked } from '../../src/model/problem.ts';
import { GOOD_MANIFESTS } from '../invalid/support/good-manifests.ts';
import { mutate } from '../invalid/support/mutate.ts';
import { seededRandom } from '../support/fake-time.ts';
import { all, findingsOf, utf8, valueOf } from './support.ts';

/** @param sizes  of the pieces, over and over; each piece is a copy that is spoilt once it was read */
function readPieces(
  path: string,
  bytes: Uint8Array,
  sizes: readonly number[],
  limits: ManifestLimits = DEFAULT_LIMITS,
): Checked<Manifest> {
  const once = (fallback?: 'gb18030') => {
    const reading = new FileReading(path, limits, fallback);
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const piece = Uint8Array.from(bytes.subarray(at, at + (sizes[turn % sizes.length] ?? 1)));
      reading.push(piece);
      at += piece.length;
      piece.fill(0xff);
    }
    return reading.end();
  };
  const read = once() ?? once('gb18030');
  if (read === undefined) throw new Error('not read at all');
  return joinFiles([read], limits);
}

const GB18030_NAME = Uint8Array.of(0xc9, 0xfa, 0xb2, 0xfa);
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

/** A text as the programs that people use would write it. */
const ENCODINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8': utf8,
  'UTF-8 with a mark': (text) => utf8(`\ufeff${text}`),
  'UTF-8 with Windows line ends': (text) => utf8(text.replaceAll('\n', '\r\n')),
  'UTF-8 with old Macintosh line ends': (text) => utf8(text.replaceAll('\n', '\r')),
  'UTF-16 LE': utf16,
  'UTF-16 BE': (text) => utf16(text).swap16(),
  GB18030: (text) =>
    Buffer.concat([utf8('# '), GB18030_NAME, utf8(`\r\n${text.replaceAll(/[^\n -~]/gu, '')}`)]),
  'no text': (text) => Buffer.concat([utf8(text), Uint8Array.of(0x81, 0xff)]),
};

/** Characters of every length, quotes of every kind, a cell of two lines, and problems whose places must be right. */
const HARD = `\u8054\u7cfb\u4ebaid,member_id,note
# "not a quote
\u751f\u4ea7,1738084522671234,"a ""quoted"" \u{1f600}
second line, ""too"""

"Sec\u00f6ps",9738084522671235,\u{1f600}
\u{1f600}\u{1f600},1.73808E+15,"\u00e9"
c-1,fd-ZDNPiT1234`;

const TABLES = GOOD_MANIFESTS.concat([
  { path: 'm.csv', text: HARD },
  { path: 'm', text: HARD },
  ...GOOD_MANIFESTS.map(({ text }) => ({ path: 'm', text })),
]);

describe.each(Object.entries(ENCODINGS))('a table in %s', (_, encode) => {
  it('says the same wherever its bytes are cut in two', () => {
    const bytes = encode(HARD);
    const whole = readManifest([{ path: 'm.csv', bytes }], DEFAULT_LIMITS);
    expect(all(whole).length).toBeGreaterThan(0);
    for (let at = 1; at < bytes.length; at += 1) {
      expect({ at, read: readPieces('m.csv', bytes, [at, bytes.length]) }).toEqual({ at, read: whole });
    }
  });
});

describe('a file in pieces', () => {
  it('has the places of its problems in its lines and characters', () => {
    expect(findingsOf(readPieces('m.csv', utf8(HARD), [1]))).toEqual([
      'note-lines? 3:21',
      'id-scientific 7:4',
      'row-shape 8:18',
      'final-newline? 8:18',
    ]);
  });

  it('is read as it is in one piece, sound or damaged, whatever their sizes', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 });
    const file = fc.constantFrom(...TABLES);
    const encode = fc.constantFrom(...Object.values(ENCODINGS));
    fc.assert(
      fc.property(file, encode, fc.option(fc.nat()), sizes, ({ path, text }, encoded, seed, pieces) => {
        const good = encoded(text);
        const bytes = seed === null ? good : mutate(good, seededRandom(seed));
        expect(readPieces(path, bytes, pieces)).toEqual(readManifest([{ path, bytes }], DEFAULT_LIMITS));
      }),
      { numRuns: 3000 },
    );
  });

  it('has its whole digest, whatever it holds', () => {
    const bytes = utf8('contact_id,member_id\nc-1,fd-1\n');
    expect(valueOf(readPieces('m.csv', bytes, [3])).files).toEqual([
      { path: 'm.csv', sha256: '34110d6567f8b4a912de48019270cb0643f31ae1ce00a0643bb699413580dcdd' },
    ]);
  });

  it('of more bytes than may be held is read if it is a table, and refused with its size if it is YAML', () => {
    const limits = { ...DEFAULT_LIMITS, maxBytes: 40 };
    const table = utf8('contact_id,member_id\nc-1,fd-1\nc-1,fd-2\nc-1,fd-3\n');
    expect(valueOf(readPieces('m.csv', table, [7], limits)).entries).toBe(3);
    expect(valueOf(readPieces('m', table, [7], limits)).entries).toBe(3);
    const yaml = utf8(`version: 1\ncontacts:\n- contact: c-1\n  bind: [fd-1]\n`);
    for (const path of ['m.yaml', 'm']) {
      expect(all(readPieces(path, yaml, [7], limits)).map(({ message }) => message)).toEqual([
        'the file has 51 bytes, at most 40 are read; split it',
      ]);
    }
  });
});

describe('a line without end', () => {
  const endless = (line: string): readonly string[] =>
    findingsOf(readPieces('m.csv', utf8(`contact_id,member_id\nc-1,fd-1\n${line}`), [65_536]));
  const long = 'x'.repeat(2 * MAX_LINE_LENGTH);

  it.each<[string, string, readonly string[]]>([
    ['as a row', `${long}\nc-1,1e5\n`, ['record-too-long 3:1']],
    ['as the last row', long, ['record-too-long 3:1', `final-newline? 3:${long.length + 1}`]],
    ['as a comment', `# ${long}\nc-1,1e5\n`, ['id-scientific 4:5']],
    ['in quotes', `"${long}\nc-1,1e5\n`, ['record-too-long 3:1']],
    ['of quotes', `"${'"'.repeat(long.length)}\nc-1,1e5\n`, ['record-too-long 3:1']],
    ['of commas', `${','.repeat(long.length)}\nc-1,1e5\n`, ['record-too-long 3:1']],
    ['of short lines in quotes', `"${'x\n'.repeat(long.length)}`, ['record-too-long 3:1']],
  ])('%s is not held, and what is said of it is this', (_, line, expected) => {
    expect(endless(line)).toEqual(expected);
  });

  it('as the header is not known', () => {
    expect(findingsOf(readPieces('m.csv', utf8(long), [65_536]))).toEqual(['header-unknown 1:1']);
  });
});
