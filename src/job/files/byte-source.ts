/** The bytes of an open file. */
export interface ByteSource {
  /**
   * From the start, each time that it is asked for.
   * @throws ReadingError, or the error of the file system
   */
  pieces(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/**
 * A small file, whole.
 * @throws the error of the file system
 */
export type ReadFile = (path: string) => Promise<Uint8Array>;

/** @throws the error of the file system */
export type OpenFile = (path: string) => Promise<ByteSource>;

/** Why a file that was open could not be read to its end; the message says what to do. */
export class ReadingError extends Error {
  readonly code: 'file-changed' | 'pipe-not-utf-8';

  constructor(code: ReadingError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
