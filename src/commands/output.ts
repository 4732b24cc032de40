import { createLog, type Logger } from '../log.ts';

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
  readonly print: (text: string) => void;
}

const PAGE_WIDTH = 120;

export function openOutput(
  options: OutputOptions,
  env: Readonly<Record<string, string | undefined>>,
): Output {
  const mayColor = options.color && !env['NO_COLOR'];
  const secrets = new Set<string>();
  const pretty = process.stderr.isTTY === true;
  return {
    log: createLog({
      level: options.quiet === true ? 'error' : options.logLevel,
      pretty,
      color: mayColor,
      secrets,
    }),
    secrets,
    color: mayColor && process.stdout.isTTY === true,
    width: process.stdout.columns ?? PAGE_WIDTH,
    print: (text) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
  };
}
