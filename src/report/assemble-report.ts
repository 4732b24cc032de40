import type { RunMode } from '../model/target-result.ts';
import type { Report, ReportTarget } from './report-schema.ts';
import { concludeRun } from './run-conclusion.ts';

export interface RunHead {
  readonly id: string;
  readonly mode: RunMode;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly finishedAt: number;
}

/** One report out of the parts of its targets, which keep their order. */
export function assembleReport(
  { id, mode, startedAt, finishedAt }: RunHead,
  targets: readonly ReportTarget[],
  tool: { readonly name: string; readonly version: string },
): Report {
  return {
    schemaVersion: 1,
    tool: { name: tool.name, version: tool.version },
    run: {
      id,
      mode,
      startedAt: new Date(startedAt).toISOString(),
      finishedAt: new Date(finishedAt).toISOString(),
      // A clock that was set back while the job ran must not make it negative.
      elapsedMs: Math.max(0, finishedAt - startedAt),
      ...concludeRun(targets),
    },
    targets: [...targets],
  };
}
