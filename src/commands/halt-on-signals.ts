import type { Logger } from '../log.ts';
import type { HaltSwitch } from '../model/halt.ts';

/** The terminal or the session that is gone (SIGHUP) asks for the same as a supervisor does. */
const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143 } as const;
type Signal = keyof typeof CODES;

/**
 * The first signal lets calls in flight end and the report be written; the second ends the process at once.
 * @returns a function that stops listening
 */
export function haltOnSignals(halt: HaltSwitch, log: Logger): () => void {
  let asked = false;
  const onSignal = (signal: Signal) => (): void => {
    // Not the reason of the halt: a deadline may have thrown the switch before.
    if (asked) process.exit(CODES[signal]);
    asked = true;
    log.warn({ signal }, `${signal}: no new calls; calls in flight are waited for. Once more ends at once.`);
    halt.halt({ kind: 'interrupted', signal });
  };
  const listeners = (Object.keys(CODES) as Signal[]).map((signal) => [signal, onSignal(signal)] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}
