import { systemClock } from '../clock.ts';
import { createLog, type Logger } from '../log.ts';
import type { JobEvent } from '../model/job-event.ts';
import { isAsciiOnly } from './locale.ts';
import { ProgressDisplay } from './progress-display.ts';
import { ProgressLog } from './progress-log.ts';

export interface OutputOptions {
  readonly json?: boolean;
  readonly logLevel: string;
  readonly quiet?: boolean;
  /** False when `--no-color` was given. */
  readonly color: boolean;
}

/** The two streams of the process, and what they can show. */
export interface Output {
  readonly log: Logger;
  /** Values that must never be printed; what is added later counts. */
  readonly secrets: Set<string>;
  readonly color: boolean;
  /** Columns of the terminal, or of a page where there is none. */
  readonly width: number;
  /** The locale has no other letters than ASCII. */
  readonly ascii: boolean;
  readonly print: (text: string) => void;
  /** Shows how far a job is: a line that moves where stderr is a terminal, elsewhere a line of the log a minute. */
  readonly progress: (event: JobEvent) => void;
  /** Takes the progress away; called before the process can end in any other way than by printing. */
  readonly endProgress: () => void;
}

type Environment = Readonly<Record<string, string | undefined>>;

const PAGE_WIDTH = 120;

export function openOutput(options: OutputOptions, env: Environment): Output {
  const mayColor = options.color && !env['NO_COLOR'];
  const secrets = new Set<string>();
  const pretty = process.stderr.isTTY === true;
  const ascii = isAsciiOnly(env);
  const display = openDisplay(options, env, ascii);
  const log = createLog({
    level: options.quiet === true ? 'error' : options.logLevel,
    pretty,
    color: mayColor,
    secrets,
    ...(display === undefined ? {} : { destination: display }),
  });
  const progress = display ?? new ProgressLog(log, () => systemClock.now());
  return {
    log,
    secrets,
    color: mayColor && process.stdout.isTTY === true,
    width: process.stdout.columns ?? PAGE_WIDTH,
    ascii,
    print: (text) => {
      display?.stop();
      process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    progress: (event) => progress.note(event),
    endProgress: () => display?.stop(),
  };
}

/** A dumb terminal cannot go back on its line. */
function openDisplay(
  { quiet }: OutputOptions,
  env: Environment,
  ascii: boolean,
): ProgressDisplay | undefined {
  const canShow = process.stderr.isTTY === true && env['TERM'] !== 'dumb';
  return canShow && quiet !== true
    ? new ProgressDisplay(process.stderr, ascii, () => systemClock.now())
    : undefined;
}
