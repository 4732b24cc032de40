import type { BigIntStats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { DEFAULT_LIMITS } from '../../manifest/limits.ts';
import { type ByteSource, ReadingError } from './byte-source.ts';

const PIECE_BYTES = 256 * 1024;

/**
 * Opens a file to be read in pieces; it may be a pipe, as `/dev/stdin` or `<(command)` are.
 * @param maxKept  bytes of a pipe that are kept to be read again
 */
export async function openFile(path: string, maxKept = DEFAULT_LIMITS.maxBytes): Promise<ByteSource> {
  const handle = await open(path);
  try {
    const stats = await handle.stat({ bigint: true });
    return stats.isFile() ? new DiskFile(handle, stats) : new PipedFile(handle, maxKept);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A file that can be read again. It is the same file, and has the same content, from the first piece to the last. */
class DiskFile implements ByteSource {
  readonly #handle: FileHandle;
  readonly #opened: BigIntStats;

  constructor(handle: FileHandle, opened: BigIntStats) {
    this.#handle = handle;
    this.#opened = opened;
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    let position = 0;
    for await (const piece of piecesOf((bytes) => this.#handle.read(bytes, 0, bytes.length, position))) {
      position += piece.length;
      yield piece;
    }
    const { size, mtimeNs } = await this.#handle.stat({ bigint: true });
    if (size === this.#opened.size && mtimeNs === this.#opened.mtimeNs) return;
    throw new ReadingError(
      'file-changed',
      'the file changed while it was read, expected it to stay as it is; wait until it is written, and run again',
    );
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** Bytes that come once. They are kept for a second reading, as far as there is room. */
class PipedFile implements ByteSource {
  readonly #handle: FileHandle;
  readonly #maxKept: number;
  #kept: Uint8Array[] = [];
  #bytes = 0;
  #isRead = false;

  constructor(handle: FileHandle, maxKept: number) {
    this.#handle = handle;
    this.#maxKept = maxKept;
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    if (this.#isRead) {
      yield* this.#again();
      return;
    }
    this.#isRead = true;
    for await (const piece of piecesOf((bytes) => this.#handle.read(bytes, 0, bytes.length, null))) {
      this.#keep(piece);
      yield piece;
    }
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  #keep(piece: Uint8Array): void {
    this.#bytes += piece.length;
    if (this.#isTooLarge) this.#kept = [];
    // A copy: a pipe may give a few bytes at a time, and each piece has the room of a whole one.
    else this.#kept.push(new Uint8Array(piece));
  }

  get #isTooLarge(): boolean {
    return this.#bytes > this.#maxKept;
  }

  *#again(): Generator<Uint8Array> {
    if (this.#isTooLarge) {
      throw new ReadingError(
        'pipe-not-utf-8',
        `the file is no UTF-8, and of what comes through a pipe at most ${this.#maxKept} bytes are read in another encoding; write it to a file first, or as UTF-8`,
      );
    }
    yield* this.#kept;
  }
}

async function* piecesOf(
  read: (bytes: Uint8Array) => Promise<{ readonly bytesRead: number }>,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    const bytes = Buffer.allocUnsafe(PIECE_BYTES);
    const { bytesRead } = await read(bytes);
    if (bytesRead === 0) return;
    yield bytes.subarray(0, bytesRead);
  }
}
