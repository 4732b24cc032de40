import { Gauge, Registry } from 'prom-client';
import { groupBy } from '../model/group-by.ts';
import { guardFindings } from './guard-findings.ts';
import type { Report, ReportTarget } from './report-schema.ts';

/** Names are public interface. Labels are bounded: a target, an action, an outcome, a rule. */
const PREFIX = 'rd_reconcile_';

/** The run for the textfile collector of Prometheus. Its time is the heartbeat: it says that the job ran at all. */
export function renderMetrics({ run, tool, targets }: Report): Promise<string> {
  const registry = new Registry();
  const gauge = gaugesIn(registry);
  gauge('last_run_timestamp_seconds', 'When the last run ended.').set(Date.parse(run.finishedAt) / 1000);
  gauge('last_run_duration_seconds', 'How long the last run took.').set(run.elapsedMs / 1000);
  gauge('last_run_exit_code', 'Exit code of the last run; 0 and 2 are no failures.').set(run.exitCode);
  gauge('last_run_info', 'Mode, result and version of the last run; always 1.', ['mode', 'result', 'version'])
    .labels(run.mode, run.result, tool.version)
    .set(1);
  gauge('targets', 'Directories of the last run.').set(targets.length);
  addPlans(gauge, targets);
  addCoverage(gauge, targets);
  addCalls(gauge, targets);
  return registry.metrics();
}

type Gauges = (name: string, help: string, labels?: readonly string[]) => Gauge;

const gaugesIn =
  (registry: Registry): Gauges =>
  (name, help, labels = []) =>
    new Gauge({ name: `${PREFIX}${name}`, help, labelNames: labels, registers: [registry] });

function addPlans(gauge: Gauges, targets: readonly ReportTarget[]): void {
  const exitCode = gauge('target_exit_code', 'Exit code of a directory.', ['target']);
  const changes = gauge('changes', 'Changes by action and outcome.', ['target', 'action', 'outcome']);
  const open = gauge('open_changes', 'Changes that are needed and not made.', ['target']);
  const oldest = gauge('oldest_drift_timestamp_seconds', 'Since when the oldest open change is needed.', [
    'target',
  ]);
  const unmanaged = gauge('unmanaged', 'Bindings and memberships that are not managed.', ['target']);
  const guard = gauge('guard_findings', 'What the guard refused the plan for, by rule.', ['target', 'rule']);
  const problems = gauge('problems', 'Problems by severity.', ['target', 'severity']);
  for (const target of targets) {
    const { name, plan } = target;
    const opened = target.changes.filter(isOpen);
    exitCode.labels(name).set(target.exitCode);
    open.labels(name).set(opened.length + undoneMeanwhile(target, opened).length);
    const since = oldestOf(opened.flatMap((change) => change.since ?? []));
    if (since !== undefined) oldest.labels(name).set(since);
    if (plan !== null) unmanaged.labels(name).set(plan.counts.unmanaged);
    for (const [key, group] of groupBy(
      target.changes,
      ({ action, outcome }) => `${action} ${outcome.status}`,
    ))
      changes.labels(name, ...key.split(' ')).set(group.length);
    for (const { rule, count } of guardFindings(target)) guard.labels(name, rule).inc(count);
    for (const severity of ['error', 'warning'] as const) {
      problems
        .labels(name, severity)
        .set(target.problems.filter((problem) => problem.severity === severity).length);
    }
  }
}

function addCoverage(gauge: Gauges, targets: readonly ReportTarget[]): void {
  const accounts = gauge('accounts', 'Member accounts.', ['target']);
  const unreached = gauge('unreached_accounts', 'Accounts that no contact reaches.', ['target']);
  for (const { name, coverage } of targets) {
    if (coverage === null) continue;
    accounts.labels(name).set(coverage.accounts);
    unreached.labels(name).set(coverage.unreached.length);
  }
}

function addCalls(gauge: Gauges, targets: readonly ReportTarget[]): void {
  const made = gauge('calls', 'Calls by action.', ['target', 'action']);
  const failed = gauge('failed_calls', 'Calls that failed, by class of failure.', ['target', 'class']);
  const retries = gauge('retries', 'Calls after a first attempt.', ['target']);
  const slowest = gauge('slowest_call_seconds', 'The slowest call.', ['target']);
  for (const { name, calls } of targets) {
    for (const [action, count] of Object.entries(calls.byAction)) made.labels(name, action).set(count);
    for (const [failure, count] of Object.entries(calls.byFailure)) failed.labels(name, failure).set(count);
    retries.labels(name).set(calls.retries);
    if (calls.elapsedMs.max !== null) slowest.labels(name).set(calls.elapsedMs.max / 1000);
  }
}

const isOpen = ({ outcome }: ReportTarget['changes'][number]): boolean =>
  outcome.status !== 'applied' && outcome.status !== 'already';

/** What is still needed and no open change: it was so without this run, and somebody else has changed it since. */
function undoneMeanwhile({ verification }: ReportTarget, opened: ReportTarget['changes']): readonly string[] {
  const known = new Set(opened.map(({ id }) => id));
  return verification.residual.filter((id) => !known.has(id));
}

function oldestOf(times: readonly string[]): number | undefined {
  const [first, ...rest] = times;
  if (first === undefined) return undefined;
  return Date.parse(rest.reduce((oldest, time) => (time < oldest ? time : oldest), first)) / 1000;
}
