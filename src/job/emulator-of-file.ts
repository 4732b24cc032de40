import { readFile } from 'node:fs/promises';
import { type RunningEmulator, startEmulator } from '../emulator/server.ts';
import { readStates } from '../emulator/several-states.ts';
import type { EmulatorState } from '../emulator/state.ts';
import { stateTrouble } from '../emulator/state-trouble.ts';
import { EXIT } from '../model/exit-code.ts';
import { problem, Stop } from './stop.ts';

/** An emulator that starts from a state file. @throws Stop (usage) when the file is not right */
export async function emulatorOfFile(path: string): Promise<RunningEmulator> {
  return startEmulator({ state: await readStatesFrom(path) });
}

async function readStatesFrom(path: string): Promise<readonly EmulatorState[]> {
  try {
    return readStates(await readFile(path, 'utf8'));
  } catch (error) {
    const trouble = stateTrouble(path, error);
    if (trouble === undefined) throw error;
    const problems = trouble.map((line) => problem('emulator-state', line));
    throw new Stop(EXIT.usage, 'failed', problems);
  }
}
