import { EXIT, type ExitCode } from '../model/exit-code.ts';
import type { HaltReason } from '../model/halt.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RunResult, Verification } from '../model/target-result.ts';

export interface Conclusion {
  readonly exitCode: ExitCode;
  readonly result: RunResult;
}

/** What an apply came to. It is in sync only when every change was made and then seen. */
export function concludeApply(
  outcomes: readonly Outcome[],
  verification: Verification,
  halt: HaltReason | undefined,
): Conclusion {
  if (halt !== undefined) return concludeHalt(halt, 'planned');
  if (outcomes.length === 0) return { exitCode: EXIT.inSync, result: 'in-sync' };
  const allMade = outcomes.every(({ status }) => status === 'applied' || status === 'already');
  if (allMade && verification.status === 'in-sync') return { exitCode: EXIT.inSync, result: 'applied' };
  return { exitCode: EXIT.notAllApplied, result: 'partial' };
}

/** @param reached  how far the run got: before there is a plan the cloud was not completely read */
export function concludeHalt(reason: HaltReason, reached: 'reading' | 'planned'): Conclusion {
  switch (reason.kind) {
    case 'interrupted':
      return { exitCode: reason.signal === 'SIGINT' ? EXIT.sigint : EXIT.sigterm, result: 'interrupted' };
    case 'refused':
      return { exitCode: EXIT.denied, result: 'failed' };
    case 'deadline':
    case 'window':
    case 'systemic':
    case 'unrecorded':
    case 'ended':
      return reached === 'reading'
        ? { exitCode: EXIT.unreadable, result: 'failed' }
        : { exitCode: EXIT.notAllApplied, result: 'partial' };
  }
}
