import type { Coverage } from '../model/coverage.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Change, Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { RunMode, RunRecord, TargetResult } from '../model/target-result.ts';
import { assembleReport } from './assemble-report.ts';
import { callStatistics } from './call-statistics.ts';
import { callTimeline } from './call-timeline.ts';
import { aggregatorOwner, contactOwner, groupMember, targetMember } from './member-names.ts';
import { maskPersonalData } from './personal-data.ts';
import { reachMap } from './reach-map.ts';
import type { Report, ReportChange, ReportOutcome, ReportProblem, ReportTarget } from './report-schema.ts';

/** Everything that a run came to, as `report.json` says it. Lists keep the order of the record. */
export function buildReport(
  run: RunRecord,
  tool: { readonly name: string; readonly version: string },
): Report {
  return assembleReport(
    run,
    run.targets.map((target) => reportTarget(target, run)),
    tool,
  );
}

/** The part of one target; what is read for it can be forgotten then. */
export function reportTarget(
  target: TargetResult,
  { mode, startedAt }: Pick<RunRecord, 'mode' | 'startedAt'>,
): ReportTarget {
  return {
    name: target.name,
    directoryId: target.actual?.directory.id ?? null,
    managementAccountId: target.actual?.directory.managementAccountId ?? null,
    result: target.result,
    exitCode: target.exitCode,
    manifest: {
      files: target.manifest.files.map(({ path, sha256 }) => ({ path, sha256 })),
      entries: target.manifest.entries,
    },
    plan: target.plan === undefined ? null : reportPlan(target.plan, target.estimate),
    changes: (target.plan?.changes ?? []).map((change) => reportChange(change, target, mode)),
    calls: callStatistics(target.calls),
    pace: target.pace.map(({ lane, at, limit, intervalMs }) => ({
      lane,
      at: new Date(at).toISOString(),
      limit,
      intervalMs,
    })),
    coverage: target.coverage === undefined ? null : reportCoverage(target.coverage),
    timeline: callTimeline(target.calls, startedAt),
    map: reachMap(target),
    verification: { status: target.verification.status, residual: [...target.verification.residual] },
    problems: target.problems.map(reportProblem),
  };
}

function reportPlan(
  { digest, counts, calls, guard, protected: untouchable }: Plan,
  estimate: TargetResult['estimate'],
): NonNullable<ReportTarget['plan']> {
  const reasons = guard.reasons.map((reason) => ({ ...reason, message: maskPersonalData(reason.message) }));
  return {
    digest,
    counts: { ...counts },
    calls: { ...calls },
    estimate: estimate === undefined ? null : { ...estimate },
    guard: { verdict: guard.verdict, reasons },
    protected: [...untouchable],
  };
}

function reportChange(
  change: Change,
  { actual, outcomes, result }: TargetResult,
  mode: RunMode,
): ReportChange {
  const { id, source } = change;
  const shared = {
    id,
    source: source === undefined ? null : { file: source.file, line: source.line, column: source.column },
    outcome: reportOutcome(outcomes.get(id) ?? withoutOutcome(mode, result)),
  };
  return change.kind === 'contact'
    ? {
        ...shared,
        kind: 'contact',
        action: change.action,
        owner: contactOwner(change.contactId, actual),
        member: targetMember(change.target, actual),
      }
    : {
        ...shared,
        kind: 'aggregator',
        action: change.action,
        owner: aggregatorOwner(change.aggregatorId, actual),
        member: groupMember(change, actual),
      };
}

function withoutOutcome(mode: RunMode, result: TargetResult['result']): Outcome {
  if (mode === 'plan') return { status: 'planned' };
  if (result === 'refused') return { status: 'skipped', because: 'the guard refused the plan' };
  if (result === 'stale') return { status: 'skipped', because: 'the plan is not the one that was approved' };
  return { status: 'skipped', because: 'the run ended before its turn' };
}

/** Copies field by field: whatever else an outcome may carry one day does not slip into the report. */
function reportOutcome(outcome: Outcome): ReportOutcome {
  switch (outcome.status) {
    case 'planned':
      return { status: 'planned' };
    case 'skipped':
      return { status: 'skipped', because: maskPersonalData(outcome.because) };
    case 'applied':
      return { status: 'applied', ...effortOf(outcome) };
    case 'already':
      return {
        status: 'already',
        because: maskPersonalData(outcome.because),
        ...(outcome.code === undefined ? {} : { code: outcome.code }),
        ...effortOf(outcome),
      };
    case 'not-visible':
      return { status: 'not-visible', message: maskPersonalData(outcome.message), ...effortOf(outcome) };
    case 'failed':
    case 'uncertain':
      return {
        status: outcome.status,
        code: outcome.code,
        message: maskPersonalData(outcome.message),
        ...effortOf(outcome),
      };
  }
}

function effortOf({ attempts, elapsedMs, requestId }: Extract<Outcome, { attempts: number }>) {
  return { attempts, elapsedMs, ...(requestId === undefined ? {} : { requestId }) };
}

function reportCoverage(coverage: Coverage): NonNullable<ReportTarget['coverage']> {
  const unreached = [...coverage].flatMap(([id, reaches]) => (reaches.length === 0 ? [id] : [])).sort();
  return { accounts: coverage.size, reached: coverage.size - unreached.length, unreached };
}

function reportProblem({ code, severity, source, message }: Problem): ReportProblem {
  return {
    code,
    severity,
    file: source?.file ?? null,
    line: source?.line ?? null,
    column: source?.column ?? null,
    message: maskPersonalData(message),
  };
}
