import type { Aggregator } from '../model/actual-state.ts';
import { describeHalt, type HaltSwitch } from '../model/halt.ts';
import type { AggregatorId } from '../model/ids.ts';
import type { MembershipChange } from '../model/plan.ts';
import type { AggregatorAccount, PacedCall } from '../model/ports.ts';
import type { ApplyContext } from './context.ts';
import { isSoIn, mergeAccounts } from './merge-accounts.ts';
import { readUntil } from './patience.ts';
import { unlessUnreadable } from './read-back.ts';
import { recorded, type Sent, send } from './send.ts';

export type SentList =
  | Sent
  /** Every change was so already. */
  | { readonly kind: 'nothing-to-do' }
  /** What is there now does not let the plan be carried out, or could not be read. */
  | { readonly kind: 'withheld'; readonly because: string };

/** What the last attempt was made from, for those who have to tell what became of it. */
export interface LastAttempt {
  readonly before: Aggregator;
  readonly changes: readonly MembershipChange[];
  readonly accounts: readonly AggregatorAccount[];
}

/**
 * One UpdateAggregator call. Each attempt reads the list right before it writes, also after a wait for its turn
 * or for a group that was pending: whatever somebody else added meanwhile is in the list that is sent.
 */
export class ListCall {
  readonly #context: ApplyContext;
  readonly #id: AggregatorId;
  readonly #changes: readonly MembershipChange[];
  #token: { readonly list: string; readonly token: string } | undefined;
  last: LastAttempt | undefined;

  constructor(context: ApplyContext, id: AggregatorId, changes: readonly MembershipChange[]) {
    this.#context = context;
    this.#id = id;
    this.#changes = changes;
  }

  async send(): Promise<SentList> {
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
    const { settings, ledger } = this.#context;
    const now = await this.#read(call);
    const merged = mergeAccounts(now, this.#changes, settings.accountsPerAggregator);
    if (merged.kind === 'refused') throw notSent(merged.because);
    const already = merged.kind === 'send' ? merged.already : this.#changes;
    for (const change of already) {
      ledger.saw(change, 'it was so when the account group was read before the write');
    }
    if (merged.kind !== 'send') throw new NotSent({ kind: 'nothing-to-do' });
    this.last = { before: now, changes: merged.changes, accounts: merged.accounts };
  }

  async #attempt(): Promise<void> {
    if (this.last === undefined) throw new Error('the list was not prepared');
    const { accounts, changes } = this.last;
    const clientToken = this.#tokenFor(this.last);
    const members = accounts.map(({ id }) => id);
    const intent = { action: 'UpdateAggregator', owner: this.#id, members, clientToken } as const;
    await recorded(this.#context, changes, intent, () =>
      this.#context.writer.updateAggregatorAccounts(this.#id, accounts, clientToken),
    );
  }

  /**
   * The same list onto the same ground is the same request, however often it is sent. Onto another ground it is
   * another request: an answer from memory would leave undone what somebody else has undone.
   */
  #tokenFor({ before, accounts }: LastAttempt): string {
    const list = JSON.stringify([[...before.accounts.keys()], accounts]);
    if (this.#token?.list !== list) this.#token = { list, token: this.#context.newToken() };
    return this.#token.token;
  }

  /** A list that does not show yet what we wrote before must not be written back: then it is not readable. */
  async #read(call: PacedCall): Promise<Aggregator> {
    const { ledger, state } = this.#context;
    const written = ledger.entries.flatMap(({ change, finding }) =>
      change.kind === 'aggregator' && change.aggregatorId === this.#id && finding.kind === 'acknowledged'
        ? [change]
        : [],
    );
    const showsThem = (now: Aggregator | 'missing'): boolean =>
      now === 'missing' || written.every((change) => isSoIn(change, now));
    const read = async (): Promise<Aggregator | 'missing'> =>
      (await state.aggregator(this.#id, call)) ?? 'missing';
    const now = await readUntil(this.#context, () => unlessUnreadable(read), showsThem);
    if (now === 'missing') throw notSent('it does not exist any more, or is not ours to see');
    if (now === undefined || !showsThem(now)) throw notSent(whyUnread(this.#context.halt));
    return now;
  }
}

/** Ends a call whose turn came, before anything was sent. */
class NotSent extends Error {
  override readonly name = 'NotSent';
  readonly why: Exclude<SentList, Sent>;

  constructor(why: Exclude<SentList, Sent>) {
    super(why.kind);
    this.why = why;
  }
}

const whyUnread = ({ reason }: HaltSwitch): string =>
  reason === undefined ? 'it could not be read right before the write' : describeHalt(reason);

const notSent = (because: string): NotSent => new NotSent({ kind: 'withheld', because });
