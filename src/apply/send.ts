import { CloudCallError, type CloudFailure } from '../model/cloud-failure.ts';
import { HaltedError } from '../model/halt.ts';
import type { Change } from '../model/plan.ts';
import type { CallDescription, IntendedCall, Receipt } from '../model/ports.ts';
import type { ApplyContext } from './context.ts';

/** What a write came to: acknowledged, failed after its retries, or not sent because the job was halted. */
export type Sent =
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'failed'; readonly failure: CloudFailure }
  | { readonly kind: 'halted'; readonly because: string };

/** Makes a call at its turn, as often as its pace tries it. */
export async function send(
  { call, emit }: ApplyContext,
  description: CallDescription,
  attempt: () => Promise<void>,
): Promise<Sent> {
  try {
    await call(description, attempt);
    return { kind: 'acknowledged' };
  } catch (error) {
    if (error instanceof HaltedError) return { kind: 'halted', because: error.message };
    if (!(error instanceof CloudCallError)) throw error;
    const { failure } = error;
    const { action, subject } = description;
    if (failure.class === 'unknown-effect') emit({ type: 'read-back', action, subject, failure });
    return { kind: 'failed', failure };
  }
}

/** One attempt of a write: on disk before it leaves and after it was answered, and in the ledger. */
export async function recorded(
  { journal, ledger, clock }: ApplyContext,
  changes: readonly Change[],
  intent: Omit<IntendedCall, 'changeIds'>,
  write: () => Promise<Receipt>,
): Promise<void> {
  const line = journal.intend({ ...intent, changeIds: changes.map(({ id }) => id) });
  ledger.sent(changes, clock.now());
  try {
    const { requestId } = await write();
    journal.settle(line, { result: 'acknowledged', requestId });
    ledger.answered(changes, clock.now(), requestId);
    ledger.find(changes, { kind: 'acknowledged' });
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
