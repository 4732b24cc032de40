import type { RootFolderId } from '../../model/ids.ts';
import type { Plan } from '../../model/plan.ts';
import type { IntendedCall, SettledCall } from '../../model/ports.ts';
import type { TargetResult } from '../../model/target-result.ts';

/** The lines of a journal. Times are in milliseconds since 1970. */
export type JournalLine =
  | {
      readonly line: 'run';
      readonly runId: string;
      readonly startedAt: number;
      readonly targetName: string;
      readonly directoryId: string;
      readonly rootFolderId: RootFolderId;
      readonly managementAccountId: string;
      readonly manifest: TargetResult['manifest'];
      readonly plan: Plan;
    }
  | ({ readonly line: 'intent'; readonly call: number; readonly at: number } & IntendedCall)
  | ({ readonly line: 'settled'; readonly call: number; readonly at: number } & SettledCall)
  /** `settled`: every write without an answer had its time to take effect, or was seen to; and all was read back. */
  | { readonly line: 'end'; readonly at: number; readonly exitCode: number; readonly settled: boolean }
  /** The run died; a later one has made its report. */
  | { readonly line: 'recovered' };
