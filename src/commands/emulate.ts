import { readFile } from 'node:fs/promises';
import { generateStates } from '../emulator/generate.ts';
import { readGeneratedSize } from '../emulator/generated-size.ts';
import { startEmulator } from '../emulator/server.ts';
import { readStates } from '../emulator/several-states.ts';
import type { EmulatorState } from '../emulator/state.ts';
import { StateFileError } from '../emulator/state-file.ts';
import { stateTrouble } from '../emulator/state-trouble.ts';
import { writeStates } from '../emulator/write-states.ts';
import { writeFileSafely } from '../job/files/write-file-safely.ts';
import { EXIT } from '../model/exit-code.ts';
import { displayText } from '../report/scrub.ts';
import { type LineFile, openLineFile } from './line-file.ts';

export interface EmulateOptions {
  /** Where it starts from: this file, or a state of this size. */
  readonly state?: string;
  readonly generate?: string;
  readonly port: number;
  /** Gets the state when the emulator ends, and when `POST /_emulator/save` asks for it. */
  readonly save?: string;
  /** Gets a line for every call. */
  readonly record?: string;
  /** Gets the state it would start from; nothing is served. */
  readonly out?: string;
}

/** Serves until SIGINT, SIGTERM or SIGHUP. Its first line on stdout says where. */
export async function emulate(options: EmulateOptions): Promise<number> {
  try {
    const states = await statesOf(options);
    if (options.out === undefined) await serve(states, options);
    else await writeOrSay(options.out, writeStates(states));
    return EXIT.inSync;
  } catch (error) {
    const trouble = troubleOf(options, error);
    if (trouble === undefined) throw error;
    for (const line of trouble) process.stderr.write(`emulate: ${displayText(line)}\n`);
    return EXIT.usage;
  }
}

async function statesOf({ state, generate }: EmulateOptions): Promise<readonly EmulatorState[]> {
  if (generate !== undefined) return generateStates(readGeneratedSize(generate));
  if (state !== undefined) return readStates(await readFile(state, 'utf8'));
  throw new Refused(
    'neither --state FILE nor --generate SIZE is there; give one, see rd-reconcile help emulate',
  );
}

async function serve(
  states: readonly EmulatorState[],
  { port, save, record }: EmulateOptions,
): Promise<void> {
  const lines = record === undefined ? undefined : await openRecord(record);
  const emulator = await startEmulator({
    state: states,
    port,
    record: lines?.write,
    save: save === undefined ? undefined : (text) => writeFileSafely(save, text),
  });
  process.stdout.write(`${JSON.stringify({ listening: emulator.url })}\n`);
  await stopSignal();
  await emulator.close();
  await lines?.close();
  if (save !== undefined) await writeOrSay(save, emulator.stateText());
}

/** Why nothing is served, in one line. */
class Refused extends Error {}

async function writeOrSay(path: string, text: string): Promise<void> {
  try {
    await writeFileSafely(path, text);
  } catch (error) {
    throw unwritable(path, error);
  }
}

async function openRecord(path: string): Promise<LineFile> {
  try {
    return await openLineFile(path);
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new Refused(`${path} cannot be written (${code}); name a file in a folder that you may write to`);
}

function troubleOf({ state, port }: EmulateOptions, error: unknown): readonly string[] | undefined {
  if (error instanceof Refused) return [error.message];
  if (state === undefined && error instanceof StateFileError) return error.problems;
  return stateTrouble(state ?? '', error) ?? portTrouble(port, error);
}

/** Why a port cannot be listened on; undefined when the error is about something else. */
function portTrouble(port: number, error: unknown): readonly string[] | undefined {
  const { syscall, code } = error as NodeJS.ErrnoException;
  if (syscall !== 'listen') return undefined;
  const reason = code === 'EADDRINUSE' ? 'is taken by another program' : 'cannot be listened on';
  return [`port ${port} ${reason} (${code}); choose another, or leave --port out for a free one`];
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
    process.once('SIGHUP', () => resolve());
  });
}
