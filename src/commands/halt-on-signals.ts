import type { Logger } from '../log.ts';
import type { HaltSwitch } from '../model/halt.ts';

const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * The first signal lets calls in flight end and the report be written; the second ends the process at once.
 * @returns a function that stops listening
 */
export function haltOnSignals(halt: HaltSwitch, log: Logger): () => void {
  let asked = false;
  const onSignal = (signal: keyof typeof CODES) => (): void => {
    // Not the reason of the halt: a deadline may have thrown the switch before.
    if (asked) process.exit(CODES[signal]);
    asked = true;
    log.warn({ signal }, `${signal}: no new calls; calls in flight are waited for. Once more ends at once.`);
    halt.halt({ kind: 'interrupted', signal });
  };
  const listeners = { SIGINT: onSignal('SIGINT'), SIGTERM: onSignal('SIGTERM') };
  process.on('SIGINT', listeners.SIGINT);
  process.on('SIGTERM', listeners.SIGTERM);
  return () => {
    process.off('SIGINT', listeners.SIGINT);
    process.off('SIGTERM', listeners.SIGTERM);
  };
}
