import { MAX_CLIENT_TOKEN_LENGTH } from '../wire/cloud-config.ts';
import { requiredAggregator } from './aggregator-reads.ts';
import { ApiError } from './api-error.ts';
import { readGroupList } from './group-list.ts';
import { applied, found, type OperationCall, type OperationResult, type Parameters } from './operation.ts';
import type { GroupContent, Store, StoredAggregator } from './store.ts';

/**
 * Replaces the member list (inferred from tests of the official Terraform provider), or leaves it when the parameter
 * is left out (documented). A repeated client token is answered from memory and changes nothing.
 */
export function updateAggregator(call: OperationCall): OperationResult {
  const { parameters, store, now } = call;
  const aggregator = requiredAggregator(parameters, store);
  const answer = { AggregatorId: aggregator.about.id };
  if (isReplay(parameters, store)) return found(answer);
  if (!call.late && now < aggregator.pendingUntil) throw new ApiError('AggregatorAlreadyPending');
  store.setContent(aggregator, asAsked(aggregator, call), now);
  aggregator.pendingUntil = now + store.state.behaviour.pendingMs;
  rememberToken(parameters, store);
  return applied(answer);
}

function asAsked(aggregator: StoredAggregator, call: OperationCall): Omit<GroupContent, 'joined'> {
  const { parameters } = call;
  const { present } = aggregator.content;
  return {
    name: nameAsAsked(aggregator, call),
    description: parameters['Description'] ?? present.description,
    accounts: accountsAsAsked(aggregator, call),
    folders: foldersAsAsked(aggregator, call),
  };
}

function nameAsAsked(aggregator: StoredAggregator, { parameters, store }: OperationCall): string {
  const name = parameters['AggregatorName'] ?? aggregator.content.present.name;
  const others = [...store.aggregators.values()].filter((other) => other !== aggregator);
  if (others.some((other) => other.content.present.name === name)) {
    throw new ApiError('AggregatorNameDuplicated');
  }
  return name;
}

function accountsAsAsked(aggregator: StoredAggregator, { parameters, store }: OperationCall) {
  const text = parameters['AggregatorAccounts'] ?? '';
  if (text === '') return aggregator.content.present.accounts;
  // Inferred: only CUSTOM groups take a list; which code the others answer with is not documented.
  if (aggregator.about.type !== 'CUSTOM') throw new ApiError('Invalid.AggregatorAccounts.Value');
  return readGroupList(text, store.tree, store.state.quotas.accountsPerAggregator);
}

function foldersAsAsked(aggregator: StoredAggregator, { parameters, store }: OperationCall) {
  const text = parameters['FolderId'] ?? '';
  if (text === '' || aggregator.about.type !== 'FOLDER') return aggregator.content.present.folders;
  const folders = text.split(',');
  if (!folders.every((id) => store.tree.folder(id) !== undefined || store.tree.isRoot(id))) {
    throw new ApiError('EntityNotExists.Folder');
  }
  return folders;
}

/** @throws ApiError  when the token was used for another payload, or is not of the documented form */
function isReplay(parameters: Parameters, store: Store): boolean {
  const token = parameters['ClientToken'] ?? '';
  if (token === '') return false;
  if (token.length > MAX_CLIENT_TOKEN_LENGTH || !/^[\x20-\x7e]+$/.test(token)) {
    throw new ApiError('Invalid.ClientToken.Value');
  }
  const earlier = store.clientTokens.get(token);
  if (earlier === undefined) return false;
  if (earlier !== payloadOf(parameters)) throw new ApiError('IdempotentParameterMismatch');
  return true;
}

function rememberToken(parameters: Parameters, store: Store): void {
  const token = parameters['ClientToken'] ?? '';
  if (token !== '') store.clientTokens.set(token, payloadOf(parameters));
}

const payloadOf = (parameters: Parameters): string =>
  JSON.stringify(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)));
