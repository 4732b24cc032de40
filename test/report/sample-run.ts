import type { Account, ActualState, Contact, Folder } from '../../src/model/actual-state.ts';
import type { CloudFailure, FailureClass } from '../../src/model/cloud-failure.ts';
import {
  type AccountId,
  type AggregatorId,
  type ContactId,
  type DirectoryId,
  type FolderId,
  parseAccountId,
  parseAggregatorId,
  parseContactId,
  parseDirectoryId,
  parseFolderId,
  parseRootFolderId,
  type RootFolderId,
} from '../../src/model/ids.ts';
import type { CallRecord } from '../../src/model/job-event.ts';
import type { Source } from '../../src/model/manifest.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { BindingChange, Change, MembershipChange, Plan } from '../../src/model/plan.ts';
import type { Target } from '../../src/model/target.ts';
import type { RunRecord, TargetResult } from '../../src/model/target-result.ts';
import { buildReport } from '../../src/report/build-report.ts';
import type { Report } from '../../src/report/report-schema.ts';

const must =
  <T>(parse: (text: string) => T | undefined) =>
  (text: string): T => {
    const id = parse(text);
    if (id === undefined) throw new Error(`not an id: ${text}`);
    return id;
  };

const account = must<AccountId>(parseAccountId);
export const folder = must<FolderId>(parseFolderId);
export const contact = must<ContactId>(parseContactId);
export const aggregator = must<AggregatorId>(parseAggregatorId);
const directory = must<DirectoryId>(parseDirectoryId);
const root = must<RootFolderId>(parseRootFolderId);

export const PAY = account('1738084522671234');
export const SHOP = account('1738084522671235');
export const OLD = account('1000048568874540');
export const GONE = account('1000048568874549');
export const MANAGEMENT = account('1711111111111111');
export const OPS = contact('c-qL4HqKONzOM7a1b2');
export const BILLING = contact('c-aB3dEfGhIjKlMnOp');
export const ALL_PROD = aggregator('ca-dacf86d8314e00eb1234');
const PRODUCTION = folder('fd-prod000001');
export const PAYMENTS = folder('fd-paym000002');
const DIRECTORY = directory('rd-3mNq8W');

export const TOOL = { name: 'rd-reconcile', version: '0.1.0' };

export const at = (line: number, file = 'manifest.yaml'): Source => ({ file, line, column: 9 });

export function binding(
  action: BindingChange['action'],
  contactId: ContactId,
  target: Target,
  source?: Source,
): BindingChange {
  const id = `${action}:${contactId}:${target.id}`;
  return { id, kind: 'contact', action, contactId, target, wireId: target.id, source };
}

export function membership(
  action: MembershipChange['action'],
  accountId: AccountId,
  source?: Source,
): MembershipChange {
  const id = `${action}:${ALL_PROD}:${accountId}`;
  return {
    id,
    kind: 'aggregator',
    action,
    aggregatorId: ALL_PROD,
    accountId,
    accountName: undefined,
    source,
  };
}

export const CHANGES: readonly Change[] = [
  binding('bind', OPS, { type: 'account', id: PAY }, at(7)),
  binding('bind', OPS, { type: 'folder', id: PAYMENTS }, at(8)),
  binding('unbind', OPS, { type: 'account', id: OLD }),
  binding('unbind', OPS, { type: 'account', id: GONE }, at(12)),
  binding('bind', BILLING, { type: 'directory', id: DIRECTORY }, at(16)),
  membership('add-account', PAY, at(21)),
  membership('remove-account', OLD),
];

const effort = { attempts: 1, elapsedMs: 120, requestId: 'REQ-1' };

/** One of every status, in the order of {@link CHANGES}. */
export const OUTCOMES: readonly Outcome[] = [
  { status: 'applied', ...effort },
  { status: 'already', because: 'it was bound when the job came to it', ...effort, requestId: undefined },
  { status: 'skipped', because: 'a bind of this contact failed' },
  { status: 'failed', code: 'InvalidMember', message: 'The member is invalid.', ...effort, attempts: 2 },
  {
    status: 'uncertain',
    code: 'NoAnswer',
    message: 'no answer within 10 s',
    ...effort,
    requestId: undefined,
  },
  { status: 'not-visible', message: 'not in the list after 30 s', ...effort },
  { status: 'planned' },
];

export function planOf(
  changes: readonly Change[],
  guard: Plan['guard'] = { verdict: 'safe', reasons: [] },
): Plan {
  const count = (action: Change['action']) => changes.filter((change) => change.action === action).length;
  return {
    digest: 'd1',
    changes,
    protected: [],
    contacts: [],
    aggregators: [],
    counts: {
      bind: count('bind'),
      unbind: count('unbind'),
      addAccount: count('add-account'),
      removeAccount: count('remove-account'),
      unchanged: 14,
      unmanaged: 2,
    },
    calls: { associate: 2, disassociate: 1, update: 1 },
    guard,
  };
}

