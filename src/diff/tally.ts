import type { Change } from '../model/plan.ts';

/** The answer for one owner. */
export interface Tally {
  readonly changes: readonly Change[];
  readonly unchanged: number;
  readonly unmanaged: number;
}
