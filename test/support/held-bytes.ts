import type { ByteSource } from '../../src/job/files/byte-source.ts';

/** A file that is in memory. @param size  of its pieces */
export const heldBytes = (bytes: Uint8Array, size = Math.max(1, bytes.length)): ByteSource => ({
  async *pieces() {
    for (let at = 0; at < bytes.length; at += size) yield Uint8Array.from(bytes.subarray(at, at + size));
  },
  close: async () => undefined,
});

/** For a run that has a manifest and no other file. */
export const notToBeRead = async (path: string): Promise<never> => {
  throw new Error(`${path} was not to be read`);
};
