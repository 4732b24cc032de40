import { expect, test } from 'vitest';
import { EXIT } from '../../src/model/exit-code.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import { groupByCause } from '../../src/report/causes.ts';
import { renderDiff } from '../../src/report/diff-text.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderSummary } from '../../src/report/summary-text.ts';
import { renderText } from '../../src/report/text.ts';
import {
  actualState,
  BILLING,
  binding,
  folder,
  onlyTarget,
  planOf,
  planRecord,
  reportOf,
  runRecord,
  targetResult,
} from './sample-run.ts';

const HALTED = 'the run stopped when a call was refused with Forbidden.RAM';
const skipped = (because: string): Outcome => ({ status: 'skipped', because });
const failed = (message: string, requestId: string, code = 'Forbidden.RAM'): Outcome => ({
  status: 'failed',
  code,
  message,
  attempts: 1,
  elapsedMs: 5,
  requestId,
});

/** An apply in which the bindings of one contact came to these outcomes. */
function applied(outcomes: readonly Outcome[]) {
  const changes = outcomes.map((_, index) =>
    binding('bind', BILLING, { type: 'folder', id: folder(`fd-${index + 1}`) }),
  );
  const known = new Map(changes.map(({ id }, index) => [id, outcomes[index] ?? skipped('')]));
  const target = targetResult({ plan: planOf(changes), outcomes: known, coverage: undefined });
  return reportOf(runRecord({ targets: [target] }));
}

const rowsOf = (outcomes: readonly Outcome[]) =>
  renderDiff(onlyTarget(applied(outcomes)), { color: false, width: 120 })
    .split('\n')
    .filter((line) => /^ {2}/.test(line));
const causesOf = (outcomes: readonly Outcome[]) =>
  groupByCause(applied(outcomes).targets).map(({ status, count, cause, message }) =>
    [status, count, cause, message].filter((part) => part !== '').join(' | '),
  );

test('a reason that thirty changes share is said once in the whole text', () => {
  const text = renderText(applied(Array(30).fill(skipped(HALTED))), { color: false, width: 120 });
  expect(text.split(HALTED)).toHaveLength(2);
  expect(text).toContain(`\nskipped   30 × ${HALTED}\n`);
  expect(text.match(/\[skipped\]$/gm)).toHaveLength(30);
});

test('a reason that one row has alone stays on that row, with its request id', () => {
  expect(rowsOf([failed('no', 'REQ-1'), skipped(HALTED), skipped(HALTED)])).toEqual([
    '  + fd-1  [failed]',
    '      Forbidden.RAM: no (request REQ-1)',
    '  + fd-2  [skipped]',
    '  + fd-3  [skipped]',
  ]);
});

test('what the service said to several changes moves to the summary, whatever the request', () => {
  const outcomes = [failed('Not authorized.', 'REQ-1'), failed('Not authorized.', 'REQ-2')];
  expect(rowsOf(outcomes)).toEqual(['  + fd-1  [failed]', '  + fd-2  [failed]']);
  expect(renderSummary(applied(outcomes), { color: false })).toContain(
    '\nfailed    2 × Forbidden.RAM: Not authorized; grant the caller the action that was refused\n',
  );
  expect(renderMarkdown(applied(outcomes))).toContain(
    '| 2 | failed | `Forbidden.RAM: Not authorized` | grant the caller the action that was refused |\n',
  );
});

test('of one code, messages that are shared stand with the cause and the others with their rows', () => {
  const outcomes = ['a.', 'b', 'a.', 'c'].map((message) => failed(message, 'REQ-1'));
  expect(causesOf(outcomes)).toEqual(['failed | 4 | Forbidden.RAM | a']);
  expect(rowsOf(outcomes).filter((line) => line.includes('Forbidden'))).toEqual([
    '      Forbidden.RAM: b (request REQ-1)',
    '      Forbidden.RAM: c (request REQ-1)',
  ]);
});

test('up to three single reasons for skipping are told one by one, more of them as a number', () => {
  const single = (count: number) => Array.from({ length: count }, (_, index) => skipped(`reason ${index}`));
  expect(causesOf(single(3))).toEqual([0, 1, 2].map((index) => `skipped | 1 | reason ${index}`));
  expect(causesOf([skipped(HALTED), ...single(4), skipped(HALTED)])).toEqual([
    'skipped | 4 | each for a reason of its own, which stands with it',
    `skipped | 2 | ${HALTED}`,
  ]);
  expect(rowsOf(single(4)).filter((line) => line.includes('reason'))).toHaveLength(4);
});

test('what was so already is told where several changes share it, after all that needs a person', () => {
  const already: Outcome = {
    status: 'already',
    because: 'it was so',
    attempts: 0,
    elapsedMs: 0,
    requestId: undefined,
  };
  expect(causesOf([already, already, skipped('x')])).toEqual(['skipped | 1 | x', 'already | 2 | it was so']);
  expect(causesOf([already])).toEqual([]);
});

