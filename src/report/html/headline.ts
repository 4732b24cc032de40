import type { Report } from '../report-schema.ts';
import { counted, grouped } from '../words.ts';

/** What a run came to, in one sentence without its full stop. */
export function headline({ run, targets }: Report): string {
  return targets.some(({ result }) => result !== run.result)
    ? eachItsOwn(targets)
    : together({ run, targets });
}

type Result = Report['run']['result'];

/** Gravest first. */
const RESULTS: Readonly<Record<Result, string>> = {
  failed: 'failed',
  refused: 'refused by the guard',
  stale: 'not approved',
  interrupted: 'interrupted',
  partial: 'partly done',
  drift: 'with changes pending',
  applied: 'applied',
  'in-sync': 'in sync',
};

/** `3 directories: 1 refused by the guard, 2 in sync`. */
function eachItsOwn(targets: Report['targets']): string {
  const parts = Object.entries(RESULTS).flatMap(([result, words]) => {
    const count = targets.filter((target) => target.result === result).length;
    return count === 0 ? [] : [`${grouped(count)} ${words}`];
  });
  return `${counted(targets.length, 'directory', 'directories')}: ${parts.join(', ')}`;
}

function together({ run, targets }: Pick<Report, 'run' | 'targets'>): string {
  const outcomes = targets.flatMap(({ changes }) => changes.map(({ outcome }) => outcome.status));
  const done = outcomes.filter((status) => status === 'applied' || status === 'already').length;
  const where = targets.length > 1 ? ` in ${grouped(targets.length)} directories` : '';
  switch (run.result) {
    case 'in-sync':
      return `Everything is in sync${where}`;
    case 'drift':
      return `${counted(outcomes.length, 'change is', 'changes are')} pending${where}`;
    case 'applied':
      return `${allOf(outcomes.length)} applied and read back${where}`;
    case 'partial':
      return `${share(done, outcomes.length)} done${where}; the rest needs a look`;
    case 'refused':
      return `The guard refused the plan${where}; nothing was written`;
    case 'stale':
      return `The plan is not the one that was approved${where}; nothing was written`;
    case 'interrupted':
      return `The run was interrupted${where}; ${share(done, outcomes.length)} done`;
    case 'failed':
      return `The run failed${where}; ${outcomes.length === 0 ? 'no plan was made' : `${share(done, outcomes.length)} done`}`;
  }
}

const allOf = (count: number): string =>
  count === 1 ? 'The one change was' : `All ${grouped(count)} changes were`;

const share = (done: number, all: number): string =>
  `${grouped(done)} of ${counted(all, 'change')} ${done === 1 ? 'was' : 'were'}`;
