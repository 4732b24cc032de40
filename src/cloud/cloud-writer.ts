import { CloudCallError } from '../model/cloud-failure.ts';
import type { ContactId } from '../model/ids.ts';
import type { AggregatorAccount, CloudWriter, Receipt } from '../model/ports.ts';
import { MAX_CLIENT_TOKEN_LENGTH } from '../wire/cloud-config.ts';
import { MAX_MEMBERS_PER_CALL } from '../wire/resource-directory.ts';
import { ask } from './answer.ts';
import { aggregatorAccountsText, checkUpdated } from './cloud-config.ts';
import { UnreadableField } from './fields.ts';
import { readMemberIds } from './resource-directory.ts';
import type { RpcCall } from './rpc-call.ts';

/** The writes, over any way to make a call. Whoever only plans has no use for it. */
export function createCloudWriter(call: RpcCall): CloudWriter {
  return {
    associateMembers: (contactId, wireIds) => writeMembers(call, 'AssociateMembers', contactId, wireIds),
    disassociateMembers: (contactId, wireIds) =>
      writeMembers(call, 'DisassociateMembers', contactId, wireIds),
    updateAggregatorAccounts: async (id, accounts, clientToken) => {
      refuseUnless(isAccountList(accounts), 'the account list is empty or names an account twice');
      refuseUnless(isClientToken(clientToken), 'the client token is not 1 to 64 ASCII characters');
      const form = {
        AggregatorId: id,
        AggregatorAccounts: aggregatorAccountsText(accounts),
        ClientToken: clientToken,
      };
      return ask(call, { service: 'config', action: 'UpdateAggregator', form }, (body, requestId) => {
        checkUpdated(body, id);
        return { requestId };
      });
    },
  };
}

async function writeMembers(
  call: RpcCall,
  action: 'AssociateMembers' | 'DisassociateMembers',
  contactId: ContactId,
  wireIds: readonly string[],
): Promise<Receipt> {
  refuseUnless(isMemberList(wireIds), 'the call does not carry one to five distinct members');
  const query = { ContactId: contactId, ...flatten('Members', wireIds) };
  return ask(call, { service: 'directory', action, query }, (body, requestId) => {
    if (!sameSet(readMemberIds(body), wireIds)) throw new UnreadableField('Members');
    return { requestId };
  });
}

/** `Members.1`, `Members.2`, ...: an array as the RPC style spells it. */
const flatten = (name: string, values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.map((value, index) => [`${name}.${index + 1}`, value]));

const sameSet = (some: readonly string[], others: readonly string[]): boolean =>
  some.every((one) => others.includes(one)) && others.every((one) => some.includes(one));

const isMemberList = (wireIds: readonly string[]): boolean =>
  wireIds.length >= 1 && wireIds.length <= MAX_MEMBERS_PER_CALL && isDistinct(wireIds);

/** An empty list cannot be sent: the service refuses it, and left out it means "as it is". */
const isAccountList = (accounts: readonly AggregatorAccount[]): boolean =>
  accounts.length >= 1 && isDistinct(accounts.map(({ id }) => id));

const isDistinct = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

const isClientToken = (token: string): boolean =>
  token.length <= MAX_CLIENT_TOKEN_LENGTH && /^[\x21-\x7e]+$/.test(token);

/** A call that this program must not make. Nothing was sent. */
function refuseUnless(wellFormed: boolean, message: string): void {
  if (wellFormed) return;
  const unknown = { httpStatus: undefined, requestId: undefined, retryAfterMs: undefined };
  throw new CloudCallError({ class: 'defect', code: 'MalformedCall', message, ...unknown });
}
