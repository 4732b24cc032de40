import type { Verified } from '../apply/verify.ts';
import type { ActualState } from '../model/actual-state.ts';
import { CloudCallError } from '../model/cloud-failure.ts';
import { type Coverage, computeCoverage } from '../model/coverage.ts';
import type { DesiredState } from '../model/desired-state.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import { describeHalt, HaltedError, type HaltReason } from '../model/halt.ts';
import type { CallRecord, JobEvent, PaceRecord } from '../model/job-event.ts';
import type { Manifest, Ownership } from '../model/manifest.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import type { Checked, Problem } from '../model/problem.ts';
import type { RunResult, TargetResult, Verification } from '../model/target-result.ts';
import { Territory } from '../model/territory.ts';
import type { WriteEstimate } from '../model/write-estimate.ts';
import { contactsAfter } from '../plan/contacts-after.ts';
import { counted } from '../report/words.ts';
import type { ChosenShare } from './choose-share.ts';
import { type Conclusion, concludeApply, concludeHalt } from './conclusion.ts';
import { leaverWarnings } from './leavers.ts';
import type { Loaded } from './load-manifest.ts';
import type { MadePlan } from './make-plan.ts';
import { journalUnwritable } from './records/journal-or-stop.ts';
import type { Objections } from './saved-plan/approve.ts';
import type { TargetSettings } from './settings.ts';
import { problem, Stop } from './stop.ts';
import { undoneWarnings } from './undone.ts';

/** Collects what a run comes to, stage by stage, so that there is a result however it ends. */
export class Progress {
  readonly #settings: TargetSettings;
  readonly #calls: CallRecord[] = [];
  readonly #pace: PaceRecord[] = [];
  readonly #problems: Problem[] = [];
  readonly #outcomes = new Map<string, Outcome>();
  #manifest: TargetResult['manifest'] = { files: [], entries: 0 };
  #ownership: Ownership | undefined;
  #actual: ActualState | undefined;
  #plan: Plan | undefined;
  #estimate: WriteEstimate | undefined;
  #coverage: Coverage | undefined;
  #verification: Verification = { status: 'not-run', residual: [] };
  #conclusion: Conclusion = { exitCode: EXIT.unreadable, result: 'failed' };

  constructor(settings: TargetSettings) {
    this.#settings = settings;
  }

  /** Those that were made so far. */
  get calls(): readonly CallRecord[] {
    return this.#calls;
  }

  note(event: JobEvent): void {
    if (event.type === 'call') {
      const { type: _, ...call } = event;
      this.#calls.push(call);
    } else if (event.type === 'pace') {
      const { type: _, ...pace } = event;
      this.#pace.push(pace);
    } else if (event.type === 'warning' && event.code !== undefined) {
      const { code, message } = event;
      this.#problems.push({ code, severity: 'warning', source: undefined, message });
    }
  }

  /** Only what it is known by: its entries may be as large as everything else together. */
  keepManifest(loaded: Loaded): Manifest {
    this.#manifest = { files: loaded.files, entries: 0 };
    const manifest = this.#take(loaded);
    this.#manifest = { files: manifest.files, entries: manifest.entries };
    return manifest;
  }

  keepActual(actual: ActualState): ActualState {
    this.#actual = actual;
    return actual;
  }

  keepDesired(checked: Checked<DesiredState>): DesiredState {
    const desired = this.#take(checked);
    this.#ownership = desired.ownership;
    return desired;
  }

  keepPlan({ plan, warnings }: MadePlan): Plan {
    this.#problems.push(...warnings);
    this.#plan = plan;
    return plan;
  }

  /** @returns what may be sent */
  keepShare({ share, warnings }: ChosenShare): Plan {
    this.#problems.push(...warnings);
    for (const [id, outcome] of share.outcomes) this.#outcomes.set(id, outcome);
    this.#coverage = this.#cover(this.#settings.mode === 'plan' ? share.plan : undefined);
    return share.plan;
  }

  keepEstimate(estimate: WriteEstimate): void {
    this.#estimate = estimate;
  }

  endRefused(): void {
    this.#skipAll('the guard refused the plan');
    this.#conclusion = { exitCode: EXIT.refusedByGuard, result: 'refused' };
  }

  endStale({ problems, unapproved }: Objections): void {
    this.#problems.push(...problems);
    this.#skipAll('the plan is not the one that was approved');
    for (const id of unapproved)
      this.#outcomes.set(id, { status: 'skipped', because: 'it is not in the plan that was approved' });
    this.#conclusion = { exitCode: EXIT.stalePlan, result: 'stale' };
  }

  endPlan(): void {
    const inSync = this.#plan?.changes.length === 0;
    this.#conclusion = inSync
      ? { exitCode: EXIT.inSync, result: 'in-sync' }
      : { exitCode: EXIT.changesPending, result: 'drift' };
  }

