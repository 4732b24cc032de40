import type { CloudFailure } from '../model/cloud-failure.ts';
import type { BindingChange, Chunk } from '../model/plan.ts';
import type { ApplyContext } from './context.ts';
import { readBackBindings } from './read-back.ts';
import { sendChunk } from './send-chunk.ts';

/** So often a chunk whose effect was not known is sent again with what is missing. */
const ROUNDS = 4;

/**
 * Brings one chunk to an end: sent, settled by reading back where no answer came, halved where one member was
 * refused. What was found out stands in the ledger; what could not be found out stays open there.
 * @returns the failure that closes this contact to further calls, if there was one
 */
export async function performChunk(context: ApplyContext, chunk: Chunk): Promise<CloudFailure | undefined> {
  let left = chunk.changes;
  for (let round = 1; round <= ROUNDS && left.length > 0; round += 1) {
    const sent = await sendChunk(context, { ...chunk, changes: left });
    if (sent.kind === 'acknowledged') return undefined;
    if (sent.kind === 'halted') return skipUntaken(context, left, sent.because);
    if (sent.failure.class !== 'unknown-effect') {
      return resolveRefusal(context, { ...chunk, changes: left }, sent.failure);
    }
    left = (await readBackBindings(context, chunk.contactId, left)) ?? [];
  }
  return undefined;
}

/** A refusal can follow from an earlier attempt of ours, or from somebody else's work: look first. */
async function resolveRefusal(
  context: ApplyContext,
  chunk: Chunk,
  failure: CloudFailure,
): Promise<CloudFailure | undefined> {
  const { changes, contactId } = chunk;
  const mayBeSo =
    failure.class === 'member-refused' || changes.some((change) => context.ledger.of(change).unanswered > 0);
  const missing = mayBeSo ? ((await readBackBindings(context, contactId, changes)) ?? changes) : changes;
  if (missing.length === 0) return undefined;
  if (failure.class !== 'member-refused') return refuse(context, missing, failure);
  if (changes.length === 1) return refuseMember(context, missing, failure);
  const someWereSo = missing.length < changes.length;
  return performParts(context, chunk, someWereSo ? [missing] : halves(missing));
}

async function performParts(
  context: ApplyContext,
  chunk: Chunk,
  parts: readonly (readonly BindingChange[])[],
): Promise<CloudFailure | undefined> {
  for (const [index, changes] of parts.entries()) {
    const closed = await performChunk(context, { ...chunk, changes });
    if (closed === undefined) continue;
    for (const rest of parts.slice(index + 1)) refuse(context, rest, closed);
    return closed;
  }
  return undefined;
}

function refuse(
  { ledger }: ApplyContext,
  changes: readonly BindingChange[],
  failure: CloudFailure,
): CloudFailure | undefined {
  ledger.find(changes, { kind: 'refused', failure });
  const contactIsClosed =
    failure.class === 'owner-refused' && failure.code !== 'LimitExceeded.ContactMembers';
  return contactIsClosed ? failure : undefined;
}

/**
 * An account that left the directory gets no messages by this binding: there is nothing left to do about it. That it
 * left is what the accounts that were read say; the refusal alone is no proof.
 */
function refuseMember(
  context: ApplyContext,
  changes: readonly BindingChange[],
  failure: CloudFailure,
): undefined {
  const hasLeft =
    failure.code === 'InvalidMember' &&
    changes.every(({ action, target }) => action === 'unbind' && context.accounts.territory.lacks(target));
  const because = 'it left the directory, and the service no longer lets its id be unbound';
  if (hasLeft) context.ledger.find(changes, { kind: 'already', because, code: failure.code });
  else refuse(context, changes, failure);
}

/** Also what was sent and refused every time: none of it can take effect. */
function skipUntaken(
  { ledger }: ApplyContext,
  changes: readonly BindingChange[],
  because: string,
): undefined {
  const untaken = changes.filter((change) => ledger.of(change).unanswered === 0);
  ledger.find(untaken, { kind: 'skipped', because });
}

function halves(changes: readonly BindingChange[]): BindingChange[][] {
  const middle = Math.ceil(changes.length / 2);
  return [changes.slice(0, middle), changes.slice(middle)];
}
