import { readFile } from 'node:fs/promises';
import { startEmulator } from '../emulator/server.ts';
import { readStates } from '../emulator/several-states.ts';
import { stateTrouble } from '../emulator/state-trouble.ts';
import { EXIT } from '../model/exit-code.ts';
import { displayText } from '../report/scrub.ts';

export interface EmulateOptions {
  readonly state: string;
  readonly port: number;
}

/** Serves until SIGINT or SIGTERM. Its first line on stdout says where. */
export async function emulate({ state, port }: EmulateOptions): Promise<number> {
  try {
    const emulator = await startEmulator({ state: readStates(await readFile(state, 'utf8')), port });
    process.stdout.write(`${JSON.stringify({ listening: emulator.url })}\n`);
    await stopSignal();
    await emulator.close();
    return EXIT.inSync;
  } catch (error) {
    const trouble = stateTrouble(state, error) ?? portTrouble(port, error);
    if (trouble === undefined) throw error;
    for (const line of trouble) process.stderr.write(`emulate: ${displayText(line)}\n`);
    return EXIT.usage;
  }
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
  });
}
