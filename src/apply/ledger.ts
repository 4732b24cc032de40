import type { CloudFailure } from '../model/cloud-failure.ts';
import type { Effort } from '../model/outcome.ts';
import type { Change } from '../model/plan.ts';

/** What is known about a change so far, by what was observed and by nothing else. */
export type Finding =
  /** Nothing was sent for it yet, or what was sent is still open. */
  | { readonly kind: 'open' }
  | { readonly kind: 'acknowledged' }
  /** A reading showed its effect after we had sent it. */
  | { readonly kind: 'seen' }
  /** A reading showed its effect, and no call of ours can have caused it. */
  | { readonly kind: 'already'; readonly because: string; readonly code?: string }
  | { readonly kind: 'refused'; readonly failure: CloudFailure }
  | { readonly kind: 'skipped'; readonly because: string };

export interface Entry {
  readonly change: Change;
  finding: Finding;
  attempts: number;
  firstSentAt: number | undefined;
  lastAnsweredAt: number | undefined;
  requestId: string | undefined;
  /** Attempts that may still take effect: their answer never came and no reading has shown them. */
  unanswered: number;
  lastUnanswered: { readonly at: number; readonly failure: CloudFailure } | undefined;
}

/** One entry a change, from the plan to its outcome. Moments are those of a monotonic clock, in milliseconds. */
export class Ledger {
  readonly #entries: ReadonlyMap<string, Entry>;

  constructor(changes: readonly Change[]) {
    this.#entries = new Map(changes.map((change) => [change.id, newEntry(change)]));
  }

  get entries(): readonly Entry[] {
    return [...this.#entries.values()];
  }

  of(change: Change): Entry {
    const entry = this.#entries.get(change.id);
    if (entry === undefined) throw new Error(`change ${change.id} is not in the plan`);
    return entry;
  }

  /** The most attempts that any of them has had. */
  attemptsOf(changes: readonly Change[]): number {
    return Math.max(0, ...this.#each(changes).map(({ attempts }) => attempts));
  }

  sent(changes: readonly Change[], at: number): void {
    for (const entry of this.#each(changes)) {
      entry.attempts += 1;
      entry.firstSentAt ??= at;
    }
  }

  answered(changes: readonly Change[], at: number, requestId: string | undefined): void {
    for (const entry of this.#each(changes)) {
      entry.lastAnsweredAt = at;
      entry.requestId = requestId ?? entry.requestId;
    }
  }

  unanswered(changes: readonly Change[], at: number, failure: CloudFailure): void {
    for (const entry of this.#each(changes)) {
      entry.unanswered += 1;
      entry.lastUnanswered = { at, failure };
    }
  }

  find(changes: readonly Change[], finding: Finding): void {
    for (const entry of this.#each(changes)) entry.finding = finding;
  }

  /**
   * A reading shows the effect. If one attempt only was open, it is taken to have landed, and is not waited for in this
   * run; runs to come do wait for it, since somebody else may have done the same.
   */
  saw(change: Change, becauseIfNotOurs: string): void {
    const entry = this.of(change);
    const knownAsOurs = entry.finding.kind === 'acknowledged' || entry.finding.kind === 'seen';
    const ours = entry.unanswered > 0 || knownAsOurs;
    if (entry.unanswered === 1 && entry.finding.kind === 'open') entry.unanswered = 0;
    entry.finding = ours ? { kind: 'seen' } : { kind: 'already', because: becauseIfNotOurs };
  }

  /** The moment from which on no open attempt can take effect any more; undefined when there is none. */
  settledAt(settleMs: number): number | undefined {
    const open = this.entries.filter(({ unanswered }) => unanswered > 0);
    if (open.length === 0) return undefined;
    return Math.max(...open.map(({ lastUnanswered }) => (lastUnanswered?.at ?? 0) + settleMs));
  }

  #each(changes: readonly Change[]): Entry[] {
    return changes.map((change) => this.of(change));
  }
}

export function effortOf({ attempts, firstSentAt, lastAnsweredAt, requestId }: Entry): Effort {
  const elapsedMs =
    firstSentAt === undefined ? 0 : Math.max(0, (lastAnsweredAt ?? firstSentAt) - firstSentAt);
  return { attempts, elapsedMs, requestId };
}

function newEntry(change: Change): Entry {
  return {
    change,
    finding: { kind: 'open' },
    attempts: 0,
    firstSentAt: undefined,
    lastAnsweredAt: undefined,
    requestId: undefined,
    unanswered: 0,
    lastUnanswered: undefined,
  };
}
