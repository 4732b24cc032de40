import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ByteSource } from '../../src/job/files/byte-source.ts';
import { openFile } from '../../src/job/files/open-file.ts';
import { loadManifest } from '../../src/job/load-manifest.ts';
import { all, findingsOf, valueOf } from '../manifest/support.ts';

const CAPS = { targetsPerContact: 10, accountsPerAggregator: 200 };
const TABLE = Buffer.from('contact_id,member_id\nc-1,fd-1\n');
/** The owner is written in GB18030. */
const CHINESE = Buffer.from([
  ...Buffer.from('contact_id,member_id\n'),
  0xc9,
  0xfa,
  ...Buffer.from(',fd-1\n'),
]);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string): string => join(folder, name);

function written(bytes: Uint8Array): string {
  writeFileSync(inFolder('m.csv'), bytes);
  return inFolder('m.csv');
}

/** A pipe with a name, into which the bytes go once somebody reads it. */
function piped(bytes: Uint8Array): { readonly path: string; readonly written: Promise<void> } {
  const path = inFolder('pipe.csv');
  execFileSync('sh', ['-c', 'mkfifo "$0"', path]);
  return { path, written: writeFile(path, bytes) };
}

async function bytesOf(source: ByteSource): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source.pieces()) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('a file on disk', () => {
  it('gives all of its bytes, every time that they are asked for, in pieces', async () => {
    const bytes = Buffer.alloc(1_000_000, 'abcdefg');
    const source = await openFile(written(bytes));
    let pieces = 0;
    for await (const _ of source.pieces()) pieces += 1;
    expect(pieces).toBeGreaterThan(1);
    expect((await bytesOf(source)).equals(bytes)).toBe(true);
    expect((await bytesOf(source)).equals(bytes)).toBe(true);
    await source.close();
  });

  it('in GB18030 is read from its start again', async () => {
    const checked = await loadManifest([written(CHINESE)], CAPS, openFile);
    expect(valueOf(checked).contacts.map(({ ref }) => ref)).toEqual([{ by: 'name', name: '\u751f' }]);
    expect(findingsOf(checked)).toEqual(['encoding-gb18030? 1:1']);
  });

  it('that grows while it is read is refused with that reason', async () => {
    const path = written(TABLE);
    const growing = async (name: string): Promise<ByteSource> => {
      const source = await openFile(name);
      appendFileSync(name, 'c-1,fd-2\n');
      return source;
    };
    expect(all(await loadManifest([path], CAPS, growing))).toEqual([
      {
        code: 'file-changed',
        severity: 'error',
        source: { file: path, line: 1, column: 1 },
        message:
          'the file changed while it was read, expected it to stay as it is; wait until it is written, and run again',
      },
    ]);
  });

  it.each([
    ['that is not there', 'none.csv', 'ENOENT'],
    ['that is a folder', '', 'EISDIR'],
  ])('%s is one problem beside those of other files', async (_, name, reason) => {
    const other = written(Buffer.from('contact_id,member_id\nc-1,1e5\n'));
    const checked = await loadManifest([inFolder(name), other], CAPS, openFile);
    expect(all(checked).map(({ code, message }) => `${code}: ${message}`)).toEqual([
      `file-unreadable: the file cannot be read (${reason}); check the path and its permissions`,
      expect.stringMatching(/^id-scientific: /),
    ]);
  });
});

describe('a pipe', () => {
  it('is read once', async () => {
    const pipe = piped(TABLE);
    const checked = await loadManifest([pipe.path], CAPS, openFile);
    await pipe.written;
    expect(valueOf(checked).entries).toBe(1);
  });

  it('in GB18030 is read out of what was kept', async () => {
    const pipe = piped(CHINESE);
    const checked = await loadManifest([pipe.path], CAPS, openFile);
    await pipe.written;
    expect(valueOf(checked).contacts.map(({ ref }) => ref)).toEqual([{ by: 'name', name: '\u751f' }]);
  });

  it('that gives a few bytes at a time is kept in no more room than they take', async () => {
    const pipe = piped(CHINESE);
    const source = await openFile(pipe.path);
    await bytesOf(source);
    await pipe.written;
    const room: number[] = [];
    for await (const piece of source.pieces()) room.push(piece.buffer.byteLength);
    expect(room).toEqual([CHINESE.length]);
    await source.close();
  });

  it.each([
    ['UTF-8 is read however much it is', TABLE, []],
    [
      'GB18030 with more than is kept is refused with the remedy',
      CHINESE,
      [
        'the file is no UTF-8, and of what comes through a pipe at most 20 bytes are read in another encoding; write it to a file first, or as UTF-8',
      ],
    ],
  ])('in %s', async (_, bytes, expected) => {
    const pipe = piped(bytes);
    const checked = await loadManifest([pipe.path], CAPS, (path) => openFile(path, 20));
    await pipe.written;
    expect(all(checked).map(({ message }) => message)).toEqual(expected);
  });
});
