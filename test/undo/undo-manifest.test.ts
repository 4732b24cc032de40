import { describe, expect, it } from 'vitest';
import { Stop } from '../../src/job/stop.ts';
import { changeLines } from '../../src/job/undo/change-lines.ts';
import { loadUndo } from '../../src/job/undo/load-undo.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { Change } from '../../src/model/plan.ts';
import type { TargetResult } from '../../src/model/target-result.ts';
import { actual, addAccount, bind, removeAccount, unbind } from '../support/world.ts';
import { targetOf, textOf } from './support/report-text.ts';

const EFFORT = { attempts: 1, elapsedMs: 10, requestId: undefined };
const APPLIED: Outcome = { status: 'applied', ...EFFORT };
const ONE = '1738084522670001';
const TWO = '1738084522670002';

describe('what an undo asks for', () => {
  it.each([
    ['a bind', bind('c-1', 1), 'contacts', 'absent', { type: 'account', id: ONE }],
    ['an unbind', unbind('c-1', 1), 'contacts', 'present', { type: 'account', id: ONE }],
    ['a bind of a folder', bind('c-1', 'fd-1'), 'contacts', 'absent', { type: 'folder', id: 'fd-1' }],
    [
      'a bind of the directory',
      bind('c-1', 'rd-3mNq8W'),
      'contacts',
      'absent',
      { type: 'directory', id: 'rd-3mNq8W' },
    ],
    ['an addition', addAccount('ca-1', 2), 'aggregators', 'absent', { type: 'account', id: TWO }],
    ['a removal', removeAccount('ca-1', 2), 'aggregators', 'present', { type: 'account', id: TWO }],
  ] as const)('is the inverse of %s, by ids alone', async (_, change, kind, ensure, selector) => {
    const { value } = await sure(loaded(applied(change)));
    expect(value[kind].map(({ ref, members }) => ({ ref, members }))).toEqual([
      {
        ref: { by: 'id', id: change.kind === 'contact' ? 'c-1' : 'ca-1' },
        members: [{ ensure, selector, accountName: undefined, source: expect.any(Object) }],
      },
    ]);
    expect(value.contacts.length + value.aggregators.length).toBe(1);
    expect(value.ownership).toBe('add-only');
  });

  it('is bound to the directory of the report', async () => {
    const { value } = await sure(loaded(applied(bind('c-1', 1))));
    expect(value.directory?.id).toBe('rd-3mNq8W');
  });

  it('has the line of the report that each change stands on as its source', async () => {
    const text = textOf(applied(bind('c-1', 1), bind('c-1', 2)));
    const { value } = await sure(loadText(text));
    const lines = value.contacts[0]?.members.map(({ source }) => text.split('\n')[source.line - 1]?.trim());
    expect(lines).toEqual([`"id": "bind:c-1:${ONE}",`, `"id": "bind:c-1:${TWO}",`]);
  });

  it.each([
    ['planned', { status: 'planned' }],
    ['already', { status: 'already', because: 'somebody did it', ...EFFORT }],
    ['failed', { status: 'failed', code: 'X', message: 'refused', ...EFFORT }],
    ['skipped', { status: 'skipped', because: 'not its turn' }],
    ['uncertain', { status: 'uncertain', code: 'NoAnswer', message: 'none', ...EFFORT }],
    ['not-visible', { status: 'not-visible', message: 'not seen', ...EFFORT }],
  ] as const)('is nothing for a change that is %s', async (_, outcome) => {
    const change = bind('c-1', 1);
    const target = targetOf(actual(), [change], new Map([[change.id, outcome]]));
    const { value, warnings } = await sure(loaded(target));
    expect([value.contacts, value.aggregators, value.entries]).toEqual([[], [], 0]);
    expect(warnings.map(({ code }) => code)).toContain('nothing-applied');
  });

  it('says how many changes may have been made and are left as they are', async () => {
    const [made, unclear] = [bind('c-1', 1), bind('c-1', 2)];
    const outcome: Outcome = { status: 'uncertain', code: 'NoAnswer', message: 'none', ...EFFORT };
    const outcomes = new Map<string, Outcome>([
      [made.id, APPLIED],
      [unclear.id, outcome],
    ]);
    const { warnings } = await sure(loaded(targetOf(actual(), [made, unclear], outcomes)));
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      [
        'effect-unknown',
        "1 of the report's changes is uncertain or was not visible; an undo leaves it as it is",
      ],
    ]);
  });

  it('leaves out what a merged report says was made and taken away again', async () => {
    const { value } = await sure(loaded(applied(bind('c-1', 1)), applied(unbind('c-1', 1), bind('c-1', 2))));
    expect(value.contacts[0]?.members.map(({ selector }) => selector)).toEqual([
      { type: 'account', id: TWO },
    ]);
  });

  it('lets only those contacts become empty that are named for it', async () => {
    const { value } = await sure(
      loadText(textOf(applied(bind('c-1', 1), bind('c-2', 1))), { allowEmpty: ['c-2'] }),
    );
    expect(value.contacts.map(({ allowEmpty }) => allowEmpty)).toEqual([false, true]);
  });
});

