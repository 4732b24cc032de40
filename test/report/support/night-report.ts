import type { Plan } from '../../../src/model/plan.ts';
import { withHistory } from '../../../src/report/history.ts';
import type { Report } from '../../../src/report/report-schema.ts';
import {
  actualState,
  at,
  CHANGES,
  OPS,
  planOf,
  reportOf,
  runRecord,
  SHOP,
  targetResult,
} from '../sample-run.ts';

/** A contact's name that a spreadsheet, a terminal and an XML parser would each stumble over. */
const HOSTILE_CONTACT = '=HYPERLINK("https://a.invalid","x")\u001b[31m\ufffe]]>';
/** An account's name that a browser, a Markdown table and a chat would each stumble over. */
const HOSTILE_ACCOUNT = '<img src=x onerror=alert(1)> | `@all` \u202etxt.exe "&amp;" 支付';

const REFUSED: Plan['guard'] = {
  verdict: 'refused',
  reasons: [
    {
      rule: 'max-removal-share',
      measured: 0.5,
      allowed: 0.25,
      message: '8 of 16 would be removed (50 %, limit 25 %); check the manifest, or pass --allow-removals 8',
    },
    {
      rule: 'last-contact',
      measured: 1,
      allowed: 0,
      subject: SHOP,
      message: `${SHOP} would lose its last contact for ServiceMessage; bind another, or pass --allow-uncovered 1`,
    },
  ],
};

const PROBLEMS = [
  { code: 'digits-normalised', severity: 'warning', source: at(3), message: 'full-width digits' },
  { code: 'cloud-unreadable', severity: 'error', source: undefined, message: 'Throttling.User: slow down' },
] as const;

/**
 * A run over three directories: one with every outcome and hostile names, one that the guard refused, one in sync.
 * Of the first, a report of the night before is known.
 */
export function nightReport(): Report {
  const names = { ops: HOSTILE_CONTACT, pay: HOSTILE_ACCOUNT };
  const run = runRecord({
    targets: [
      targetResult({ name: 'group "a"', actual: actualState(names) }),
      targetResult({
        name: 'group-b',
        result: 'refused',
        exitCode: 4,
        plan: planOf(CHANGES.slice(2, 3), REFUSED),
        outcomes: new Map(),
        problems: PROBLEMS,
        verification: { status: 'not-run', residual: [] },
      }),
      targetResult({
        name: 'group-c',
        result: 'in-sync',
        exitCode: 0,
        plan: planOf([]),
        outcomes: new Map(),
        calls: [],
        verification: { status: 'in-sync', residual: [] },
      }),
    ],
  });
  const report = reportOf(run);
  const [first] = report.targets;
  return first === undefined ? report : withHistory(report, new Map([[first, nightBefore(first)]]));
}

/** Left two of the changes open, and one that is settled now. */
function nightBefore(target: Report['targets'][number]): Report {
  const [bind, , unbind] = target.changes;
  const left = [bind, unbind].flatMap((change) => (change === undefined ? [] : [change]));
  const changes = [
    ...left.map((change) => ({ ...change, since: '2026-11-18T09:30:00.000Z' })),
    ...left.slice(0, 1).map((change) => ({ ...change, id: `bind:${OPS}:settled` })),
  ].map((change) => ({ ...change, outcome: { status: 'planned' } as const }));
  const report = reportOf();
  const startedAt = '2026-11-20T09:30:00.000Z';
  return { ...report, run: { ...report.run, id: 'run-0', startedAt }, targets: [{ ...target, changes }] };
}
