import type { JobEvent } from '../model/job-event.ts';

/** How far a job is, over all its directories. */
export interface ProgressState {
  readonly stage: string;
  /** Requests of all kinds. */
  readonly calls: number;
  /** Writes that succeeded, of those that are planned so far. */
  readonly done: number;
  readonly total: number;
  /** When the first write was planned; milliseconds since 1970. */
  readonly writingSince: number | undefined;
  /** What the job waits for, until when. */
  readonly waiting: { readonly reason: string; readonly until: number } | undefined;
}

export const START: ProgressState = {
  stage: 'read',
  calls: 0,
  done: 0,
  total: 0,
  writingSince: undefined,
  waiting: undefined,
};

const REASONS: Readonly<Record<string, string>> = {
  conflict: 'lock of the directory',
  pending: 'account group is busy',
  throttled: 'the service asks for less',
};

/** @param now  milliseconds of a monotonic clock */
export function afterEvent(state: ProgressState, event: JobEvent, now: number): ProgressState {
  switch (event.type) {
    case 'stage':
      return { ...state, stage: event.stage, waiting: undefined };
    case 'planned':
      return { ...state, total: state.total + event.writes, writingSince: state.writingSince ?? now };
    case 'call': {
      const calls = state.calls + 1;
      if (event.lane === 'read' || event.failure !== undefined) return { ...state, calls };
      // A call that was halved takes more of them than planned.
      const done = state.done + 1;
      return { ...state, calls, done, total: Math.max(state.total, done), waiting: undefined };
    }
    case 'retry': {
      const reason = REASONS[event.failure.class] ?? 'another try';
      return { ...state, waiting: { reason, until: now + event.delayMs } };
    }
    case 'read-back':
      return { ...state, waiting: { reason: 'reading back', until: now } };
    case 'pause':
      return { ...state, waiting: { reason: 'pause between writes', until: now + event.ms } };
    case 'wait':
      return { ...state, waiting: { reason: event.reason, until: now + event.ms } };
    case 'pace':
    case 'warning':
      return state;
    case 'halt':
      return { ...state, stage: 'stopping', waiting: undefined };
  }
}

/** Milliseconds that the remaining writes take at the rate so far; undefined where nobody can know. */
export function remainingMs({ done, total, writingSince }: ProgressState, now: number): number | undefined {
  if (writingSince === undefined || done === 0 || done >= total) return undefined;
  return ((now - writingSince) / done) * (total - done);
}
