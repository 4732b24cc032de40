import { CloudCallError, type CloudFailure } from '../model/cloud-failure.ts';
import { HaltedError, type HaltReason } from '../model/halt.ts';
import type { Change } from '../model/plan.ts';
import type { CallDescription, IntendedCall, Receipt, SettledCall } from '../model/ports.ts';
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
  context: ApplyContext,
  changes: readonly Change[],
  intent: Omit<IntendedCall, 'changeIds'>,
  write: () => Promise<Receipt>,
): Promise<void> {
  const { ledger, clock } = context;
  const line = intend(context, { ...intent, changeIds: changes.map(({ id }) => id) });
  ledger.sent(changes, clock.monotonic());
  try {
    const { requestId } = await write();
    settle(context, line, { result: 'acknowledged', requestId });
    ledger.answered(changes, clock.monotonic(), requestId);
    ledger.find(changes, { kind: 'acknowledged' });
  } catch (error) {
    if (error instanceof CloudCallError) {
      const { failure } = error;
      const unknown = failure.class === 'unknown-effect';
      settle(context, line, { result: unknown ? 'unknown' : 'refused', code: failure.code });
      ledger.answered(changes, clock.monotonic(), failure.requestId);
      if (unknown) ledger.unanswered(changes, clock.monotonic(), failure);
    }
    throw error;
  }
}

/** What cannot be put on disk is not sent, and nothing after it. @throws HaltedError */
function intend({ journal, halt }: ApplyContext, call: IntendedCall): number {
  try {
    return journal.intend(call);
  } catch (error) {
    const reason = unrecorded(error);
    halt.halt(reason);
    throw new HaltedError(reason);
  }
}

/**
 * The write was answered, whether that can be put on disk or not: it counts as what it is. Runs to come read the
 * journal and wait for it as for a write without an answer.
 */
function settle({ journal, halt }: ApplyContext, call: number, result: SettledCall): void {
  try {
    journal.settle(call, result);
  } catch (error) {
    halt.halt(unrecorded(error));
  }
}

/** @throws what is no error of the file system */
function unrecorded(error: unknown): HaltReason {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') throw error;
  return { kind: 'unrecorded', code };
}
