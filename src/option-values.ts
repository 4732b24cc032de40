import { InvalidArgumentError } from 'commander';
import { parseDuration } from './duration.ts';
import { parseWindow, type WriteWindow } from './model/write-window.ts';

/** Readers of option values: each turns text into a value or says what was expected. */

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number, for example 5.');
  return Number(text);
}

export function positiveNumber(text: string): number {
  const value = wholeNumber(text);
  if (value < 1) throw new InvalidArgumentError('Expected a whole number from 1 on.');
  return value;
}

export function portNumber(text: string): number {
  const value = wholeNumber(text);
  if (value > 65_535) throw new InvalidArgumentError('Expected a port from 0 to 65535.');
  return value;
}

export function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('Expected a share from 0 to 1, for example 0.25.');
  }
  return value;
}

export function durationMs(text: string): number {
  const value = parseDuration(text);
  if (value === undefined)
    throw new InvalidArgumentError('Expected a duration such as 250ms, 30s, 5m or 1h.');
  return value;
}

export function positiveDurationMs(text: string): number {
  const value = durationMs(text);
  if (value <= 0) throw new InvalidArgumentError('Expected a duration above 0, such as 250ms, 30s or 5m.');
  return value;
}

export function writeWindow(text: string): WriteWindow {
  const value = parseWindow(text);
  if (value === undefined)
    throw new InvalidArgumentError(
      'Expected a time of day such as 22:00-05:00, with a time zone such as Asia/Shanghai after it or UTC.',
    );
  return value;
}

/** `0/8`: the first of eight. */
export function shardOf(text: string): { readonly index: number; readonly of: number } {
  const [, index, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? [];
  if (index === undefined || of === undefined || Number(index) >= Number(of))
    throw new InvalidArgumentError(
      'Expected I/N with I from 0 to N-1, for example 0/8 for the first of eight.',
    );
  return { index: Number(index), of: Number(of) };
}

export function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

export function listOf<T extends string>(known: readonly T[]): (text: string) => readonly T[] {
  return (text) =>
    text.split(',').map((part) => {
      const word = known.find((one) => one === part.trim());
      if (word === undefined) throw new InvalidArgumentError(`Expected a list of ${known.join(', ')}.`);
      return word;
    });
}
