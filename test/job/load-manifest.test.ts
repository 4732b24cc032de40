import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../src/job/files/byte-source.ts';
import { loadManifest } from '../../src/job/load-manifest.ts';
import { all, valueOf } from '../manifest/support.ts';
import { heldBytes } from '../support/held-bytes.ts';

const CAPS = { targetsPerContact: 10, accountsPerAggregator: 200 };
const TABLE = 'contact_id,member_id\nc-1,fd-1\nc-1,1e5\n';
const diskError = (): Error => Object.assign(new Error('input/output error'), { code: 'EIO' });

/** A file that gives some of its bytes, and then this error. */
const breaking = (text: string, error: Error): ByteSource => ({
  async *pieces() {
    yield Buffer.from(text);
    throw error;
  },
  close: async () => undefined,
});

describe('a manifest file', () => {
  it('that cannot be read to its end is a problem, and nothing that it said is told', async () => {
    const checked = await loadManifest(['m.csv'], CAPS, async () => breaking(TABLE, diskError()));
    expect(checked).toEqual({
      ok: false,
      files: [],
      problems: [
        {
          code: 'file-unreadable',
          severity: 'error',
          source: { file: 'm.csv', line: 1, column: 1 },
          message: 'the file cannot be read (EIO); check the path and its permissions',
        },
      ],
    });
  });

  it('hides no defect of the program behind such a problem', async () => {
    const defect = new TypeError('undefined is not a function');
    await expect(loadManifest(['m.csv'], CAPS, async () => breaking(TABLE, defect))).rejects.toBe(defect);
  });

  it.each([
    ['read', heldBytes(Buffer.from(TABLE), 3)],
    ['broken', breaking(TABLE, diskError())],
  ])('is closed once it is %s', async (_, source) => {
    let closed = 0;
    const close = async (): Promise<void> => {
      closed += 1;
    };
    await loadManifest(['m.csv'], CAPS, async () => ({ ...source, close }));
    expect(closed).toBe(1);
  });

  it('is read after the one before it, and their entries are one manifest', async () => {
    const files: Readonly<Record<string, string>> = {
      'a.csv': 'contact_id,member_id\nc-1,fd-1\n',
      'b.yaml': 'version: 1\ncontacts: [{contact: c-1, bind: [fd-2]}]\n',
      'copy.csv': 'contact_id,member_id\nc-1,fd-1\n',
    };
    const checked = await loadManifest(Object.keys(files), CAPS, async (path) =>
      heldBytes(Buffer.from(files[path] ?? ''), 5),
    );
    expect(all(checked).map(({ code, source }) => [code, source?.file])).toEqual([
      ['file-twice', 'copy.csv'],
    ]);
    expect(valueOf(checked).files.map(({ path }) => path)).toEqual(['a.csv', 'b.yaml', 'copy.csv']);
    expect(valueOf(checked).entries).toBe(2);
  });
});
