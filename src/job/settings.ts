import type { Ownership } from '../model/manifest.ts';
import type { RunMode } from '../model/target-result.ts';
import type { WriteWindow } from '../model/write-window.ts';

/** Everything that decides what a run does to one directory, with every default filled in. */
export interface TargetSettings {
  readonly name: string;
  readonly mode: RunMode;
  /** Paths as given; none in an undo. */
  readonly manifest: readonly string[];
  /** In place of a manifest: what a report says was done, to be undone. */
  readonly undo?: UndoSettings | undefined;
  /** Stop before any other call when the credentials belong to another directory. */
  readonly directoryId: string | undefined;
  /** Wins over the manifest's own. */
  readonly ownership: Ownership | undefined;
  readonly limits: {
    readonly targetsPerContact: number;
    readonly accountsPerAggregator: number;
  };
  readonly guard: {
    readonly maxRemovals: number | undefined;
    /** 0 to 1. */
    readonly maxRemovalShare: number;
    readonly allowRemovals: number | undefined;
    readonly allowUncovered: number | undefined;
    readonly onGuard: 'refuse' | 'additions-only';
  };
  /** The digest that the fresh plan must have. */
  readonly expect: string | undefined;
  /** Path of a saved plan: nothing that is not in it may be done. */
  readonly approvedPlan?: string | undefined;
  /** Only these owners and members can change; empty lists confine nothing. */
  readonly only: Confinement;
  readonly maxChanges: number | undefined;
  /** Upper bound of calls in flight. */
  readonly concurrency: number;
  readonly settleMs: number;
  /** The least time between two writes; left out: none. */
  readonly pauseMs?: number | undefined;
  /** No write starts outside of it; left out: at any time. */
  readonly window?: WriteWindow | undefined;
}

export interface UndoSettings {
  /** Path as given. */
  readonly report: string;
  /** Ids of contacts that may end up with nothing. */
  readonly allowEmpty: readonly string[];
}

export interface Confinement {
  readonly contacts: readonly string[];
  readonly aggregators: readonly string[];
  readonly members: readonly string[];
}
