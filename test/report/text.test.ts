import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderDiff } from '../../src/report/diff-text.ts';
import { reportSchema } from '../../src/report/report-schema.ts';
import { renderSummary } from '../../src/report/summary-text.ts';
import { textWidth } from '../../src/report/text-width.ts';
import {
  actualState,
  at,
  BILLING,
  binding,
  CHANGES,
  folder,
  OPS,
  onlyTarget,
  PAY,
  planOf,
  planRecord,
  reportOf,
  runRecord,
  type SHOP,
  targetResult,
} from './sample-run.ts';

const WIDE = { color: false, width: Number.POSITIVE_INFINITY };
const diffOf = (run = runRecord(), options = WIDE) => renderDiff(onlyTarget(reportOf(run)), options);
const ESC = '\u001b';
const withoutColor = (text: string) => text.replaceAll(new RegExp(`${ESC}\\[\\d+m`, 'g'), '');

const REFUSED = {
  verdict: 'refused',
  reasons: [
    {
      rule: 'max-removals',
      measured: 3,
      allowed: 2,
      message: '3 removals, limit 2; pass --allow-removals 3',
    },
    { rule: 'emptied', measured: 0, allowed: 1, subject: OPS, message: 'ops would be left with nothing' },
  ],
} as const;

describe('the diff', () => {
  test('shows an apply with every outcome', () => {
    expect(diffOf()).toBe(`default (rd-3mNq8W)
3 to bind, 2 to unbind, 1 account to add, 1 account to remove; 14 unchanged, 2 unmanaged

contact billing (c-aB3dEfGhIjKlMnOp)  +1
  + rd-3mNq8W  the whole directory  manifest.yaml:16  [uncertain]
      NoAnswer: no answer within 10 s

contact ops (c-qL4HqKONzOM7a1b2)  +2 -2
  + 1738084522671234  /Production/Payments/pay-prod  manifest.yaml:7  [applied]
  + fd-paym000002     /Production/Payments  manifest.yaml:8  [already]
      it was bound when the job came to it
  - 1000048568874540  /Production/old-test  no line asks for it  [skipped]
      a bind of this contact failed
  - 1000048568874549  manifest.yaml:12  [failed]
      InvalidMember: The member is invalid. (request REQ-1)

aggregator all-prod (ca-dacf86d8314e00eb1234)  +1 -1
  + 1738084522671234  /Production/Payments/pay-prod  manifest.yaml:21  [not-visible]
      not in the list after 30 s (request REQ-1)
  - 1000048568874540  /Production/old-test  no line asks for it

planned   2 AssociateMembers, 1 DisassociateMembers, 1 UpdateAggregator; about 4 s to 3 min
digest    d1
`);
  });

  test('shows a plan that the guard refuses, with its problems', () => {
    const problems = [
      { code: 'bom', severity: 'warning', source: at(1), message: 'starts with a byte-order mark' },
      { code: 'read-failed', severity: 'error', source: undefined, message: 'no answer' },
    ] as const;
    const run = planRecord({
      plan: planOf(CHANGES.slice(2, 4), REFUSED),
      problems,
      result: 'refused',
      exitCode: 4,
    });
    expect(diffOf(run)).toBe(`default (rd-3mNq8W)
refused: 2 to unbind; 14 unchanged, 2 unmanaged

contact ops (c-qL4HqKONzOM7a1b2)  -2
  - 1000048568874540  /Production/old-test  no line asks for it
  - 1000048568874549  manifest.yaml:12

digest    d1

the guard refuses this plan
  max-removals: 3 removals, limit 2
      pass --allow-removals 3
  emptied: ops would be left with nothing

manifest.yaml:1:9  warning: starts with a byte-order mark
error: no answer
`);
  });

  test('of an empty plan is two lines', () => {
    expect(diffOf(planRecord({ plan: planOf([]) }))).toBe(
      'default (rd-3mNq8W)\nno changes; 14 unchanged, 2 unmanaged\n',
    );
  });

  test('of a run without a plan says so', () => {
    const run = planRecord({ actual: undefined, plan: undefined });
    expect(diffOf(run)).toBe('default (directory not read)\nno plan was made\n');
  });

  test('is the same in whichever order the changes come', () => {
    const target = onlyTarget(reportOf());
    fc.assert(
      fc.property(fc.shuffledSubarray(target.changes, { minLength: target.changes.length }), (changes) => {
        expect(renderDiff({ ...target, changes }, WIDE)).toBe(renderDiff(target, WIDE));
      }),
    );
  });

  test('keeps the end of paths and the start of names where a line is too wide', () => {
    const plan = planOf(CHANGES.slice(0, 1));
    const line = (actual = actualState(), width = 60) =>
      diffOf(planRecord({ plan, actual }), { color: false, width }).split('\n')[4];
    expect(line()).toBe('  + 1738084522671234  …on/Payments/pay-prod  manifest.yaml:7');
    expect(line(actualState({ folders: false, pay: 'payments-production-eu' }))).toBe(
      '  + 1738084522671234  payments-production-…  manifest.yaml:7',
    );
    expect(line(actualState({ folders: false, pay: '支付生产账号华东一区主账号' }))).toBe(
      '  + 1738084522671234  支付生产账号华东一区…  manifest.yaml:7',
    );
  });

  test.each([0, 20, 40])(
    'in %i columns shortens labels no further than 12 columns, and ids never',
    (width) => {
      const run = planRecord({ plan: planOf(CHANGES.slice(0, 1)) });
      expect(diffOf(run, { color: false, width })).toContain(
        '  + 1738084522671234  …ts/pay-prod  manifest.yaml:7\n',
      );
    },
  );

  test('fits every change into the columns given, from the least that ids and places need', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 200 }),
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        (width, pay) => {
          const run = planRecord({ actual: actualState({ pay }), plan: planOf(CHANGES) });
          const lines = diffOf(run, { color: false, width })
            .split('\n')
            .filter((line) => /^ {2}[+-] /.test(line));
          expect(lines).toHaveLength(7);
          for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  test('says the same with and without colour', () => {
    const run = planRecord({ plan: planOf(CHANGES, REFUSED) });
    const colored = diffOf(run, { ...WIDE, color: true });
    expect(withoutColor(colored)).toBe(diffOf(run));
    expect(colored).toContain(`${ESC}[32m  + 1738084522671234${ESC}[39m  /Production/Payments/pay-prod`);
    expect(colored).toContain(`${ESC}[31m  - 1000048568874540${ESC}[39m`);
    expect(diffOf(run)).not.toContain(ESC);
  });

  test('lets no name end a line, move the cursor or turn the reading direction', () => {
    const hostile = `a\n  + 9${ESC}[2Jb\u202ec\u2028d\u009be\u0007`;
    const file = `x\r${ESC}.yaml`;
    const target = targetResult({
      name: hostile,
      actual: actualState({ ops: hostile, pay: hostile }),
      plan: planOf([binding('bind', OPS, { type: 'account', id: PAY }, at(7, file))], {
        verdict: 'refused',
        reasons: [{ rule: hostile, measured: 1, allowed: 0, message: hostile }],
      }),
      outcomes: new Map([
        [
          `bind:${OPS}:${PAY}`,
          {
            status: 'failed',
            code: hostile,
            message: hostile,
            attempts: 1,
            elapsedMs: 1,
            requestId: hostile,
          },
        ],
      ]),
      problems: [{ code: 'x', severity: 'error', source: at(1, file), message: hostile }],
    });
    const report = reportOf(runRecord({ targets: [target] }));
    const shown = 'a\\u000a  + 9\\u001b[2Jb\\u202ec\\u2028d\\u009be\\u0007';
    expect(renderDiff(onlyTarget(report), WIDE)).toBe(`${shown} (rd-3mNq8W)
1 to bind; 14 unchanged, 2 unmanaged

contact ${shown} (c-qL4HqKONzOM7a1b2)  +1
  + 1738084522671234  /Production/Payments/${shown}  x\\u000d\\u001b.yaml:7  [failed]
      ${shown}: ${shown} (request ${shown})

digest    d1

the guard holds back the removals
  ${shown}: ${shown}

x\\u000d\\u001b.yaml:1:9  error: ${shown}
`);
    expect(renderSummary(report, { color: false })).not.toMatch(/[^\P{Cc}\n]|[\u2028\u202e]/u);
  });
});