test.each([
  ['refused', EXIT.refusedByGuard, 'refused', 'the guard refused the plan'],
  ['stale', EXIT.stalePlan, 'not approved', 'the plan is not the one that was approved'],
] as const)(
  'an apply whose plan is %s was not begun, and says so without a mark on a row',
  (result, exitCode, word, because) => {
    const changes = [1, 2].map((index) =>
      binding('bind', BILLING, { type: 'folder', id: folder(`fd-${index}`) }),
    );
    const target = targetResult({ plan: planOf(changes), outcomes: new Map(), result, exitCode, calls: [] });
    const report = reportOf(runRecord({ targets: [target] }));
    expect(onlyTarget(report).changes.map(({ outcome }) => outcome)).toEqual([
      { status: 'skipped', because },
      { status: 'skipped', because },
    ]);
    const text = renderText(report, { color: false, width: 120 });
    expect(text).toContain(`\n${word}: 2 to bind; 14 unchanged, 2 unmanaged\n`);
    expect(text).toContain('  + fd-1\n  + fd-2\n');
    expect(text).toContain(`\nchanges   2: 2 ${word}\n`);
    expect(text).not.toContain('skipped');
    expect(renderMarkdown(report)).toContain(`| ${word} |`);
  },
);

test('the text of a plan has the whole digest, the planned calls, and a blank line before the summary', () => {
  const digest = '7141711b4a6e52d20043a450fdb9f91d0911ddfcbdb1cfbfb59521e4a1654f6d';
  const changes = [binding('bind', BILLING, { type: 'folder', id: folder('fd-1') })];
  const plan = { ...planOf(changes), digest, calls: { associate: 6, disassociate: 0, update: 1200 } };
  const record = planRecord({ plan, actual: actualState({ folders: false }), calls: [] });
  expect(
    renderText(reportOf(record), { color: false, width: 80, reportPath: 'r.json' }),
  ).toBe(`default (rd-3mNq8W)
1 to bind; 14 unchanged, 2 unmanaged

contact billing (c-aB3dEfGhIjKlMnOp)  +1
  + fd-1

planned   6 AssociateMembers, 1,200 UpdateAggregator; about 4 s to 3 min
digest    ${digest}

plan: drift in 12.4 s
changes   1: 1 planned
calls     none
coverage  1 of 3 accounts reached, if applied; by no contact: 1000048568874540, 1738084522671235
exit      2: changes are pending
report    r.json
`);
});

test('the text of two directories sets each apart', () => {
  const target = targetResult({ plan: planOf([]), calls: [], coverage: undefined });
  const text = renderText(reportOf(runRecord({ targets: [target, target] })), { color: false, width: 80 });
  const diff = 'default (rd-3mNq8W)\nno changes; 14 unchanged, 2 unmanaged\n';
  expect(text.startsWith(`${diff}\n${diff}\napply: partial`)).toBe(true);
});

const problem = (code: string, message: string) =>
  ({ code, severity: 'error', source: undefined, message }) as const;

test.each([
  ['denied', 'SignatureDoesNotMatch', 'check the secret, the access key and the clock'],
  [
    'denied',
    'InvalidAccessKeyId.NotFound',
    'check the access key: it may be deleted, or belong to the other --site',
  ],
  ['denied', 'InvalidAccessKeyId.Odd', 'check the credentials, which account they belong to, and the clock'],
  ['denied', 'Forbidden.RAM', 'grant the caller the action that was refused'],
  ['cloud-unreadable', 'ConnectionRefused', 'nothing listens there; check the endpoint and the network'],
])('a run that ended with %s by %s says what to do', (code, error, remedy) => {
  const record = planRecord({
    actual: undefined,
    plan: undefined,
    coverage: undefined,
    calls: [],
    problems: [problem(code, `${error}: What the service said. (request R-1)`)],
    result: 'failed',
    exitCode: 77,
  });
  expect(renderText(reportOf(record), { color: false, width: 80 })).toBe(`default (directory not read)
no plan was made

error: ${error}: What the service said. (request R-1)
      ${remedy}

plan: failed in 12.4 s
problems  1 error
exit      77: credentials are refused, lack a permission, or belong to another directory
`);
  expect(renderMarkdown(reportOf(record))).toContain(
    `- error: \`${error}: What the service said. (request R-1)\`; ${remedy}\n`,
  );
});

test('a problem that says what to do gets no second advice', () => {
  const problems = [problem('stale-plan', 'SignatureDoesNotMatch: x'), problem('denied', 'no code in here')];
  const diff = renderDiff(onlyTarget(reportOf(planRecord({ plan: undefined, problems }))), {
    color: false,
    width: 80,
  });
  expect(diff.split('\n').slice(-3)).toEqual([
    'error: SignatureDoesNotMatch: x',
    'error: no code in here',
    '',
  ]);
});

test('calls whose answer never came and calls that were not sent are counted where there are any', () => {
  const callsOf = (byFailure: Record<string, number>) => {
    const report = reportOf(runRecord());
    const target = onlyTarget(report);
    const calls = { ...target.calls, byFailure };
    return renderSummary({ ...report, targets: [{ ...target, calls }] }, { color: false }).split('\n')[2];
  };
  expect(callsOf({ conflict: 8 })).toBe(
    'calls     5: 2 retries, 1 conflict, 1 throttled; the slowest took 10.0 s',
  );
  expect(callsOf({ 'unknown-effect': 2, unsent: 3 })).toBe(
    'calls     5: 2 retries, 1 conflict, 1 throttled, 2 unanswered, 3 not sent; the slowest took 10.0 s',
  );
});
