import { prettyFactory } from 'pino-pretty';
import { type LineFormat, scrubLine } from './log-scrub.ts';
import { displayText } from './report/scrub.ts';

/** Lines for a terminal in place of JSON lines. */
export function prettyLine(colorize: boolean): LineFormat {
  const print = prettyFactory({ colorize, singleLine: true });
  return (line, secrets) => print(scrubLine(line, secrets, shapeForTerminal)) ?? '';
}

/** A stack keeps its line breaks. */
function shapeForTerminal(text: string, key: string): string {
  return key === 'stack' ? text.split('\n').map(displayText).join('\n') : displayText(text);
}
