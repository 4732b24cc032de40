import { Stop } from '../job/stop.ts';
import { CloudCallError } from '../model/cloud-failure.ts';
import { EXIT } from '../model/exit-code.ts';
import { describeHalt, HaltedError } from '../model/halt.ts';
import { formatProblem } from '../model/problem.ts';
import { displayText } from '../report/scrub.ts';

export interface Failure {
  readonly exitCode: number;
  /** Lines for stderr. */
  readonly lines: readonly string[];
}

const HALTED = {
  SIGINT: EXIT.sigint,
  SIGTERM: EXIT.sigterm,
  SIGHUP: EXIT.sigterm,
  none: EXIT.unreadable,
} as const;

/** What a command that writes no report says about an error that is nobody's defect. @throws every other error */
export function failureOf(error: unknown): Failure {
  if (error instanceof Stop) {
    const lines = error.problems.map((problem) => displayText(formatProblem(problem)));
    return { exitCode: error.exitCode, lines };
  }
  if (error instanceof HaltedError) {
    const { reason } = error;
    const signal = reason.kind === 'interrupted' ? reason.signal : 'none';
    return { exitCode: HALTED[signal], lines: [describeHalt(reason)] };
  }
  if (error instanceof CloudCallError) {
    const { failure } = error;
    const denied = failure.class === 'permission' || failure.class === 'credentials';
    return { exitCode: denied ? EXIT.denied : EXIT.unreadable, lines: [error.message] };
  }
  throw error;
}
