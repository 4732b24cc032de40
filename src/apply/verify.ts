import type { Aggregator, Contact } from '../model/actual-state.ts';
import type { AggregatorId, ContactId } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Change } from '../model/plan.ts';
import type { Verification } from '../model/target-result.ts';
import { conclude } from './conclude.ts';
import type { ApplyContext } from './context.ts';
import type { Entry } from './ledger.ts';
import { isSoIn } from './merge-accounts.ts';
import { readUntil } from './patience.ts';
import { isSo, unlessUnreadable } from './read-back.ts';

export interface Verified {
  /** By change id. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly verification: Verification;
  /** What was as written when the plan was made, and is not so any more. None of it is in the plan. */
  readonly undone: readonly Change[];
  /** Of the plan: what was so before it could be done, and is not so any more. */
  readonly takenBack: readonly Change[];
  /** The contacts as read last; undefined when they were not, or not completely. */
  readonly contacts: ReadonlyMap<ContactId, Contact> | undefined;
}

/** What the plan touches, as read back; a part that could not be read is undefined. */
interface Reading {
  readonly contacts: ReadonlyMap<ContactId, Contact> | undefined;
  readonly aggregators: ReadonlyMap<AggregatorId, Aggregator>;
}

/**
 * Reads back everything that the plan touches, after the last moment at which a write whose answer never came can
 * still take effect, and gives every change its outcome. What the same readings show besides is looked at for what
 * somebody else has undone meanwhile.
 * @param asWritten  what was as written, each as the change that would make it so again
 */
export async function verify(context: ApplyContext, asWritten: readonly Change[]): Promise<Verified> {
  const { ledger, clock, settings, halt, emit } = context;
  const settledAt = ledger.settledAt(settings.settleMs);
  const waitMs = (settledAt ?? 0) - clock.monotonic();
  if (waitMs > 0 && halt.reason === undefined) {
    emit({ type: 'wait', reason: 'a write whose answer never came may still take effect', ms: waitMs });
    await clock.sleep(waitMs, halt.signal);
  }
  const { entries } = ledger;
  const acknowledged = entries.filter(({ finding }) => finding.kind === 'acknowledged');
  const reading = await readUntil(
    context,
    () => readOwners(context, entries),
    (now) => acknowledged.every(({ change }) => shows(change, now) !== false),
  );
  const settled = settledAt === undefined || clock.monotonic() >= settledAt;
  const undone = reading === undefined ? [] : asWritten.filter((change) => isUndone(change, reading));
  return assemble(entries, reading, settled, undone);
}

async function readOwners({ state }: ApplyContext, entries: readonly Entry[]): Promise<Reading> {
  const changes = entries.map(({ change }) => change);
  const ids = new Set(
    changes.flatMap((change) => (change.kind === 'aggregator' ? [change.aggregatorId] : [])),
  );
  const [contacts, ...aggregators] = await Promise.all([
    changes.some(({ kind }) => kind === 'contact') ? unlessUnreadable(() => state.contacts()) : undefined,
    ...[...ids].map((id) => unlessUnreadable(() => state.aggregator(id))),
  ]);
  const readable = aggregators.filter((aggregator) => aggregator !== undefined);
  return { contacts, aggregators: new Map(readable.map((aggregator) => [aggregator.id, aggregator])) };
}

function shows(change: Change, { contacts, aggregators }: Reading): boolean | undefined {
  if (change.kind === 'aggregator') {
    const aggregator = aggregators.get(change.aggregatorId);
    return aggregator && isSoIn(change, aggregator);
  }
  const contact = contacts?.get(change.contactId);
  return contact && isSo(change, contact);
}

/** A contact that the complete list lacks is bound to nothing. */
function isUndone(change: Change, reading: Reading): boolean {
  const gone = change.action === 'bind' && reading.contacts?.has(change.contactId) === false;
  return gone || shows(change, reading) === false;
}

function assemble(
  entries: readonly Entry[],
  reading: Reading | undefined,
  settled: boolean,
  undone: readonly Change[],
): Verified {
  const look = (change: Change) => reading && shows(change, reading);
  const outcomes = new Map(
    entries.map((entry) => [entry.change.id, conclude(entry, look(entry.change), settled)]),
  );
  const unseen = entries.filter(({ change }) => look(change) === undefined);
  const needed = entries.filter((entry) => look(entry.change) === false && !isImpossible(entry));
  const takenBack = needed.filter(({ change }) => outcomes.get(change.id)?.status === 'already');
  const residual = [...needed.map(({ change }) => change), ...undone].map(({ id }) => id);
  const verification: Verification =
    unseen.length > 0 || !settled
      ? { status: 'not-run', residual }
      : { status: residual.length === 0 ? 'in-sync' : 'residual', residual };
  return {
    outcomes,
    verification,
    undone,
    takenBack: takenBack.map(({ change }) => change),
    contacts: reading?.contacts,
  };
}

/** What the service no longer lets be done is not needed either: the member left the directory. */
const isImpossible = ({ finding }: Entry): boolean =>
  finding.kind === 'already' && finding.code !== undefined;
