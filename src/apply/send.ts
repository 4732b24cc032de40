import { CloudCallError, type CloudFailure } from '../model/cloud-failure.ts';
import { HaltedError } from '../model/halt.ts';
import type { AggregatorId } from '../model/ids.ts';
import type { Change, Chunk } from '../model/plan.ts';
import type { AggregatorAccount, CallDescription, IntendedCall, Receipt } from '../model/ports.ts';
import type { ApplyContext } from './context.ts';

/** What a write came to: acknowledged, failed after its retries, or not sent because the job was halted. */
export type Sent =
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'failed'; readonly failure: CloudFailure }
  | { readonly kind: 'halted'; readonly because: string };

export function sendChunk(context: ApplyContext, { contactId, action, changes }: Chunk): Promise<Sent> {
  const { writer } = context;
  const wireIds = changes.map(({ wireId }) => wireId);
  const bind = action === 'bind';
  return send(
    context,
    changes,
    {
      lane: 'contact-write',
      action: bind ? 'AssociateMembers' : 'DisassociateMembers',
      subject: contactId,
    },
    { owner: contactId, members: wireIds, clientToken: undefined },
    () =>
      bind ? writer.associateMembers(contactId, wireIds) : writer.disassociateMembers(contactId, wireIds),
  );
}

export function sendAccounts(
  context: ApplyContext,
  id: AggregatorId,
  changes: readonly Change[],
  accounts: readonly AggregatorAccount[],
  clientToken: string,
): Promise<Sent> {
  const members = accounts.map((account) => account.id);
  return send(
    context,
    changes,
    { lane: 'aggregator-write', action: 'UpdateAggregator', subject: id },
    { owner: id, members, clientToken },
    () => context.writer.updateAggregatorAccounts(id, accounts, clientToken),
  );
}

/** Every attempt is on disk before it leaves and after it was answered, and in the ledger. */
async function send(
  context: ApplyContext,
  changes: readonly Change[],
  call: CallDescription,
  intent: Omit<IntendedCall, 'action' | 'changeIds'>,
  attempt: () => Promise<Receipt>,
): Promise<Sent> {
  const changeIds = changes.map(({ id }) => id);
  try {
    await context.call(call, () =>
      recorded(context, changes, { ...intent, action: call.action, changeIds }, attempt),
    );
    context.ledger.find(changes, { kind: 'acknowledged' });
    return { kind: 'acknowledged' };
  } catch (error) {
    if (error instanceof HaltedError) return { kind: 'halted', because: error.message };
    if (error instanceof CloudCallError) return { kind: 'failed', failure: error.failure };
    throw error;
  }
}

async function recorded(
  { journal, ledger, clock }: ApplyContext,
  changes: readonly Change[],
  intent: IntendedCall,
  attempt: () => Promise<Receipt>,
): Promise<void> {
  const line = journal.intend(intent);
  ledger.sent(changes, clock.now());
  try {
    const { requestId } = await attempt();
    journal.settle(line, { result: 'acknowledged', requestId });
    ledger.answered(changes, clock.now(), requestId);
  } catch (error) {
    if (error instanceof CloudCallError) {
      const { failure } = error;
      const unknown = failure.class === 'unknown-effect';
      journal.settle(line, { result: unknown ? 'unknown' : 'refused', code: failure.code });
      ledger.answered(changes, clock.now(), failure.requestId);
      if (unknown) ledger.unanswered(changes, clock.now(), failure);
    }
    throw error;
  }
}
