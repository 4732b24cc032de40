import type { applyPlan } from '../apply/apply-plan.ts';
import type { ActualState } from '../model/actual-state.ts';
import type { HaltSwitch } from '../model/halt.ts';
import type { JobEvent } from '../model/job-event.ts';
import type { Plan } from '../model/plan.ts';
import type { Clock, CloudReader, CloudWriter, Random, WriteJournal } from '../model/ports.ts';
import type { TargetResult } from '../model/target-result.ts';

import type { OpenFile, ReadFile } from './files/byte-source.ts';

/** What a run needs of the world. */
export interface JobPorts {
  readonly readFile: ReadFile;
  /** For manifests, which may be large. */
  readonly openFile: OpenFile;
  readonly reader: CloudReader;
  /**
   * Takes the lock of a directory, until the run has reported; asked for in mode apply only.
   * @throws Stop when another run holds it
   */
  readonly lock: (directoryId: string) => Promise<void>;
  /** Called once the plan has passed its guard in mode apply, and never otherwise. */
  readonly openWriter: () => CloudWriter;
  /** Ids of changes that earlier runs saw refused because the member left the directory. */
  readonly refusedLeavers: (directoryId: string) => ReadonlySet<string>;
  /** What carries plans out; asked for only where there is something to carry out, since it takes time to load. */
  readonly loadExecutor: () => Promise<typeof applyPlan>;
  /** Opened right before the first write. */
  readonly openJournal: (plan: Plan, actual: ActualState, manifest: TargetResult['manifest']) => WriteJournal;
  /**
   * The moment until which a write of an earlier run may still take effect; undefined when there is none.
   * @param directoryId  earlier runs in this directory
   */
  readonly earlierWritesUntil: (directoryId: string, settleMs: number) => number | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly newToken: () => string;
  readonly halt: HaltSwitch;
  readonly emit: (event: JobEvent) => void;
}