  /**
   * The window was not open when writing would have begun.
   * @param changes  what would have been sent
   */
  endShut({ changes }: Pick<Plan, 'changes'>): void {
    const { window } = this.#settings;
    if (window !== undefined) this.#skip(changes, describeHalt({ kind: 'window', window }));
    this.endApply(undefined);
  }

  /** @param verified  undefined when nothing was sent */
  endApply(verified: Verified | undefined, halt?: HaltReason): void {
    this.#verification = withLeftOut(verified?.verification ?? LAST_READING, [...this.#outcomes.keys()]);
    for (const [id, outcome] of verified?.outcomes ?? []) this.#outcomes.set(id, outcome);
    this.#problems.push(...undoneWarnings(verified));
    this.#problems.push(...leaverWarnings(this.#plan, this.#outcomes));
    this.#keepReadBack(verified);
    if (halt?.kind === 'unrecorded') this.#problems.push(journalUnwritable(halt.code));
    const outcomes = [...this.#outcomes.values()];
    this.#tellOfWindow(outcomes);
    this.#conclusion = concludeApply(outcomes, this.#verification, halt);
  }

  endWith(error: unknown): void {
    if (error instanceof Stop) {
      this.#problems.push(...error.problems);
      this.#conclusion = { exitCode: error.exitCode, result: error.result };
    } else if (error instanceof HaltedError) {
      this.#problems.push(problem('halted', describeHalt(error.reason)));
      this.#conclusion = concludeHalt(error.reason, this.#plan === undefined ? 'reading' : 'planned');
    } else if (error instanceof CloudCallError) {
      this.#endUnreadable(error);
    } else throw error;
  }

  result(): TargetResult {
    const { name } = this.#settings;
    return {
      name,
      ...this.#conclusion,
      manifest: this.#manifest,
      ownership: this.#ownership,
      actual: this.#actual,
      plan: this.#plan,
      estimate: this.#estimate,
      outcomes: this.#outcomes,
      calls: this.#calls,
      pace: this.#pace,
      coverage: this.#coverage,
      verification: this.#verification,
      problems: this.#problems,
    };
  }

  #keepReadBack({ contacts, accounts }: Pick<Verified, 'contacts' | 'accounts'> = NOT_READ_BACK): void {
    if (contacts === undefined || this.#actual === undefined) return;
    this.#actual = { ...this.#actual, contacts, accounts: accounts ?? this.#actual.accounts };
    this.#coverage = this.#cover(undefined);
  }

  #tellOfWindow(outcomes: readonly Outcome[]): void {
    const { window } = this.#settings;
    if (window === undefined) return;
    const because = describeHalt({ kind: 'window', window });
    const left = outcomes.filter((one) => one.status === 'skipped' && one.because === because).length;
    if (left === 0) return;
    const message = `${counted(left, 'change is', 'changes are')} left because ${because}; run again inside of it`;
    this.#problems.push({ code: 'window-closed', severity: 'warning', source: undefined, message });
  }

  /** Of a plan that is not carried out; a dry run would not have carried it out anyway. */
  #skipAll(because: string): void {
    if (this.#settings.mode === 'plan') return;
    this.#skip(this.#plan?.changes ?? [], because);
  }

  #skip(changes: Plan['changes'], because: string): void {
    for (const { id } of changes) this.#outcomes.set(id, { status: 'skipped', because });
  }

  #take<T>(checked: Checked<T>): T {
    if (!checked.ok) throw new Stop(EXIT.manifest, 'failed', checked.problems);
    this.#problems.push(...checked.warnings);
    return checked.value;
  }

  #cover(plan: Plan | undefined): Coverage | undefined {
    if (this.#actual?.accounts === undefined || this.#actual.contacts === undefined) return undefined;
    const contacts = contactsAfter(this.#actual, plan?.changes ?? []);
    return computeCoverage(new Territory(this.#actual.accounts.values()), contacts);
  }

  #endUnreadable({ failure }: CloudCallError): void {
    const denied = failure.class === 'permission' || failure.class === 'credentials';
    const request = failure.requestId === undefined ? '' : ` (request ${failure.requestId})`;
    const message = `${failure.code}: ${failure.message}${request}`;
    this.#problems.push(problem(denied ? 'denied' : 'cloud-unreadable', message));
    const exitCode: ExitCode = denied ? EXIT.denied : EXIT.unreadable;
    const result: RunResult = 'failed';
    this.#conclusion = { exitCode, result };
  }
}

/** Where nothing was sent, the reading that the plan was made from is the last one. */
const LAST_READING: Verification = { status: 'in-sync', residual: [] };

const NOT_READ_BACK = { contacts: undefined, accounts: undefined };

/** What no call was made for is still needed. */
function withLeftOut({ status, residual }: Verification, leftOut: readonly string[]): Verification {
  if (status === 'not-run' || leftOut.length === 0) return { status, residual };
  return { status: 'residual', residual: [...residual, ...leftOut] };
}
