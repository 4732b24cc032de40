import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { isAsciiOnly } from '../../src/commands/locale.ts';
import { ProgressDisplay, type Screen } from '../../src/commands/progress-display.ts';
import { progressLine } from '../../src/commands/progress-line.ts';
import { afterEvent, type ProgressState, remainingMs, START } from '../../src/commands/progress-state.ts';
import type { FailureClass } from '../../src/model/cloud-failure.ts';
import type { JobEvent } from '../../src/model/job-event.ts';
import { textWidth } from '../../src/report/text-width.ts';
import { call } from '../report/sample-run.ts';

const T0 = Date.UTC(2026, 10, 21, 2, 0, 0);
const write: JobEvent = { type: 'call', ...call(100) };
const read: JobEvent = { type: 'call', ...call(40, { lane: 'read', action: 'ListAccounts' }) };

const failureOf = (failureClass: FailureClass) => ({
  class: failureClass,
  code: 'SomeCode',
  message: 'refused',
  httpStatus: 400,
  requestId: 'REQ-9',
  retryAfterMs: undefined,
});

const retry = (failureClass: FailureClass, delayMs: number): JobEvent => ({
  type: 'retry',
  action: 'AssociateMembers',
  subject: undefined,
  attempt: 1,
  delayMs,
  failure: failureOf(failureClass),
});

const planned = (writes: number): JobEvent => ({ type: 'planned', writes, leastMs: 900, mostMs: 4000 });

/** One event a second. */
const after = (...events: readonly JobEvent[]): ProgressState =>
  events.reduce((state, event, index) => afterEvent(state, event, T0 + index * 1000), START);

const line = (state: ProgressState, ms: number, columns = 80, ascii = false): string =>
  progressLine(state, T0 + ms, { columns, ascii });

describe('the line', () => {
  const half = after(
    { type: 'stage', stage: 'apply' },
    planned(4),
    write,
    read,
    { type: 'call', ...call(100, { failure: failureOf('conflict') }) },
    write,
  );

  test.each<[string, ProgressState, number, string]>([
    ['counts the calls while nobody knows how many there will be', after(read, read), 0, 'read  2 calls'],
    [
      'shows writes done of all, and the time that the rest takes at the rate so far',
      half,
      5000,
      'apply  ███████████████░░░░░░░░░░░░░░░  2/4  4 s left',
    ],
    [
      'says nothing of the time before the first write is done',
      after({ type: 'stage', stage: 'apply' }, planned(4)),
      5000,
      'apply  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  0/4',
    ],
    [
      'grows when calls were halved',
      after({ type: 'stage', stage: 'apply' }, planned(1), write, write),
      3000,
      'apply  ██████████████████████████████  2/2',
    ],
    [
      'waits for the lock',
      after(retry('conflict', 2500)),
      0,
      'read  0 calls  waiting 3 s: lock of the directory',
    ],
    [
      'waits for a group',
      after(retry('pending', 900)),
      0,
      'read  0 calls  waiting 1 s: account group is busy',
    ],
    [
      'waits because of throttling',
      after(retry('throttled', 4000)),
      1000,
      'read  0 calls  waiting 3 s: the service asks for less',
    ],
    [
      'waits after an unknown answer',
      after(retry('unknown-effect', 1000)),
      0,
      'read  0 calls  waiting 1 s: another try',
    ],
    [
      'says what else is waited for, with controls made visible',
      after({ type: 'wait', reason: 'a late\u001b write', ms: 30_000 }),
      0,
      'read  0 calls  waiting 30 s: a late\\u001b write',
    ],
    ['forgets a wait that is over', after(retry('conflict', 2500)), 5000, 'read  0 calls'],
    ['stops', after({ type: 'halt', reason: 'SIGINT' }), 0, 'stopping  0 calls'],
  ])('%s', (_, state, ms, expected) => {
    expect(line(state, ms)).toBe(expected);
  });

  test.each([20, 30, 40, 60, 80, 200])(
    'fits into %i columns, in ASCII where that is asked for',
    (columns) => {
      const states = [
        half,
        after(retry('conflict', 2500)),
        afterEvent(half, retry('pending', 60_000), T0 + 6000),
      ];
      for (const state of states) {
        expect(textWidth(line(state, 6000, columns))).toBeLessThan(columns);
        expect(line(state, 6000, columns, true)).toMatch(/^[ -~]*$/);
        expect(line(state, 6000, columns, true).length).toBeLessThan(columns);
      }
    },
  );

  test('in ASCII', () => {
    expect(line(half, 5000, 40, true)).toBe('apply  #########--------  2/4  4 s left');
  });

  test('the remaining time follows the rate', () => {
    expect(remainingMs({ ...START, done: 10, total: 40, writingSince: T0 }, T0 + 60_000)).toBe(180_000);
    expect(remainingMs({ ...START, done: 40, total: 40, writingSince: T0 }, T0 + 60_000)).toBeUndefined();
  });
});

class Terminal extends Writable implements Screen {
  readonly isTTY = true;
  readonly columns = 60;
  text = '';
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

describe('the display', () => {
  test('leaves the line of a log whole, above its own, and nothing after its end', () => {
    const terminal = new Terminal();
    const display = new ProgressDisplay(terminal, true, () => T0);
    display.note({ type: 'stage', stage: 'read' });
    display.write('INFO: stage read\n');
    expect(terminal.text).toContain('\r\u001b[2KINFO: stage read\nread  0 calls');
    display.stop();
    terminal.text = '';
    display.write('INFO: later\n');
    expect(terminal.text).toBe('INFO: later\n');
  });

  test('ends with the stage report', () => {
    const terminal = new Terminal();
    const display = new ProgressDisplay(terminal, true, () => T0);
    display.note({ type: 'stage', stage: 'read' });
    display.note({ type: 'stage', stage: 'report' });
    terminal.text = '';
    display.write('done\n');
    expect(terminal.text).toBe('done\n');
  });

  test('does not begin before something happens', () => {
    const terminal = new Terminal();
    new ProgressDisplay(terminal, true, () => T0).stop();
    expect(terminal.text).toBe('');
  });
});

test.each([
  [{}, false],
  [{ LANG: 'C' }, true],
  [{ LANG: 'en_US.UTF-8' }, false],
  [{ LANG: 'C.UTF-8' }, false],
  [{ LANG: 'zh_CN.utf8' }, false],
  [{ LANG: 'zh_CN.GB18030' }, false],
  [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, true],
  [{ LC_ALL: '', LC_CTYPE: 'POSIX', LANG: 'en_US.UTF-8' }, true],
  [{ LC_ALL: 'en_US.UTF-8', LANG: 'C' }, false],
])('a locale of %j shows ASCII only: %s', (env, expected) => {
  expect(isAsciiOnly(env)).toBe(expected);
});
