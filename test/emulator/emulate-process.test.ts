import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { readStates } from '../../src/emulator/several-states.ts';
import { ensureBuilt, TOOL } from '../samples/support/built.ts';
import { reconcile, temporaryFolder } from '../samples/support/processes.ts';

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 60_000 });

const SIZE = 'accounts=40,folders=8,contacts=4,aggregators=2,seed=5';

async function generated(): Promise<{ folder: string; state: string }> {
  const folder = temporaryFolder();
  const state = join(folder, 'state.json');
  const { code } = await reconcile(['emulate', '--generate', SIZE, '--out', state]);
  expect(code).toBe(0);
  return { folder, state };
}

describe('emulate', () => {
  it('writes what it generates, and an export of that plans no change', async () => {
    const { folder, state } = await generated();
    expect(readStates(readFileSync(state, 'utf8'))[0]?.accounts).toHaveLength(40);
    const manifest = join(folder, 'manifest.yaml');
    const where = { cwd: folder };
    const exported = await reconcile(['export', '--out', manifest, '--emulate', state, '--quiet'], where);
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    const planned = await reconcile(['plan', manifest, '--emulate', state, '--quiet'], where);
    expect(planned).toMatchObject({ code: 0, stderr: '' });
  });

  it('saves its state and its recording when it is told to end', async () => {
    const { folder, state } = await generated();
    const [saved, record] = [join(folder, 'saved.json'), join(folder, 'calls.jsonl')];
    const args = [TOOL, 'emulate', '--state', state, '--save', saved, '--record', record];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { listening } = JSON.parse(line) as { listening: string };
    expect((await fetch(`${listening}/?Action=ListAccounts`)).status).toBe(400);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(readStates(readFileSync(saved, 'utf8'))).toEqual(readStates(readFileSync(state, 'utf8')));
    expect(readFileSync(record, 'utf8')).toMatch(/^\{"n":1,.*"action":"ListAccounts",.*"status":400,.*\}\n$/);
    expect([saved, record].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  it.each<[string, readonly string[], string]>([
    [
      'neither a state nor a size',
      [],
      'emulate: neither --state FILE nor --generate SIZE is there; give one, see rd-reconcile help emulate\n',
    ],
    [
      'a size that cannot be',
      ['--generate', 'accounts=many'],
      'emulate: --generate: accounts is "many", expected a whole number from 0 to 1000000\n',
    ],
    [
      'a recording in a folder that is not there',
      ['--generate', 'accounts=1', '--record', '/no/such/folder/calls'],
      'emulate: /no/such/folder/calls cannot be written (ENOENT); name a file in a folder that you may write to\n',
    ],
  ])('refuses %s', async (_, args, said) => {
    expect(await reconcile(['emulate', ...args])).toEqual({ code: 64, stdout: '', stderr: said });
  });
});
