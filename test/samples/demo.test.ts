import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ensureBuilt, TOOL } from './support/built.ts';
import { run, temporaryFolder } from './support/processes.ts';
import { SAMPLE } from './support/quickstart.ts';

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 60_000 });

describe('the demo', () => {
  it('ends with 0, shows plan, apply, plan, the calls and the refusal, and stops its emulator', async () => {
    const { code, stdout } = await demo(SAMPLE);
    expect(code).toBe(0);
    expect(stdout.match(/^exit {6}\d+/gm)).toEqual([
      'exit      2',
      'exit      0',
      'exit      0',
      'exit      77',
    ]);
    expect(stdout).toContain('and none that writes.');
    expect(stdout).toMatch(/^AssociateMembers +6 +\d+ +6 .*429 ConcurrentCallNotSupported/m);
    expect(stdout).toMatch(/^DisassociateMembers +6 +\d+ +6 .*502 in HTML/m);
    expect(stdout).toMatch(/^UpdateAggregator +3 +4 +3 +1 × 400 Throttling\.User$/m);
    expect(stdout).toContain('503 ServiceUnavailable');
    expect(stdout).toContain('SignatureDoesNotMatch');

    // No emulator is left behind.
    const { listening } = JSON.parse(stdout.match(/^\{"listening".*$/m)?.[0] ?? '{}') as {
      listening: string;
    };
    await expect(fetch(`${listening}/_emulator/calls`)).rejects.toThrow('fetch failed');
  });

  it('stops with 1 and says which step went wrong when an exit code is not the expected one', async () => {
    const sample = copyOfTheSample();
    writeFileSync(join(sample, 'manifest.csv'), 'kind,owner\ncontact,FinOps\n');
    const { code, stderr } = await demo(sample);
    expect(stderr).toContain('demo: plan ended with 65, expected exit code 2');
    expect(code).toBe(1);
  });
});

const demo = (sample: string) =>
  run(process.execPath, [join(sample, 'demo.mjs')], { env: { TMPDIR: temporaryFolder() } });

/** The sample in a folder of its own, beside the program as it was built. */
function copyOfTheSample(): string {
  const sample = join(temporaryFolder(), 'samples', 'quickstart');
  cpSync(SAMPLE, sample, { recursive: true });
  symlinkSync(dirname(TOOL), join(sample, '..', '..', 'dist'));
  return sample;
}
