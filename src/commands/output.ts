import { systemClock } from '../clock.ts';
import { createLog, type LineFormat, type Logger } from '../log.ts';
import type { JobEvent } from '../model/job-event.ts';
import { isAsciiOnly } from './locale.ts';
import { printText } from './print-text.ts';
import type { ProgressDisplay } from './progress-display.ts';
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

export async function openOutput(options: OutputOptions, env: Environment): Promise<Output> {
  const mayColor = options.color && !env['NO_COLOR'];
  const secrets = new Set<string>();
  const ascii = isAsciiOnly(env);
  const display = await openDisplay(options, env, ascii);
  const log = createLog({
    level: options.quiet === true ? 'error' : options.logLevel,
    secrets,
    ...(process.stderr.isTTY === true ? { format: await terminalFormat(mayColor) } : {}),
    ...(display === undefined ? {} : { destination: display }),
  });
  const progress = display ?? new ProgressLog(log, () => systemClock.monotonic());
  return {
    log,
    secrets,
    color: mayColor && process.stdout.isTTY === true,
    width: process.stdout.columns ?? PAGE_WIDTH,
    ascii,
    print: (text) => {
      display?.stop();
      printText(text);
    },
    progress: (event) => progress.note(event),
    endProgress: () => display?.stop(),
  };
}

/** Only a terminal needs the library that makes such lines. */
const terminalFormat = async (color: boolean): Promise<LineFormat> =>
  (await import('../log-pretty.ts')).prettyLine(color);

/** A dumb terminal cannot go back on its line. */
async function openDisplay(
  { quiet }: OutputOptions,
  env: Environment,
  ascii: boolean,
): Promise<ProgressDisplay | undefined> {
  const canShow = process.stderr.isTTY === true && env['TERM'] !== 'dumb';
  if (!canShow || quiet === true) return undefined;
  const display = await import('./progress-display.ts');
  return new display.ProgressDisplay(process.stderr, ascii, () => systemClock.monotonic());
}
