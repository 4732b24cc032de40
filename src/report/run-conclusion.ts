import { gravest } from '../model/exit-code.ts';
import type { RunResult } from '../model/target-result.ts';

/** Of results that come with the same exit code, the one that says more about trouble. */
const ORDER: readonly RunResult[] = [
  'interrupted',
  'failed',
  'stale',
  'refused',
  'partial',
  'drift',
  'applied',
  'in-sync',
];

interface Concluded {
  readonly exitCode: number;
  readonly result: RunResult;
}

/** What a run over several directories came to: the gravest exit code, and the result that goes with it. */
export function concludeRun(targets: readonly Concluded[]): Concluded {
  const exitCode = gravest(targets.map((target) => target.exitCode));
  const decisive = targets.filter((target) => target.exitCode === exitCode);
  const result = ORDER.find((one) => decisive.some((target) => target.result === one)) ?? 'in-sync';
  return { exitCode, result };
}
