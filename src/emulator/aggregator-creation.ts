import { AGGREGATOR_TYPES } from '../wire/cloud-config.ts';
import { checkGroupName, statedAccounts } from './aggregator-writes.ts';
import { ApiError } from './api-error.ts';
import { oncePerToken } from './client-token.ts';
import type { OperationCall, OperationResult } from './operation.ts';
import type { AggregatorType, EmulatedAggregator } from './state.ts';

/** The new group is "creating", and its accounts are being built, as long as an update would be pending. */
export function createAggregator(call: OperationCall): OperationResult {
  const { store, now } = call;
  return oncePerToken(call, 'CreateAggregator', () => {
    const { freshIds, aggregators } = store;
    const group = groupAsAsked(call);
    checkRoom(group.type, call);
    const id = freshIds.unused(freshIds.aggregator, (taken) => aggregators.has(taken));
    store.addAggregator({ ...group, id, created: now }, now, now + store.state.behaviour.pendingMs);
    return { AggregatorId: id };
  });
}

function groupAsAsked(call: OperationCall): Omit<EmulatedAggregator, 'id'> {
  const { parameters, store } = call;
  const name = parameters['AggregatorName'] ?? '';
  if (name === '') throw new ApiError('Invalid.AggregatorName.Empty');
  checkGroupName(name, store);
  const type = typeAsAsked(parameters['AggregatorType'] ?? '');
  return {
    name,
    type,
    description: parameters['Description'] ?? '',
    accounts: type === 'CUSTOM' ? requiredAccounts(call) : [],
    folders: type === 'FOLDER' ? requiredFolders(call) : [],
  };
}

function typeAsAsked(text: string): AggregatorType {
  const type = AGGREGATOR_TYPES.find((known) => known === (text === '' ? 'CUSTOM' : text));
  if (type === undefined) throw new ApiError('Invalid.AggregatorType.Value');
  return type;
}

/** The RD group counts, and there is one of it (documented; the code for a second one is inferred). */
function checkRoom(type: AggregatorType, { store }: OperationCall): void {
  const others = [...store.aggregators.values()];
  const isSecond = type === 'RD' && others.some(({ about }) => about.type === 'RD');
  if (isSecond || others.length >= store.state.quotas.aggregators)
    throw new ApiError('AggregatorExceedMaxCount');
}

function requiredAccounts(call: OperationCall) {
  const text = call.parameters['AggregatorAccounts'] ?? '';
  if (text === '') throw new ApiError('Invalid.AggregatorAccounts.Empty');
  return statedAccounts(text, call);
}

/** Comma-separated on the page; the guide says one folder that is not empty. */
function requiredFolders({ parameters, store }: OperationCall): readonly string[] {
  const text = parameters['FolderId'] ?? '';
  if (text === '') throw new ApiError('Invalid.FolderId.Empty');
  const folders = text.split(',');
  if (!folders.every((id) => store.tree.isFolder(id))) throw new ApiError('Invalid.FolderId.Value');
  return folders;
}
