import { readFile } from 'node:fs/promises';
import { startEmulator } from '../emulator/server.ts';
import { readState, StateFileError } from '../emulator/state-file.ts';
import { EXIT } from '../model/exit-code.ts';

export interface EmulateOptions {
  readonly state: string;
  readonly port: number;
}

/** Serves until SIGINT or SIGTERM. Its first line on stdout says where. */
export async function emulate({ state, port }: EmulateOptions): Promise<number> {
  try {
    const emulator = await startEmulator({ state: readState(await readFile(state, 'utf8')), port });
    process.stdout.write(`${JSON.stringify({ listening: emulator.url })}\n`);
    await stopSignal();
    await emulator.close();
    return EXIT.inSync;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (!(error instanceof StateFileError) && code === undefined) throw error;
    process.stderr.write(
      `emulate: ${error instanceof StateFileError ? error.message : `${code} (${state}, port ${port})`}\n`,
    );
    return EXIT.usage;
  }
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
