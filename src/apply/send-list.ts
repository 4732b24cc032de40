import type { Aggregator, AggregatorMember } from '../model/actual-state.ts';
import { CloudCallError } from '../model/cloud-failure.ts';
import type { AggregatorId } from '../model/ids.ts';
import type { MembershipChange } from '../model/plan.ts';
import type { AggregatorAccount, PacedCall } from '../model/ports.ts';
import type { ApplyContext } from './context.ts';
import type { LostLists } from './lost-lists.ts';
import { mergeAccounts } from './merge-accounts.ts';
import { type NothingToDo, NotSent, type TooSoon, type Withheld, withheld } from './not-sent.ts';
import { readGroup } from './read-group.ts';
import { recorded, type Sent, send } from './send.ts';

export type SentList = Sent | NothingToDo | Withheld;

/** What the last attempt was made from, for those who have to tell what became of it. */
export interface LastAttempt {
  readonly before: Aggregator;
  readonly changes: readonly MembershipChange[];
  readonly accounts: readonly AggregatorAccount[];
}

/**
 * One UpdateAggregator call. Each attempt reads the list right before it writes, also after a wait for its turn
 * or for a group that was pending: whatever somebody else added meanwhile is in the list that is sent. A list that
 * was sent and never answered may still land, so another one goes out only when it cannot any more.
 */
export class ListCall {
  readonly #context: ApplyContext;
  readonly #id: AggregatorId;
  readonly #changes: readonly MembershipChange[];
  readonly #lost: LostLists;
  #token: { readonly list: string; readonly token: string } | undefined;
  last: LastAttempt | undefined;

  /** @param lost  of this group, in this run */
  constructor(
    context: ApplyContext,
    id: AggregatorId,
    changes: readonly MembershipChange[],
    lost: LostLists,
  ) {
    this.#context = context;
    this.#id = id;
    this.#changes = changes;
    this.#lost = lost;
  }

  async send(): Promise<SentList> {
    for (;;) {
      const sent = await this.#takeTurn();
      if (sent.kind !== 'too-soon') return sent;
      await this.#waitUntil(sent.until);
    }
  }

  /** Between its turns: meanwhile others have theirs. */
  async #waitUntil(until: number): Promise<void> {
    const { clock, halt, emit } = this.#context;
    const ms = until - clock.monotonic();
    emit({ type: 'wait', reason: `a lost update of ${this.#id} may still land`, ms });
    await clock.sleep(ms, halt.signal);
  }

  async #takeTurn(): Promise<SentList | TooSoon> {
    const call = {
      lane: 'aggregator-write',
      action: 'UpdateAggregator',
      subject: this.#id,
      sentBefore: this.#context.ledger.attemptsOf(this.#changes),
      prepare: (inItsPlace: PacedCall) => this.#prepare(inItsPlace),
    } as const;
    try {
      return await send(this.#context, call, () => this.#attempt());
    } catch (error) {
      if (error instanceof NotSent) return error.why;
      throw error;
    }
  }

  async #prepare(call: PacedCall): Promise<void> {
    const { settings, clock } = this.#context;
    const now = await readGroup(this.#context, this.#id, call);
    const dropped = this.#droppedFrom(now);
    const next = this.#merge(now, dropped);
    const until = this.#lost.clearFor(listOf(next), settings.settleMs);
    if (until !== undefined && until > clock.monotonic()) {
      this.#lost.shown(now);
      throw new NotSent({ kind: 'too-soon', until });
    }
    if (dropped.length > 0) this.#tellOf(dropped);
    this.last = next;
  }

  #tellOf(dropped: readonly AggregatorMember[]): void {
    const ids = dropped.map(({ id }) => id).join(', ');
    const message = `a lost update of ${this.#id} landed late and overwrote what somebody else had added: ${ids} is put back`;
    this.#context.emit({ type: 'warning', message, code: 'overwritten-late' });
  }

  /** @throws NotSent where nothing is to be sent */
  #merge(now: Aggregator, dropped: readonly AggregatorMember[]): LastAttempt {
    const { settings, ledger } = this.#context;
    const merged = mergeAccounts(now, this.#changes, settings.accountsPerAggregator, dropped);
    if (merged.kind === 'refused') throw withheld(merged.because);
    const already = merged.kind === 'send' ? merged.already : this.#changes;
    for (const change of already) {
      ledger.saw(change, 'it was so when the account group was read before the write');
    }
    if (merged.kind !== 'send') throw new NotSent({ kind: 'nothing-to-do' });
    return { before: now, changes: merged.changes, accounts: merged.accounts };
  }

  /** What others had added before a lost list of ours landed and overwrote it. */
  #droppedFrom(now: Aggregator): readonly AggregatorMember[] {
    const planned = new Set(this.#changes.map(({ accountId }) => accountId));
    const room = this.#context.settings.accountsPerAggregator - now.accounts.size;
    return this.#lost
      .droppedFrom(now)
      .filter(({ id }) => !planned.has(id))
      .slice(0, Math.max(0, room));
  }

  async #attempt(): Promise<void> {
    if (this.last === undefined) throw new Error('the list was not prepared');
    const { accounts, changes } = this.last;
    const clientToken = this.#tokenFor(this.last);
    const members = accounts.map(({ id }) => id);
    const intent = { action: 'UpdateAggregator', owner: this.#id, members, clientToken } as const;
    const { writer, clock } = this.#context;
    try {
      await recorded(this.#context, changes, intent, () =>
        writer.updateAggregatorAccounts(this.#id, accounts, clientToken),
      );
    } catch (error) {
      if (isUnanswered(error))
        this.#lost.note(listOf(this.last), { at: clock.monotonic(), accounts: new Set(members) });
      throw error;
    }
  }

  /**
   * The same list onto the same ground is the same request, however often it is sent. Onto another ground it is
   * another request: an answer from memory would leave undone what somebody else has undone.
   */
  #tokenFor(attempt: LastAttempt): string {
    const list = listOf(attempt);
    if (this.#token?.list !== list) this.#token = { list, token: this.#context.newToken() };
    return this.#token.token;
  }
}

/** A list with its ground. */
const listOf = ({ before, accounts }: LastAttempt): string =>
  JSON.stringify([[...before.accounts.keys()], accounts]);

const isUnanswered = (error: unknown): boolean =>
  error instanceof CloudCallError && error.failure.class === 'unknown-effect';
