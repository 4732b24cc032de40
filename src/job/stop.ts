import type { ExitCode } from '../model/exit-code.ts';
import type { Problem } from '../model/problem.ts';
import type { RunResult } from '../model/target-result.ts';

/** Ends a run early, for a reason that is nobody's defect. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly exitCode: ExitCode;
  readonly result: RunResult;
  readonly problems: readonly Problem[];

  constructor(exitCode: ExitCode, result: RunResult, problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join('; '));
    this.exitCode = exitCode;
    this.result = result;
    this.problems = problems;
  }
}

/** A problem that is not about a place in a file. */
export function problem(code: string, message: string): Problem {
  return { code, severity: 'error', source: undefined, message };
}
