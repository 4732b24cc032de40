import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ensureBuilt } from '../samples/support/built.ts';
import { MANIFESTS } from '../samples/support/quickstart.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const [walkThrough = ''] = blocks(/<!-- walk-through: [^\n]*\n```sh\n([\s\S]*?)```/g);
/** All others but the installing and testing that got us here. */
const others = blocks(/```sh\n([\s\S]*?)```/g).filter(
  (block) => block !== walkThrough && !block.startsWith('npm '),
);

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 120_000 });

describe('the commands of README.md', () => {
  it('of the first change, step by step, run as they stand', async () => {
    const { code, output } = await shell(walkThrough);
    expect(output).toContain('no changes; 69 unchanged, 0 unmanaged');
    expect(output).toContain('ok: 70 entries in 2 files');
    expect(output).toContain('written, and not there');
    expect(output.match(/\[applied\]/g)).toHaveLength(2);
    expect(output.match(/^exit +0: in sync$/gm)).toHaveLength(3);
    expect(code).toBe(0);
  });

  it('are all run: there are as many blocks as here', () => {
    expect(others).toHaveLength(6);
  });

  it.each(others)('run as they stand, on the sample where they name no cloud: %#', async (block) => {
    const lines = block.split('\n').filter((line) => line !== '');
    const script = lines.map((line) => `${onTheSample(line)} || test $? -eq 2`).join('\n');
    const { code, output } = await shell(script);
    expect(output).not.toMatch(/error|unknown option/i);
    expect(code).toBe(0);
  });
});

/** What the reader types with an account of their own gets the sample's cloud here. */
function onTheSample(line: string): string {
  const [command = ''] = line.split(' #');
  const isOnline = /^rd-reconcile (?:plan|apply|export|coverage|explain|run|doctor)\b/.test(command);
  return isOnline && !command.includes('--emulate')
    ? `${command} --emulate samples/quickstart/cloud.yaml`
    : command;
}

function blocks(pattern: RegExp): string[] {
  return [...readme.matchAll(pattern)].map(([, block]) => block ?? '');
}

/** In a folder with the samples, the jobs and a manifest, `rd-reconcile` on the path, and nobody's credentials. */
async function shell(script: string): Promise<{ code: number | null; output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-readme-'));
  for (const name of ['samples', 'jobs']) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  cpSync(MANIFESTS[0], join(folder, 'manifest.yaml'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const program = `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'dist', 'main.js')}" "$@"\n`;
  writeFileSync(join(bin, 'rd-reconcile'), program, { mode: 0o755 });
  // A group of its own: whatever the script left in the background ends with it.
  const child = spawn('sh', ['-eu', '-c', script], {
    cwd: folder,
    detached: true,
    env: {
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
    },
  });
  onTestFinished(() => {
    endGroup(child.pid);
    rmSync(folder, { recursive: true, force: true });
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, output };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Everything in it has ended by itself.
  }
}