describe('a report that cannot be undone', () => {
  it.each([
    [
      'is not JSON',
      '{"schemaVersion": 1',
      'the report is not JSON, or was cut off; give the report.json of a run',
    ],
    [
      'is of another schema',
      '{"schemaVersion": 2}',
      'the report has schemaVersion 2, and this version of the program reads 1; give the report.json of a run',
    ],
    [
      'is something else',
      '{"schemaVersion": 1, "tool": 7}',
      'the report does not have the expected form (at tool); give the report.json of a run',
    ],
  ])('because it %s is a problem of the input', async (_, text, message) => {
    const checked = await loadText(text);
    expect(checked).toEqual({
      ok: false,
      problems: [
        {
          code: 'report-unusable',
          severity: 'error',
          source: { file: 'report.json', line: 1, column: 1 },
          message,
        },
      ],
    });
  });

  it('because it is not there is a problem of the input', async () => {
    const missing = Object.assign(new Error('no such file'), { code: 'ENOENT' });
    const undo = { report: 'report.json', allowEmpty: [] };
    const checked = await loadUndo(undo, undefined, () => Promise.reject(missing));
    expect(checked.ok ? [] : checked.problems.map(({ message }) => message)).toEqual([
      'the report cannot be read (ENOENT); check the path and its permissions; give the report.json of a run',
    ]);
  });

  it.each([
    ['contact', '"id": "c-1"', '"id": "not an id"'],
    ['member', `"id": "${ONE}"`, '"id": "1.73808E+15"'],
    ['action', '"action": "bind"', '"action": "add-account"'],
  ])('because the id of a %s is none is a problem with its line', async (_, written, forged) => {
    const text = textOf(applied(bind('c-1', 1)));
    expect(text).toContain(written);
    const checked = await loadText(text.replaceAll(written, forged));
    expect(checked.ok ? [] : checked.problems.map(({ code }) => code)).toEqual(['report-id']);
  });

  it.each([
    ['of another directory than the one that is meant', 'rd-other1', 77, 'wrong-directory'],
    ['of several directories when none is chosen', undefined, 64, 'several-directories'],
  ])('because it is %s stops the run', async (_, meant, exitCode, code) => {
    const targets = meant === undefined ? [applied(bind('c-1', 1)), elsewhere()] : [applied(bind('c-1', 1))];
    const error = await loadText(textOf(...targets), { meant }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Stop);
    expect(error).toMatchObject({ exitCode, problems: [{ code }] });
  });

  it('is one of several directories until one of them is chosen', async () => {
    const text = textOf(applied(bind('c-1', 1)), elsewhere());
    const { value } = await sure(loadText(text, { meant: 'rd-3mNq8W' }));
    expect(value.contacts.map(({ ref }) => ref)).toEqual([{ by: 'id', id: 'c-1' }]);
  });
});

describe('the lines of changes', () => {
  it('are found by id, the first where one stands twice', () => {
    const text =
      '{\n "id": "run-1",\n {"id": "bind:c-1:1"}, {"id":"unbind:c-1:2"},\n {"id": "bind:c-1:1"}\n}';
    expect([...changeLines(text)]).toEqual([
      ['bind:c-1:1', 3],
      ['unbind:c-1:2', 3],
    ]);
  });
});

const applied = (...changes: readonly Change[]): TargetResult =>
  targetOf(actual(), changes, new Map(changes.map(({ id }) => [id, APPLIED])));

function elsewhere(): TargetResult {
  const target = applied(bind('c-9', 1));
  const state = target.actual ?? actual();
  const directory = { ...state.directory, id: 'rd-elsewhere' as typeof state.directory.id };
  return { ...target, actual: { ...state, directory } };
}

const loaded = (...targets: readonly TargetResult[]) => loadText(textOf(...targets));

const loadText = (
  text: string,
  { meant, allowEmpty = [] }: { meant?: string | undefined; allowEmpty?: readonly string[] } = {},
) => loadUndo({ report: 'report.json', allowEmpty }, meant, async () => new TextEncoder().encode(text));

async function sure(checked: ReturnType<typeof loadUndo>) {
  const result = await checked;
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result;
}
