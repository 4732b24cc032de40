import type { CloudFailure } from '../model/cloud-failure.ts';
import type { ContactId } from '../model/ids.ts';
import type { Chunk } from '../model/plan.ts';
import type { ApplyContext } from './context.ts';
import { performChunk } from './perform-chunk.ts';

/** Contacts that the service refuses as a whole; nothing more is sent for them. */
export type ClosedContacts = Map<ContactId, CloudFailure>;

/** The chunks of one contact, one after the other: never two writes in flight for one contact. */
export async function performChain(
  context: ApplyContext,
  chunks: readonly Chunk[],
  closed: ClosedContacts,
): Promise<void> {
  for (const [index, chunk] of chunks.entries()) {
    const known = closed.get(chunk.contactId);
    if (known !== undefined) {
      const because = `the contact was refused with ${known.code}`;
      context.ledger.find(chunk.changes, { kind: 'skipped', because });
      continue;
    }
    const makesGood = chunk.action === 'bind' && wasRemoved(context, chunks[index - 1]);
    const failure = await performChunk(context, { ...chunk, makesGood });
    if (failure !== undefined) closed.set(chunk.contactId, failure);
  }
}

/** Whether something went out to make room, so that nothing is waited for until what it was for is there. */
function wasRemoved({ ledger }: ApplyContext, before: Chunk | undefined): boolean {
  return before?.action === 'unbind' && before.changes.some((change) => ledger.of(change).attempts > 0);
}
