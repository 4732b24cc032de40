import { setMaxListeners } from 'node:events';
import { type HaltReason, HaltSwitch } from '../model/halt.ts';

/**
 * A switch of one target's own: the run's halts it, it does not halt the run.
 * @param tell  is called when it is thrown, whoever throws it
 * @returns the switch, and a function that takes it off the run's
 */
export function deriveHalt(
  run: HaltSwitch,
  tell: (reason: HaltReason) => void,
): { readonly halt: HaltSwitch; readonly release: () => void } {
  const halt = new HaltSwitch();
  halt.signal.addEventListener('abort', () => tell(halt.reason ?? { kind: 'ended' }));
  // Every call that waits listens; there may be as many as the concurrency allows.
  setMaxListeners(0, halt.signal, run.signal);
  const follow = (): void => halt.halt(run.reason ?? { kind: 'ended' });
  if (run.signal.aborted) follow();
  else run.signal.addEventListener('abort', follow);
  return { halt, release: () => run.signal.removeEventListener('abort', follow) };
}
