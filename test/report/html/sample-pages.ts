import type { Plan } from '../../../src/model/plan.ts';
import type { Problem } from '../../../src/model/problem.ts';
import type { Report } from '../../../src/report/report-schema.ts';
import { CHANGES, call, OPS, planOf, reportOf, runRecord, targetResult } from '../sample-run.ts';

/** Names that somebody might give an account, a folder or a contact to see what a page makes of them. */
export const HOSTILE_NAMES = [
  '<img src=x onerror="window.harmed = 1">',
  '</script><script>window.harmed = 2</script>',
  '"><svg onload="window.harmed = 3">',
  `' onmouseover='window.harmed = 4`,
  '</title></style><!-- <b>',
  '\u202egnp.exe\u2066 \u001b[31m\u0000',
  'javascript:window.harmed=5//${7*7}{{7*7}}',
] as const;

const problem = (code: string, severity: Problem['severity'], message: string): Problem => ({
  code,
  severity,
  source: { file: 'manifest.yaml', line: 14, column: 9 },
  message,
});

const REFUSED: Plan['guard'] = {
  verdict: 'refused',
  reasons: [
    {
      rule: 'max-removals',
      measured: 4,
      allowed: 1,
      message: '4 removals are more than 1; pass --allow-removals 4',
    },
    {
      rule: 'emptied',
      measured: 0,
      allowed: 1,
      subject: OPS,
      message: 'ops would be left with nothing; leave one',
    },
  ],
};

const refusal = (failureClass: 'conflict' | 'owner-refused' | 'unknown-effect', code: string) => ({
  class: failureClass,
  code,
  message: '',
  httpStatus: 400,
  requestId: 'REQ-9',
  retryAfterMs: undefined,
});

/** One of every kind of call, one after the other, from the start of the run. */
const STARTED = Date.UTC(2026, 10, 21, 9, 30, 0);
const CALLS = [
  call(40, {
    lane: 'read',
    action: 'ListAccounts',
    subject: undefined,
    startedAt: STARTED,
    limit: 2,
    waitedMs: 0,
  }),
  call(120, {
    startedAt: STARTED + 100,
    limit: 2,
    waitedMs: 0,
    failure: refusal('conflict', 'ConcurrentCallNotSupported'),
  }),
  call(90, {
    startedAt: STARTED + 400,
    limit: 1,
    attempt: 2,
    waitedMs: 180,
    failure: refusal('owner-refused', 'EntityNotExists.Contact'),
  }),
  call(800, {
    startedAt: STARTED + 600,
    limit: 1,
    waitedMs: 300,
    failure: refusal('unknown-effect', 'NoAnswer'),
  }),
];

/** Over two directories: one with every outcome there is, one that the guard refused, both with problems. */
export function troubledReport(): Report {
  const problems = [
    problem('id-gone', 'error', 'account 1000048568874549 is not in the directory; take it out'),
    problem('id-marks', 'warning', 'an id was read without the marks in it'),
  ];
  const refused = targetResult({
    name: 'retail',
    result: 'refused',
    exitCode: 4,
    plan: planOf(CHANGES, REFUSED),
    outcomes: new Map(),
    problems,
  });
  const applied = targetResult({ name: 'payments', calls: CALLS, problems });
  return reportOf(runRecord({ targets: [applied, refused] }));
}

/** Every text of a report that comes from the cloud or from a file is one of the hostile names. */
export function hostileReport(): Report {
  const report = reportOf(
    runRecord({ targets: [targetResult({ calls: CALLS, problems: [problem('x', 'error', 'y')] })] }),
  );
  let next = 0;
  const hostile = (): string => HOSTILE_NAMES[(next += 1) % HOSTILE_NAMES.length] ?? '';
  const targets = report.targets.map((target) => ({
    ...target,
    name: hostile(),
    directoryId: hostile(),
    changes: target.changes.map((change) => ({
      ...change,
      owner: { id: change.owner.id, name: hostile() },
      member: { ...change.member, name: hostile(), path: `/${hostile()}/${hostile()}` },
      source: { file: hostile(), line: 1, column: 1 },
      outcome: {
        status: 'failed' as const,
        code: hostile(),
        message: hostile(),
        attempts: 1,
        elapsedMs: 1,
        requestId: hostile(),
      },
    })),
    problems: target.problems.map((one) => ({ ...one, file: hostile(), message: hostile() })),
    map: target.map && {
      folders: target.map.folders.map((folder) => ({ ...folder, name: hostile() })),
      contacts: target.map.contacts.map((contact) => ({ ...contact, name: hostile() })),
      accounts: target.map.accounts.map((account) => ({ ...account, name: hostile() })),
    },
  }));
  return { ...report, tool: { name: hostile(), version: hostile() }, targets };
}
