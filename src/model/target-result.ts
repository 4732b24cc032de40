import type { ActualState } from './actual-state.ts';
import type { Coverage } from './coverage.ts';
import type { CallRecord, PaceRecord } from './job-event.ts';
import type { ManifestFile, Ownership } from './manifest.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';
import type { Problem } from './problem.ts';
import type { WriteEstimate } from './write-estimate.ts';

export type RunMode = 'plan' | 'apply';

export type RunResult =
  | 'in-sync'
  | 'drift'
  | 'applied'
  | 'partial'
  | 'refused'
  | 'stale'
  | 'interrupted'
  | 'failed';

/** What a run came to for one directory, however far it got: what it did not reach is undefined. */
export interface TargetResult {
  readonly name: string;
  readonly result: RunResult;
  readonly exitCode: number;
  readonly manifest: { readonly files: readonly ManifestFile[]; readonly entries: number };
  /** As it was in force. */
  readonly ownership?: Ownership | undefined;
  readonly actual: ActualState | undefined;
  readonly plan: Plan | undefined;
  /** Of the writes of the plan. */
  readonly estimate?: WriteEstimate | undefined;
  /** By change id. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly calls: readonly CallRecord[];
  /** The course of the pace, change by change. */
  readonly pace: readonly PaceRecord[];
  /** As it will be (plan) or as it was read last (apply); undefined when accounts were not read. */
  readonly coverage: Coverage | undefined;
  readonly verification: Verification;
  readonly problems: readonly Problem[];
}

export interface Verification {
  readonly status: 'in-sync' | 'residual' | 'not-run';
  /** Ids of changes that are still needed: of the plan, and of what was as written before somebody else changed it. */
  readonly residual: readonly string[];
}

/** What a run came to as a whole follows from its targets. */
export interface RunRecord {
  readonly id: string;
  readonly mode: RunMode;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly targets: readonly TargetResult[];
}
