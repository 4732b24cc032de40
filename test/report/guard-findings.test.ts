import { expect, test } from 'vitest';
import type { GuardReason } from '../../src/model/plan.ts';
import { renderDiff } from '../../src/report/diff-text.ts';
import { guardFindings } from '../../src/report/guard-findings.ts';
import { renderSummary } from '../../src/report/summary-text.ts';
import { CHANGES, onlyTarget, planOf, planRecord, reportOf } from './sample-run.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `${1000000000000001 + index}`);

const lastContact = (subject: string, types: string, of: number): GuardReason => ({
  rule: 'last-contact',
  measured: of,
  allowed: 0,
  subject,
  message:
    `account ${subject} would lose its last contact for ${types}; ` +
    `bind another contact first, or pass --allow-uncovered ${of} if this is meant`,
});

const refusedBy = (reasons: readonly GuardReason[]) =>
  reportOf(
    planRecord({
      plan: planOf(CHANGES.slice(2, 4), { verdict: 'refused', reasons }),
      result: 'refused',
      exitCode: 4,
    }),
  );
const findingsOf = (reasons: readonly GuardReason[]) => guardFindings(onlyTarget(refusedBy(reasons)));

test('a rule that speaks of sixty accounts is one line, with the types, the first ids and the remedy once', () => {
  const reasons = ids(60).map((id, index) =>
    lastContact(id, index < 30 ? 'SecurityMessage' : 'SecurityMessage, FaultMessage', 60),
  );
  expect(findingsOf(reasons)).toEqual([
    {
      rule: 'last-contact',
      count: 60,
      found:
        '60 accounts would lose their last contact for SecurityMessage, FaultMessage: ' +
        '1000000000000001, 1000000000000002, 1000000000000003 and 57 more',
      remedy: 'bind another contact first, or pass --allow-uncovered 60 if this is meant',
    },
  ]);
});

test('a reason that stands alone keeps its own words', () => {
  expect(findingsOf([lastContact('1000000000000001', 'FaultMessage', 1)])).toEqual([
    {
      rule: 'last-contact',
      count: 1,
      found: 'account 1000000000000001 would lose its last contact for FaultMessage',
      remedy: 'bind another contact first, or pass --allow-uncovered 1 if this is meant',
    },
  ]);
});

const reason = (rule: string, subject: string | undefined, message: string): GuardReason => ({
  rule,
  measured: 1,
  allowed: 0,
  message,
  ...(subject === undefined ? {} : { subject }),
});

test.each([
  ['emptied', 'c-1', 'c-2', '2 contacts or aggregators would lose all that they have: c-1, c-2'],
  ['protected', 'fd-1', 'fd-2', '2 protected members would be removed: fd-1, fd-2'],
  ['last-contact', '1', '2', '2 accounts would lose their last contact for a message type: 1, 2'],
  ['a-rule-to-come', 'x', 'y', '2 times: x, y'],
  ['a-rule-to-come', undefined, undefined, '2 times: found, found'],
])('two reasons of %s are told together', (rule, one, other, found) => {
  const message = 'found; do this';
  expect(findingsOf([reason(rule, one, message), reason(rule, other, message)])).toEqual([
    { rule, count: 2, found, remedy: 'do this' },
  ]);
});

test('reasons of one rule with different remedies stay apart, and one without a remedy has none', () => {
  const reasons = [
    reason('emptied', 'c-1', 'c-1 would be empty; write allowEmpty'),
    reason('emptied', 'ca-1', 'ca-1 would be empty; check'),
    reason('emptied', 'ca-2', 'ca-2 would be empty'),
  ];
  expect(findingsOf(reasons).map(({ found, remedy }) => [found, remedy])).toEqual([
    ['c-1 would be empty', 'write allowEmpty'],
    ['ca-1 would be empty', 'check'],
    ['ca-2 would be empty', ''],
  ]);
});

test('the diff tells what was found and what to do; the summary names the rules with their numbers', () => {
  const report = refusedBy([
    reason('max-removals', undefined, '2 bindings would be removed (limit 1); pass --allow-removals 2'),
    ...ids(4).map((id) => lastContact(id, 'FaultMessage', 4)),
  ]);
  const diff = renderDiff(onlyTarget(report), { color: false, width: 80 });
  expect(diff.slice(diff.indexOf('the guard'))).toBe(`the guard refuses this plan
  max-removals: 2 bindings would be removed (limit 1)
      pass --allow-removals 2
  last-contact: 4 accounts would lose their last contact for FaultMessage: 1000000000000001, 1000000000000002, 1000000000000003 and 1 more
      bind another contact first, or pass --allow-uncovered 4 if this is meant
`);
  expect(renderSummary(report, { color: false })).toContain(
    '\nguard     tripped by max-removals, last-contact (4)\n',
  );
});

test('a guard that is content has no findings', () => {
  expect(guardFindings({ plan: null })).toEqual([]);
  expect(guardFindings(onlyTarget(reportOf(planRecord())))).toEqual([]);
});
