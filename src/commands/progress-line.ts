import { asciiText } from '../report/ascii-text.ts';
import { displayText } from '../report/scrub.ts';
import { shortenText, textWidth } from '../report/text-width.ts';
import { counted, duration } from '../report/words.ts';
import { type ProgressState, remainingMs } from './progress-state.ts';

export interface LineOptions {
  /** Columns of the terminal. */
  readonly columns: number;
  readonly ascii: boolean;
}

const WIDEST_BAR = 30;
const NARROWEST_BAR = 6;

/** One line that fits: stage, bar, done of all, remaining time, and what is being waited for as far as there is room. */
export function progressLine(state: ProgressState, now: number, { columns, ascii }: LineOptions): string {
  // The last column is left free: a cursor in it would start a new line on some terminals.
  const room = columns - 1;
  const parts = [state.stage, ...countsOf(state), ...remainingOf(state, now)];
  const fixed = parts.join('  ');
  const waiting = waitingOf(state, now);
  const spare = room - textWidth(fixed) - 2;
  const size = Math.min(WIDEST_BAR, spare - (waiting === '' ? 0 : textWidth(waiting) + 2));
  const bar = state.total > 0 && size >= NARROWEST_BAR ? [barOf(state, size, ascii)] : [];
  const line = [state.stage, ...bar, ...parts.slice(1), ...(waiting === '' ? [] : [waiting])].join('  ');
  const shown = shortenText(line, room);
  return ascii ? asciiText(shown).slice(0, room) : shown;
}

const countsOf = ({ total, done, calls }: ProgressState): string[] =>
  total > 0 ? [`${done}/${total}`] : [counted(calls, 'call')];

function remainingOf(state: ProgressState, now: number): string[] {
  const ms = remainingMs(state, now);
  return ms === undefined
    ? []
    : [`${duration(Math.max(1000, Math.round(ms / 1000) * 1000)).replace('.0', '')} left`];
}

function waitingOf({ waiting }: ProgressState, now: number): string {
  if (waiting === undefined) return '';
  const ms = waiting.until - now;
  const seconds = ms > 0 ? ` ${Math.ceil(ms / 1000)} s` : '';
  return ms > -1000 ? `waiting${seconds}: ${displayText(waiting.reason)}` : '';
}

function barOf({ done, total }: ProgressState, size: number, ascii: boolean): string {
  const full = Math.round((done / total) * size);
  return (ascii ? '#' : '█').repeat(full) + (ascii ? '-' : '░').repeat(size - full);
}
