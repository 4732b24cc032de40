import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ALL_PROD,
  actualState,
  aggregator,
  at,
  BILLING,
  binding,
  CALLS,
  CHANGES,
  call,
  contact,
  folder,
  GONE,
  MANAGEMENT,
  membership,
  OLD,
  OPS,
  OUTCOMES,
  onlyTarget,
  PAY,
  PAYMENTS,
  planOf,
  planRecord,
  reportOf,
  runRecord,
  SHOP,
  targetResult,
} from './sample-run.ts';

const memberOf = (
  ...[change, rest]: [Parameters<typeof planOf>[0][number], Parameters<typeof targetResult>[0]?]
) => onlyTarget(reportOf(planRecord({ plan: planOf([change]), ...rest }))).changes[0]?.member;

test('the head of the report says what ran, when, and how it ended', () => {
  const { schemaVersion, tool, run } = reportOf();
  expect({ schemaVersion, tool, run }).toEqual({
    schemaVersion: 1,
    tool: { name: 'rd-reconcile', version: '0.1.0' },
    run: {
      id: 'run-1',
      mode: 'apply',
      startedAt: '2026-11-21T09:30:00.000Z',
      finishedAt: '2026-11-21T09:30:12.400Z',
      elapsedMs: 12_400,
      exitCode: 3,
      result: 'partial',
    },
  });
});

test('a clock that was set back makes no negative duration', () => {
  expect(reportOf(runRecord({ startedAt: 2000, finishedAt: 1000 })).run.elapsedMs).toBe(0);
});

test('a binding is told with the names that the service uses, its path, its line and what became of it', () => {
  expect(onlyTarget(reportOf()).changes[0]).toEqual({
    id: `bind:${OPS}:${PAY}`,
    kind: 'contact',
    action: 'bind',
    owner: { id: OPS, name: 'ops' },
    member: { id: PAY, name: 'pay-prod', type: 'account', path: '/Production/Payments/pay-prod' },
    source: { file: 'manifest.yaml', line: 7, column: 9 },
    outcome: { status: 'applied', attempts: 1, elapsedMs: 120, requestId: 'REQ-1' },
  });
});

test('a membership that follows from not being written has no source', () => {
  expect(onlyTarget(reportOf()).changes[6]).toEqual({
    id: `remove-account:${ALL_PROD}:${OLD}`,
    kind: 'aggregator',
    action: 'remove-account',
    owner: { id: ALL_PROD, name: 'all-prod' },
    member: { id: OLD, name: 'old-test', type: 'account', path: '/Production/old-test' },
    source: null,
    outcome: { status: 'planned' },
  });
});

test('every kind of outcome is copied, and a request id that nobody has is left out', () => {
  expect(onlyTarget(reportOf()).changes.map(({ outcome }) => outcome)).toEqual(OUTCOMES);
  expect(onlyTarget(reportOf()).changes[1]?.outcome).not.toHaveProperty('requestId');
});

describe('members', () => {
  test.each([
    ['an account directly in Root', SHOP, { name: 'shop', path: '/shop' }],
    ['an account that is not in the directory', GONE, { name: null }],
    ['the management account', MANAGEMENT, { name: 'payer' }],
  ])('%s', (_, id, expected) => {
    const member = memberOf(binding('unbind', OPS, { type: 'account', id }));
    expect(member).toStrictEqual({ id, type: 'account', ...expected });
  });

  test('a folder has the path of the folders above it', () => {
    const member = memberOf(binding('bind', OPS, { type: 'folder', id: PAYMENTS }));
    expect(member).toStrictEqual({
      id: PAYMENTS,
      name: 'Payments',
      type: 'folder',
      path: '/Production/Payments',
    });
  });

  test('without folder names there are no paths, and folders have no names', () => {
    const actual = actualState({ folders: false });
    expect(memberOf(binding('bind', OPS, { type: 'account', id: PAY }), { actual })).toStrictEqual({
      id: PAY,
      name: 'pay-prod',
      type: 'account',
    });
    expect(memberOf(binding('bind', OPS, { type: 'folder', id: PAYMENTS }), { actual })).toStrictEqual({
      id: PAYMENTS,
      name: null,
      type: 'folder',
    });
  });

  test('folders that stand in each other end the walk', () => {
    const [a, b] = [folder('fd-a'), folder('fd-b')];
    const folders = new Map([
      [a, { id: a, name: 'A', parentId: b }],
      [b, { id: b, name: 'B', parentId: a }],
    ]);
    const actual = { ...actualState(), folders };
    expect(memberOf(binding('bind', OPS, { type: 'folder', id: a }), { actual })?.path).toBe('/A/B/A');
  });

  test('an account that left the directory has the name that the account group keeps', () => {
    expect(memberOf(membership('remove-account', GONE))?.name).toBe('gone-test');
  });

  test('an account that nobody knows has the name that the manifest gives it', () => {
    const change = { ...membership('add-account', GONE), accountName: 'written' };
    expect(memberOf(change, { actual: undefined })?.name).toBe('written');
  });
});

