import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { EmulatorState } from '../../src/emulator/state.ts';
import { writeStates } from '../../src/emulator/write-states.ts';

export const TOOL = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface EmulatorProcess {
  readonly process: ChildProcess;
  readonly url: URL;
  /** Resolves to what it had said on stderr, once it has ended. */
  stop(): Promise<string>;
}

/** Before anything is measured. @throws when the program has not been built */
export function checkBuilt(): void {
  if (!existsSync(TOOL)) throw new Error('dist/ is missing; run npm run build first');
}

/** `emulate` in a process of its own. @param nodeOptions  of that process */
export async function emulateFile(
  stateFile: string,
  nodeOptions: readonly string[] = [],
): Promise<EmulatorProcess> {
  checkBuilt();
  const args = [...nodeOptions, TOOL, 'emulate', '--state', stateFile];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part) => {
    said += String(part);
  });
  const failed = once(child, 'close').then(() => {
    throw new Error(`the emulator ended: ${said}`);
  });
  const [line] = (await Promise.race([once(createInterface({ input: child.stdout }), 'line'), failed])) as [
    string,
  ];
  const { listening } = JSON.parse(line) as { listening: string };
  const stop = async (): Promise<string> => {
    child.kill('SIGTERM');
    await failed.catch(() => undefined);
    return said;
  };
  return { process: child, url: new URL(listening), stop };
}

/** The same, for a state that is not in a file yet. */
export async function emulateState(
  state: EmulatorState,
  nodeOptions: readonly string[] = [],
): Promise<EmulatorProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-bench-'));
  const file = join(folder, 'state.json');
  writeFileSync(file, writeStates([state]));
  const emulator = await emulateFile(file, nodeOptions);
  const stop = async (): Promise<string> => {
    const said = await emulator.stop();
    rmSync(folder, { recursive: true });
    return said;
  };
  return { ...emulator, stop };
}