export function actualState(names: { ops?: string; pay?: string; folders?: boolean } = {}): ActualState {
  const accounts: Account[] = [
    {
      id: PAY,
      displayName: names.pay ?? 'pay-prod',
      folderId: PAYMENTS,
      folderPath: [PRODUCTION, PAYMENTS],
      tags: undefined,
    },
    { id: SHOP, displayName: 'shop', folderId: root('r-1234'), folderPath: [], tags: undefined },
    { id: OLD, displayName: 'old-test', folderId: PRODUCTION, folderPath: [PRODUCTION], tags: undefined },
  ];
  const folders: Folder[] = [
    { id: PRODUCTION, name: 'Production', parentId: root('r-1234') },
    { id: PAYMENTS, name: 'Payments', parentId: PRODUCTION },
  ];
  const contacts: Contact[] = [
    {
      id: OPS,
      name: names.ops ?? 'ops',
      status: 'Active',
      messageTypes: ['ServiceMessage'],
      bindings: new Map(),
    },
    {
      id: BILLING,
      name: 'billing',
      status: 'Active',
      messageTypes: ['AccountExpenses'],
      bindings: new Map(),
    },
  ];
  return {
    directory: {
      id: DIRECTORY,
      rootFolderId: root('r-1234'),
      managementAccountId: MANAGEMENT,
      managementAccountName: 'payer',
    },
    accounts: byId(accounts),
    folders: names.folders === false ? undefined : byId(folders),
    contacts: byId(contacts),
    aggregators: byId([
      {
        id: ALL_PROD,
        name: 'all-prod',
        type: 'CUSTOM',
        status: 1,
        accountCount: 2,
        accounts: byId([
          { id: OLD, name: 'old-test' },
          { id: GONE, name: 'gone-test' },
        ]),
      },
    ]),
    aggregatorList: undefined,
  };
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): Map<T['id'], T> =>
  new Map(items.map((item) => [item.id, item]));

const failure = (failureClass: FailureClass, code: string): CloudFailure => ({
  class: failureClass,
  code,
  message: 'refused',
  httpStatus: 400,
  requestId: 'REQ-9',
  retryAfterMs: undefined,
});

export const call = (elapsedMs: number, rest: Partial<CallRecord> = {}): CallRecord => ({
  lane: 'contact-write',
  action: 'AssociateMembers',
  subject: OPS,
  attempt: 1,
  startedAt: 0,
  elapsedMs,
  failure: undefined,
  ...rest,
});

export const CALLS: readonly CallRecord[] = [
  call(40, { lane: 'read', action: 'ListAccounts', subject: undefined }),
  call(120, { failure: failure('conflict', 'ConcurrentCallNotSupported') }),
  call(130, { attempt: 2, failure: failure('throttled', 'Throttling.User') }),
  call(1250, { attempt: 3 }),
  call(10_000, { action: 'DisassociateMembers', failure: failure('unknown-effect', 'NoAnswer') }),
];

/** By default an apply that came to one outcome of every status. */
export function targetResult(rest: Partial<TargetResult> = {}): TargetResult {
  return {
    name: 'default',
    result: 'partial',
    exitCode: 3,
    manifest: { files: [{ path: 'manifest.yaml', sha256: 'ab12' }], entries: 9 },
    actual: actualState(),
    plan: planOf(CHANGES),
    estimate: { writes: 4, leastMs: 4000, mostMs: 150_000 },
    outcomes: new Map(CHANGES.flatMap(({ id }, index) => (OUTCOMES[index] ? [[id, OUTCOMES[index]]] : []))),
    calls: CALLS,
    pace: [{ lane: 'contact-write', at: Date.UTC(2026, 0, 5), limit: 2, intervalMs: 0 }],
    coverage: new Map([
      [PAY, [{ contactId: OPS, messageTypes: ['ServiceMessage'], via: [{ type: 'account', id: PAY }] }]],
      [SHOP, []],
      [OLD, []],
    ]),
    verification: { status: 'residual', residual: [`bind:${BILLING}:${DIRECTORY}`] },
    problems: [],
    ...rest,
  };
}

/** By default an apply over {@link targetResult}. */
export function runRecord(rest: Partial<RunRecord> = {}): RunRecord {
  return {
    id: 'run-1',
    mode: 'apply',
    startedAt: Date.UTC(2026, 10, 21, 9, 30, 0),
    finishedAt: Date.UTC(2026, 10, 21, 9, 30, 12, 400),
    targets: [targetResult()],
    ...rest,
  };
}

/** A dry run over one target. */
export const planRecord = (rest: Partial<TargetResult> = {}): RunRecord =>
  runRecord({
    mode: 'plan',
    targets: [
      targetResult({
        result: 'drift',
        exitCode: 2,
        outcomes: new Map(),
        verification: { status: 'not-run', residual: [] },
        ...rest,
      }),
    ],
  });

export const reportOf = (run: RunRecord = runRecord()): Report => buildReport(run, TOOL);

export function onlyTarget(report: Report): Report['targets'][number] {
  const [target] = report.targets;
  if (target === undefined || report.targets.length > 1) throw new Error('not one target');
  return target;
}
