import type { Logger } from '../log.ts';
import type { JobEvent } from '../model/job-event.ts';
import { roughDuration } from '../report/rough-duration.ts';
import { counted, grouped } from '../report/words.ts';
import { afterEvent, type ProgressState, remainingMs, START } from './progress-state.ts';

const EVERY_MS = 60_000;

/** Where no terminal shows a line that moves: a line of the log a minute says how far a job is. */
export class ProgressLog {
  readonly #log: Pick<Logger, 'info'>;
  readonly #now: () => number;
  #state = START;
  #last: number | undefined;

  constructor(log: Pick<Logger, 'info'>, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  note(event: JobEvent): void {
    const now = this.#now();
    this.#state = afterEvent(this.#state, event, now);
    this.#last ??= now;
    if (now - this.#last < EVERY_MS || this.#state.stage === 'report') return;
    this.#last = now;
    const { stage, calls, done, total } = this.#state;
    const fields = { stage, calls, done, total, remainingMs: remainingMs(this.#state, now) };
    this.#log.info(fields, progressInWords(this.#state, now));
  }
}

/** `apply: 12 of 40 writes done, about 3 min left`; before the first write the calls are all there is to tell. */
function progressInWords(state: ProgressState, now: number): string {
  const { stage, calls, done, total } = state;
  if (total === 0) return `${stage}: ${counted(calls, 'call')} so far`;
  const ms = remainingMs(state, now);
  const left = ms === undefined ? '' : `, about ${roughDuration(ms)} left`;
  return `${stage}: ${grouped(done)} of ${counted(total, 'write')} done${left}`;
}