describe('the summary', () => {
  test('of an apply with every outcome tells causes and remedies, gravest first, in ten lines', () => {
    const summary = renderSummary(reportOf(), { color: false, reportPath: 'reports/latest/report.json' });
    expect(summary).toBe(`apply: partial in 12.4 s
changes   7: 1 planned, 1 applied, 1 already, 1 failed, 1 uncertain, 1 not visible, 1 skipped
calls     5: 2 retries, 1 conflict, 1 throttled, 1 unanswered; the slowest took 10.0 s
coverage  1 of 3 accounts reached; by no contact: 1000048568874540, 1738084522671235
failed    1 × InvalidMember: no member of the directory, says the service; run again, and if that stays so take it out of the manifest
uncertain 1 × NoAnswer: run again: it reads first and does only what is missing
unseen    1 × acknowledged, not to be seen yet: plan again in a few minutes
more      2 more, in the report
exit      3: some changes failed, were skipped, are uncertain, have not become visible, or were undone meanwhile
report    reports/latest/report.json
`);
  });

  test('of a run that found nothing to do is short', () => {
    const target = targetResult({
      result: 'in-sync',
      exitCode: 0,
      plan: planOf([]),
      calls: [],
      coverage: undefined,
      verification: { status: 'in-sync', residual: [] },
    });
    const run = runRecord({
      mode: 'plan',
      finishedAt: runRecord().startedAt + 850,
      targets: [target],
    });
    expect(renderSummary(reportOf(run), { color: false })).toBe(`plan: in-sync in 850 ms
changes   none
calls     none
exit      0: in sync
`);
  });

  test('of a refused plan names the rules, and not one change as planned', () => {
    const run = planRecord({
      result: 'refused',
      exitCode: 4,
      plan: planOf(CHANGES.slice(2, 4), REFUSED),
      coverage: undefined,
    });
    expect(renderSummary(reportOf(run), { color: false })).toBe(`plan: refused in 12.4 s
changes   2: 2 refused
calls     5: 2 retries, 1 conflict, 1 throttled, 1 unanswered; the slowest took 10.0 s
guard     tripped by max-removals, emptied
exit      4: refused by the guard; nothing was written
`);
  });

  test('of several directories names those with another exit code than 0', () => {
    const good = targetResult({ name: 'a', result: 'applied', exitCode: 0 });
    const bad = ['b', 'c', 'd', 'e'].map((name) => targetResult({ name, result: 'failed', exitCode: 69 }));
    const summaryOf = (targets: ReturnType<typeof targetResult>[]) =>
      renderSummary(reportOf(runRecord({ targets })), { color: false }).split('\n');
    expect(summaryOf([good, ...bad])[1]).toBe(
      'targets   5: b failed (69), c failed (69), d failed (69) and 1 more',
    );
    expect(summaryOf([good, good])[1]).toBe('targets   2: all with exit code 0');
    expect(summaryOf([good, good])[2]).toBe(
      'changes   14: 2 planned, 2 applied, 2 already, 2 failed, 2 uncertain, 2 not visible, 2 skipped',
    );
  });

  test('counts the same cause once, the most frequent first', () => {
    const members = [1, 2, 3].map((index) => folder(`fd-${index}`));
    const changes = members.map((id) => binding('bind', BILLING, { type: 'folder', id }));
    const failed = (code: string) =>
      ({ status: 'failed', code, message: 'x', attempts: 1, elapsedMs: 1, requestId: undefined }) as const;
    const codes = ['AggregatorAlreadyPending', 'NoPermission', 'NoPermission'];
    const outcomes = new Map(changes.map(({ id }, index) => [id, failed(codes[index] ?? '')]));
    const run = runRecord({
      targets: [targetResult({ plan: planOf(changes), outcomes, coverage: undefined })],
    });
    expect(renderSummary(reportOf(run), { color: false }).split('\n').slice(3, 6)).toEqual([
      'failed    2 × NoPermission: x; grant the caller the action that was refused',
      'failed    1 × AggregatorAlreadyPending: the account group still works on an earlier update; run again later',
      'residual  1 change still needed, as last read',
    ]);
  });

  test('never takes more than ten lines, and says the same with and without colour', () => {
    const shape = fc.record({
      targets: fc.integer({ min: 0, max: 4 }),
      problems: fc.integer({ min: 0, max: 3 }),
      refused: fc.boolean(),
      path: fc.boolean(),
    });
    fc.assert(
      fc.property(shape, ({ targets, problems, refused, path }) => {
        const target = targetResult({
          plan: planOf(CHANGES, refused ? REFUSED : undefined),
          problems: Array.from({ length: problems }, () => ({
            code: 'x',
            severity: 'error',
            source: undefined,
            message: 'm',
          })),
        });
        const report = reportOf(runRecord({ targets: Array.from({ length: targets }, () => target) }));
        const options = path ? { reportPath: 'r.json' } : {};
        const summary = renderSummary(report, { color: false, ...options });
        expect(summary.split('\n').length - 1).toBeLessThanOrEqual(10);
        expect(withoutColor(renderSummary(report, { color: true, ...options }))).toBe(summary);
      }),
    );
  });

  test.each([
    [999, '999 ms'],
    [1000, '1.0 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min 0 s'],
    [185_000, '3 min 5 s'],
  ])('shows %i ms as %s', (ms, words) => {
    const run = runRecord({ finishedAt: runRecord().startedAt + ms });
    expect(renderSummary(reportOf(run), { color: false }).split('\n')[0]).toBe(`apply: partial in ${words}`);
  });

  test('sets thousands apart', () => {
    const coverage = new Map(
      Array.from({ length: 1200 }, (_, index) => [`${1e15 + index}` as typeof SHOP, []]),
    );
    const [, , , line] = renderSummary(reportOf(runRecord({ targets: [targetResult({ coverage })] })), {
      color: false,
    }).split('\n');
    expect(line).toBe(
      'coverage  0 of 1,200 accounts reached; by no contact: 1000000000000000, 1000000000000001, 1000000000000002 and 1,197 more',
    );
  });
});

test('text can be made from a report that was read from its file', () => {
  const report = reportOf(runRecord({ targets: [targetResult({ calls: [] })] }));
  const read = reportSchema.parse(JSON.parse(JSON.stringify(report)));
  expect(renderDiff(onlyTarget(read), WIDE)).toBe(renderDiff(onlyTarget(report), WIDE));
});
