import type { HaltSwitch } from '../model/halt.ts';
import type { JobEvent } from '../model/job-event.ts';
import type { Clock, Random } from '../model/ports.ts';
import type { RunMode, RunRecord } from '../model/target-result.ts';
import type { Surroundings } from './surroundings.ts';

export interface JobEffects {
  readonly clock: Clock;
  readonly halt: HaltSwitch;
  /** @param target  the name of the target that it happens to */
  readonly emit: (event: JobEvent, target: string) => void;
}

/** What all targets of one run have in common. */
export interface RunContext {
  readonly id: string;
  readonly mode: RunMode;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly tool: { readonly name: string; readonly version: string };
  readonly stateDir: string;
  readonly lockWaitMs: number;
  readonly effects: JobEffects;
  readonly random: Random;
  readonly newToken: () => string;
  readonly surroundings: Surroundings;
  /** Stores what is found of a run that died in the same directory. */
  readonly keep: (record: RunRecord) => Promise<void>;
}
