import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { connect } from '../../src/job/connect.ts';

describe('a run with --emulate', () => {
  it('that is given no such file ends with 64 and names the file', async () => {
    const file = join(folder(), 'nofile.yaml');
    await expect(connectTo(file)).rejects.toMatchObject({
      exitCode: 64,
      result: 'failed',
      problems: [
        {
          code: 'emulator-state',
          severity: 'error',
          message: `the state file ${file} cannot be read: there is no such file (ENOENT); check the path`,
        },
      ],
    });
  });

  it('that is given an unfit file has one problem a line, each with the file', async () => {
    const file = join(folder(), 'state.yaml');
    writeFileSync(file, 'acounts: []\nseed: x\n');
    await expect(connectTo(file)).rejects.toMatchObject({
      exitCode: 64,
      problems: [
        { message: `${file}  directory: missing, expected keys and values; add it` },
        { message: `${file}  seed: found "x", expected a whole number; correct it` },
        {
          message: expect.stringContaining(`${file}  file: unknown key "acounts", did you mean "accounts"?`),
        },
      ],
    });
  });
});

const connectTo = (emulate: string) =>
  connect(
    {
      emulate,
      site: 'china',
      directoryEndpoint: undefined,
      configEndpoint: undefined,
      profile: undefined,
      callTimeoutMs: 1000,
    },
    { clock: systemClock, random: Math.random },
  );

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rd-reconcile-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
