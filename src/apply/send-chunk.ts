import type { Chunk } from '../model/plan.ts';
import type { ApplyContext } from './context.ts';
import { recorded, type Sent, send } from './send.ts';

/** One AssociateMembers or DisassociateMembers call. */
export function sendChunk(
  context: ApplyContext,
  { contactId, action, changes, makesGood = false }: Chunk,
): Promise<Sent> {
  const { writer, ledger } = context;
  const wireIds = changes.map(({ wireId }) => wireId);
  const call = {
    lane: 'contact-write',
    action: action === 'bind' ? 'AssociateMembers' : 'DisassociateMembers',
    subject: contactId,
    makesGood,
    sentBefore: ledger.attemptsOf(changes),
  } as const;
  const intent = { action: call.action, owner: contactId, members: wireIds, clientToken: undefined };
  return send(context, call, () =>
    recorded(context, changes, intent, () =>
      action === 'bind'
        ? writer.associateMembers(contactId, wireIds)
        : writer.disassociateMembers(contactId, wireIds),
    ),
  );
}
