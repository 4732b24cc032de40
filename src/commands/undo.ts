import { carryOut, type ReconcileOptions, targetSettings } from './reconcile.ts';

export interface UndoOptions extends ReconcileOptions {
  readonly apply?: boolean;
  /** Ids of contacts that may end up with nothing. */
  readonly allowEmpty: readonly string[];
}

/** The inverse of what a report says was applied: planned, or with `--apply` carried out. */
export function undo(report: string, options: UndoOptions): Promise<number> {
  const target = targetSettings(options.apply === true ? 'apply' : 'plan', [], options);
  return carryOut({ ...target, undo: { report, allowEmpty: options.allowEmpty } }, options);
}
