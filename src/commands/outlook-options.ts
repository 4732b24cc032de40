import { setMaxListeners } from 'node:events';
import { systemClock } from '../clock.ts';
import type { OpenFile } from '../job/files/byte-source.ts';
import { openFile } from '../job/files/open-file.ts';
import type { OutlookSettings, Warn } from '../job/outlook.ts';
import type { ReadOnlyEffects } from '../job/read-only.ts';
import { logJobEvent } from '../log.ts';
import { HaltSwitch } from '../model/halt.ts';
import type { Ownership } from '../model/manifest.ts';
import { formatProblem } from '../model/problem.ts';
import { displayText } from '../report/scrub.ts';
import { type ConnectionOptions, connectionSettings } from './connection-options.ts';
import { failureOf } from './failure.ts';
import { haltOnSignals } from './halt-on-signals.ts';
import type { Output, OutputOptions } from './output.ts';

/** The options of coverage and explain, as the command line gives them. */
export interface OutlookOptions extends OutputOptions, ConnectionOptions {
  readonly ownership?: Ownership;
  readonly concurrency: number;
  readonly targetsPerContact: number;
  readonly accountsPerAggregator: number;
  readonly stateDir: string;
}

/** Where to look, and with what in hand. Nothing is confined: what is asked about is named on the command line. */
export function outlookSettings(files: readonly string[], options: OutlookOptions): OutlookSettings {
  const { targetsPerContact, accountsPerAggregator } = options;
  return {
    connection: connectionSettings(options),
    concurrency: options.concurrency,
    directoryId: options.directoryId,
    manifest: files,
    ownership: options.ownership,
    limits: { targetsPerContact, accountsPerAggregator },
    only: { contacts: [], aggregators: [], members: [] },
    stateDir: options.stateDir,
  };
}

export type OutlookEffects = ReadOnlyEffects & { readonly openFile: OpenFile; readonly warn: Warn };

/** Does the reading under signals, and tells on stderr what stood in its way. @returns the exit code */
export async function withOutlook(
  { log }: Output,
  work: (effects: OutlookEffects) => Promise<number>,
): Promise<number> {
  const halt = new HaltSwitch();
  // Every call that waits listens; there may be as many as the concurrency allows.
  setMaxListeners(0, halt.signal);
  const stopListening = haltOnSignals(halt, log);
  try {
    return await work({
      clock: systemClock,
      random: Math.random,
      halt,
      emit: (event) => logJobEvent(log, event),
      openFile,
      warn: (warnings) => {
        for (const warning of warnings) log.warn(displayText(formatProblem(warning)));
      },
    });
  } catch (error) {
    const { exitCode, lines } = failureOf(error);
    for (const line of lines) log.error(line);
    return exitCode;
  } finally {
    stopListening();
  }
}
