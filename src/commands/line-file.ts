import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** A file that grows by lines; readable by its owner only. */
export interface LineFile {
  readonly write: (line: string) => void;
  /** Returns when everything is written. */
  readonly close: () => Promise<void>;
}

/** Begins the file anew. Rejects when it cannot be opened. */
export async function openLineFile(path: string): Promise<LineFile> {
  const stream = createWriteStream(path, { mode: 0o600 });
  await once(stream, 'open');
  // A disk that fills up while calls are answered ends the recording, not the emulator.
  const failed = new Promise<void>((resolve) => stream.on('error', () => resolve()));
  return {
    write: (line) => void stream.write(`${line}\n`),
    close: () => Promise.race([failed, new Promise<void>((resolve) => stream.end(resolve))]),
  };
}
