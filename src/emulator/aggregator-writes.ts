import { requiredAggregator } from './aggregator-reads.ts';
import { ApiError } from './api-error.ts';
import { oncePerToken } from './client-token.ts';
import { readGroupList } from './group-list.ts';
import type { OperationCall, OperationResult } from './operation.ts';
import type { AggregatorMember } from './state.ts';
import type { GroupContent, Store, StoredAggregator } from './store.ts';

/**
 * Replaces the member list (inferred from tests of the official Terraform provider), or leaves it when the parameter
 * is left out (documented).
 */
export function updateAggregator(call: OperationCall): OperationResult {
  const { parameters, store, now } = call;
  const aggregator = requiredAggregator(parameters, store);
  return oncePerToken(call, 'UpdateAggregator', () => {
    if (!call.late && now < aggregator.pendingUntil) throw new ApiError('AggregatorAlreadyPending');
    store.setContent(aggregator, asAsked(aggregator, call), now);
    aggregator.pendingUntil = now + store.state.behaviour.pendingMs;
    return { AggregatorId: aggregator.about.id };
  });
}

/** @throws ApiError  when another group of the account has it */
export function checkGroupName(name: string, store: Store, self?: StoredAggregator): void {
  const others = [...store.aggregators.values()].filter((other) => other !== self);
  if (others.some((other) => other.content.present.name === name)) {
    throw new ApiError('AggregatorNameDuplicated');
  }
}

/** The accounts that a call states for a CUSTOM group. @throws ApiError */
export function statedAccounts(text: string, { store }: OperationCall): readonly AggregatorMember[] {
  const { quotas, behaviour } = store.state;
  return readGroupList(text, store.tree, { limit: quotas.accountsPerAggregator, ...behaviour });
}

function asAsked(aggregator: StoredAggregator, call: OperationCall): Omit<GroupContent, 'joined'> {
  const { parameters, store } = call;
  const { present } = aggregator.content;
  const name = parameters['AggregatorName'] ?? present.name;
  checkGroupName(name, store, aggregator);
  return {
    name,
    description: parameters['Description'] ?? present.description,
    accounts: accountsAsAsked(aggregator, call),
    folders: foldersAsAsked(aggregator, call),
  };
}

function accountsAsAsked(aggregator: StoredAggregator, call: OperationCall): readonly AggregatorMember[] {
  const text = call.parameters['AggregatorAccounts'] ?? '';
  if (text === '') return aggregator.content.present.accounts;
  // Inferred: only CUSTOM groups take a list; which code the others answer with is not documented.
  if (aggregator.about.type !== 'CUSTOM') throw new ApiError('Invalid.AggregatorAccounts.Value');
  return statedAccounts(text, call);
}

function foldersAsAsked(aggregator: StoredAggregator, { parameters, store }: OperationCall) {
  const text = parameters['FolderId'] ?? '';
  if (text === '' || aggregator.about.type !== 'FOLDER') return aggregator.content.present.folders;
  const folders = text.split(',');
  if (!folders.every((id) => store.tree.isFolder(id))) throw new ApiError('EntityNotExists.Folder');
  return folders;
}
