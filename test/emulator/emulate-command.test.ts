import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { emulate } from '../../src/commands/emulate.ts';

const STATE = 'directory: {id: rd-a, rootFolderId: r-b, managementAccount: {id: 1000000000000001}}\n';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('emulate', () => {
  it('says which state file cannot be read, and why', async () => {
    const state = `${fileWith(STATE)}.not`;
    expect(await refusalOf({ state, port: 0 })).toEqual([
      64,
      `emulate: the state file ${state} cannot be read: there is no such file (ENOENT); check the path\n`,
    ]);
  });

  it('says in one line that it was given a manifest', async () => {
    const state = fileWith('version: 1\ncontacts: [{contact: ops, bind: [directory]}]\n');
    const [code, said] = await refusalOf({ state, port: 0 });
    expect(code).toBe(64);
    expect(said).toBe(
      `emulate: ${state}  this looks like a manifest, not like an emulator state (its contacts have the key "contact"); ` +
        'give a file that describes the directory with its accounts\n',
    );
  });

  it('says that the port is taken', async () => {
    const port = await takenPort();
    expect(await refusalOf({ state: fileWith(STATE), port })).toEqual([
      64,
      `emulate: port ${port} is taken by another program (EADDRINUSE); choose another, or leave --port out for a free one\n`,
    ]);
  });
});

/** The exit code and what went to stderr; stdout stays empty. */
async function refusalOf(options: Parameters<typeof emulate>[0]): Promise<[number, string]> {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const code = await emulate(options);
  expect(stdout).not.toHaveBeenCalled();
  return [code, stderr.mock.calls.map(([text]) => String(text)).join('')];
}

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'state.yaml');
  writeFileSync(path, text);
  return path;
}

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}
