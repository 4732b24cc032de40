import cliProgress from 'cli-progress';
import type { JobEvent } from '../model/job-event.ts';
import { progressLine } from './progress-line.ts';
import { afterEvent, START } from './progress-state.ts';

/** A terminal, as far as the display needs one. */
export interface Screen extends NodeJS.WritableStream {
  readonly columns?: number;
}

const REDRAWS_A_SECOND = 5;
const USUAL_COLUMNS = 80;
const CLEAR_LINE = '\r\u001b[2K';

/** One line on a terminal that says how far a job is. Lines of the log go above it. */
export class ProgressDisplay {
  readonly #screen: Screen;
  readonly #ascii: boolean;
  readonly #now: () => number;
  #state = START;
  #bar: cliProgress.SingleBar | undefined;

  constructor(screen: Screen, ascii: boolean, now: () => number) {
    this.#screen = screen;
    this.#ascii = ascii;
    this.#now = now;
  }

  /** The first event shows the line, the stage `report` takes it away. */
  note(event: JobEvent): void {
    this.#state = afterEvent(this.#state, event, this.#now());
    if (this.#state.stage === 'report') this.stop();
    else this.#show();
  }

  /** For a log that shares the terminal. */
  write(text: string): void {
    this.#screen.write(this.#bar === undefined ? text : `${CLEAR_LINE}${text}${this.#line()}`);
  }

  /** Leaves nothing of it on the terminal. To be called before anything else is printed. */
  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }

  #show(): void {
    if (this.#bar !== undefined) return this.#bar.update(this.#state.done);
    this.#bar = new cliProgress.SingleBar({
      stream: this.#screen,
      fps: REDRAWS_A_SECOND,
      format: () => this.#line(),
      clearOnComplete: true,
      // Turned off, it would stay off after a kill, and cut the lines of the log. Ours fit.
      linewrap: true,
      // The job itself answers signals.
      gracefulExit: false,
      forceRedraw: true,
    });
    this.#bar.start(1, 0);
  }

  #line(): string {
    const options = { columns: this.#screen.columns ?? USUAL_COLUMNS, ascii: this.#ascii };
    return progressLine(this.#state, this.#now(), options);
  }
}
