import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalLine } from './journal-line.ts';

/**
 * The latest moment at which a write that earlier runs left without an answer can still take effect. Also where its
 * effect was seen: somebody else may have done the same, and the write is still to land.
 * @returns milliseconds since 1970; undefined when no answer is missing
 */
export function earlierWritesUntil(journalFolder: string, settleMs: number): number | undefined {
  const unanswered = journalNames(journalFolder).flatMap((name) =>
    withoutAnswer(readJournal(join(journalFolder, name))),
  );
  return unanswered.length === 0 ? undefined : Math.max(...unanswered) + settleMs;
}

/** When calls were sent, or given up, whose effect the journal does not tell. */
export const unansweredAt = (lines: readonly JournalLine[]): number[] =>
  lines.some((line) => line.line === 'end' && line.settled) ? [] : withoutAnswer(lines);

function withoutAnswer(lines: readonly JournalLine[]): number[] {
  const open = new Map<number, number>();
  for (const line of lines) {
    if (line.line === 'intent') open.set(line.call, line.at);
    if (line.line !== 'settled') continue;
    if (line.result === 'unknown') open.set(line.call, line.at);
    else open.delete(line.call);
  }
  return [...open.values()];
}

/**
 * The last line of a killed run may be cut short; it was not on disk, so what it announces was not sent. A journal
 * that is gone since its name was read was removed because nothing of it was open.
 */
export function readJournal(path: string): JournalLine[] {
  return textOf(path)
    .split('\n')
    .flatMap((text) => {
      try {
        return [JSON.parse(text) as JournalLine];
      } catch {
        return [];
      }
    });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

export function journalNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
