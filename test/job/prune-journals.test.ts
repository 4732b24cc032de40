import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { earlierWritesUntil } from '../../src/job/records/earlier-writes.ts';
import { pruneJournals } from '../../src/job/records/prune-journals.ts';
import { StateFolder } from '../../src/job/records/state-folder.ts';

const INTENT = { line: 'intent', call: 1, at: 1000, action: 'AssociateMembers' };
const ANSWERED = { line: 'settled', call: 1, at: 1100, result: 'acknowledged' };
const ENDED = { line: 'end', at: 1200, exitCode: 0, settled: true };
const ENDED_UNSURE = { line: 'end', at: 1200, exitCode: 3, settled: false };
const RECOVERED = { line: 'recovered' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-journals-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, ...lines: readonly object[]): void =>
  writeFileSync(join(folder, `${name}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

/** Later than every other. */
function writeTenNewer(): string[] {
  const names = Array.from({ length: 10 }, (_, index) => `z${index}`);
  for (const name of names) write(name, ENDED);
  return names.map((name) => `${name}.jsonl`);
}

test('the ten newest journals stay', () => {
  const newest = writeTenNewer();
  pruneJournals(folder);
  expect(readdirSync(folder)).toEqual(newest);
});

test.each([
  ['that ended with everything answered', [INTENT, ANSWERED, ENDED_UNSURE]],
  ['that ended and read back what was not answered', [INTENT, ENDED]],
  ['that died with everything answered, and was reported', [INTENT, ANSWERED, RECOVERED]],
])('an older one of a run %s goes', (_, lines) => {
  write('a', ...lines);
  const newest = writeTenNewer();
  pruneJournals(folder);
  expect(readdirSync(folder)).toEqual(newest);
});

test.each([
  ['has not ended', [INTENT, ANSWERED]],
  ['ended without knowing what became of a write', [INTENT, ENDED_UNSURE]],
  ['died, and left a write without an answer', [INTENT, RECOVERED]],
])('an older one of a run that %s stays, and is still waited for', (_, lines) => {
  write('a', ...lines);
  const newest = writeTenNewer();
  const until = earlierWritesUntil(folder, 30_000);
  pruneJournals(folder);
  expect(readdirSync(folder)).toEqual(['a.jsonl', ...newest]);
  expect(earlierWritesUntil(folder, 30_000)).toBe(until);
});

test('a write whose answer never came is waited for, also where the run saw its effect and ended in sync', () => {
  const unknown = { line: 'settled', call: 1, at: 1100, result: 'unknown', code: 'NoAnswer' };
  write('a', INTENT, unknown, ENDED);
  expect(earlierWritesUntil(folder, 30_000)).toBe(31_100);
  write('a', INTENT, ANSWERED, ENDED);
  expect(earlierWritesUntil(folder, 30_000)).toBeUndefined();
});

test('a folder that is not there yet has none', () => {
  expect(() => pruneJournals(join(folder, 'none'))).not.toThrow();
});

test('whoever takes the lock tidies up', async () => {
  const state = new StateFolder(folder, 'rd-3mNq8W');
  mkdirSync(state.journals, { recursive: true });
  folder = state.journals;
  write('a', INTENT, ANSWERED, ENDED);
  const newest = writeTenNewer();
  const lock = await state.lock('run-1', 0, systemClock, async () => undefined);
  await lock.release();
  expect(readdirSync(state.journals)).toEqual(newest);
});