test('an aggregator that was only listed has its name from the list; an unknown owner has none', () => {
  const listed = aggregator('ca-0001');
  const summary = { id: listed, name: 'from-list', type: 'CUSTOM', status: 1, accountCount: 0 };
  const actual = { ...actualState(), aggregatorList: [summary] };
  const changes = [
    { ...membership('add-account', PAY), aggregatorId: listed },
    binding('bind', contact('c-unknown'), { type: 'account', id: PAY }),
  ];
  const report = onlyTarget(reportOf(planRecord({ actual, plan: planOf(changes) })));
  expect(report.changes.map(({ owner }) => owner.name)).toEqual(['from-list', null]);
});

test.each([
  ['plan', { status: 'planned' }],
  ['apply', { status: 'skipped', because: 'the run ended before its turn' }],
] as const)('in mode %s a change that nothing is known of is %j', (mode, outcome) => {
  const report = reportOf(runRecord({ mode, targets: [targetResult({ outcomes: new Map() })] }));
  expect(onlyTarget(report).changes.map((change) => change.outcome)).toEqual(CHANGES.map(() => outcome));
});

test('calls are counted by action, by failure and by attempt', () => {
  expect(onlyTarget(reportOf()).calls).toEqual({
    total: 5,
    byAction: { AssociateMembers: 3, DisassociateMembers: 1, ListAccounts: 1 },
    byFailure: { conflict: 1, throttled: 1, 'unknown-effect': 1 },
    retries: 2,
    conflicts: 1,
    throttled: 1,
    elapsedMs: { p50: 130, p95: 10_000, max: 10_000 },
  });
  expect(CALLS).toHaveLength(5);
});

test.each([
  [[], { p50: null, p95: null, max: null }],
  [[7], { p50: 7, p95: 7, max: 7 }],
  [[4, 2], { p50: 2, p95: 4, max: 4 }],
  [Array.from({ length: 100 }, (_, index) => 100 - index), { p50: 50, p95: 95, max: 100 }],
])('call times %j have nearest-rank percentiles', (times, expected) => {
  const calls = times.map((elapsedMs) => call(elapsedMs));
  expect(onlyTarget(reportOf(runRecord({ targets: [targetResult({ calls })] }))).calls.elapsedMs).toEqual(
    expected,
  );
});

test('coverage names the accounts that no contact reaches, in order', () => {
  expect(onlyTarget(reportOf()).coverage).toEqual({ accounts: 3, reached: 1, unreached: [OLD, SHOP] });
});

test('problems keep their place, and one without a place says so', () => {
  const problems = [
    { code: 'id-masked', severity: 'error', source: at(4, 'a.csv'), message: 'masked' },
    { code: 'no-answer', severity: 'warning', source: undefined, message: 'slow' },
  ] as const;
  expect(onlyTarget(reportOf(runRecord({ targets: [targetResult({ problems })] }))).problems).toEqual([
    { code: 'id-masked', severity: 'error', file: 'a.csv', line: 4, column: 9, message: 'masked' },
    { code: 'no-answer', severity: 'warning', file: null, line: null, column: null, message: 'slow' },
  ]);
});

test('what was not reached is null', () => {
  const target = targetResult({ actual: undefined, plan: undefined, coverage: undefined });
  expect(onlyTarget(reportOf(runRecord({ targets: [target] })))).toMatchObject({
    directoryId: null,
    managementAccountId: null,
    plan: null,
    changes: [],
    coverage: null,
  });
});

test('no e-mail address and no phone number gets in, by whichever way it comes', () => {
  const leak = 'ask tony@example.com or 86-13900001111';
  const outcomes = new Map(
    CHANGES.map(({ id }, index) => {
      const outcome = OUTCOMES[index] ?? { status: 'planned' };
      const leaking = { ...outcome, ...('message' in outcome ? { message: leak } : {}) };
      return [id, { ...leaking, ...('because' in outcome ? { because: leak } : {}) }];
    }),
  );
  const guard = {
    verdict: 'refused',
    reasons: [{ rule: 'emptied', measured: 0, allowed: 1, message: leak }],
  } as const;
  const target = targetResult({
    actual: actualState({ ops: leak, pay: 'tony@example.com' }),
    plan: planOf(CHANGES, guard),
    outcomes,
    problems: [{ code: 'x', severity: 'error', source: undefined, message: leak }],
  });
  const text = JSON.stringify(reportOf(runRecord({ targets: [target] })));
  expect(text).not.toMatch(/tony@|13900001111/);
  expect(text.match(/\[e-mail\] or \[phone number\]/g)).toHaveLength(12);
});

test('outcomes add up to the changes, whatever part of them is known', () => {
  const choices = fc.array(fc.option(fc.constantFrom(...OUTCOMES), { nil: undefined }), { maxLength: 30 });
  fc.assert(
    fc.property(choices, fc.constantFrom('plan', 'apply'), (outcomes, mode) => {
      const changes = outcomes.map((_, index) =>
        binding('bind', index % 2 ? OPS : BILLING, { type: 'folder', id: folder(`fd-${index}`) }),
      );
      const known = new Map(
        outcomes.flatMap((outcome, index) => (outcome ? [[changes[index]?.id ?? '', outcome]] : [])),
      );
      const run = runRecord({ mode, targets: [targetResult({ plan: planOf(changes), outcomes: known })] });
      const statuses = onlyTarget(reportOf(run)).changes.map(({ outcome }) => outcome.status);
      const unknown = mode === 'plan' ? 'planned' : 'skipped';
      expect(statuses).toEqual(outcomes.map((outcome) => outcome?.status ?? unknown));
    }),
    { numRuns: 300 },
  );
});
