import { Inventory } from '../inventory/inventory.ts';
import type { Directory } from '../model/actual-state.ts';
import type { HaltSwitch } from '../model/halt.ts';
import type { JobEvent } from '../model/job-event.ts';
import type { Clock, Random } from '../model/ports.ts';
import { createPacedCall } from '../pace/paced-caller.ts';
import { checkPin } from './check-pin.ts';
import { type ConnectionSettings, connect } from './connect.ts';

export interface ReadOnlySettings {
  readonly connection: ConnectionSettings;
  readonly concurrency: number;
  /** Stop before any other call when the credentials belong to another directory. */
  readonly directoryId: string | undefined;
}

export interface ReadOnlyEffects {
  readonly clock: Clock;
  readonly random: Random;
  readonly halt: HaltSwitch;
  readonly emit: (event: JobEvent) => void;
}

/**
 * Connects for commands that only read: nothing that can write is ever made.
 * @throws Stop when credentials, endpoint or directory are not the right ones, CloudCallError when a reading fails
 */
export async function readOnly<T>(
  { connection, concurrency, directoryId }: ReadOnlySettings,
  effects: ReadOnlyEffects,
  work: (inventory: Inventory, directory: Directory) => Promise<T>,
): Promise<T> {
  const connected = await connect(connection, {
    clock: effects.clock,
    random: effects.random,
    signal: effects.halt.signal,
  });
  try {
    const call = createPacedCall({ concurrency, aggregatorIntervalMs: 0 }, effects);
    const inventory = new Inventory(connected.reader, call);
    const directory = await inventory.directory();
    checkPin(directory, directoryId, undefined);
    return await work(inventory, directory);
  } finally {
    effects.halt.halt({ kind: 'ended' });
    await connected.close();
  }
}
