import { LosslessNumber } from 'lossless-json';
import { ACCOUNT_TYPE, AGGREGATOR_STATUS } from '../wire/cloud-config.ts';
import { ApiError } from './api-error.ts';
import { found, type OperationCall, type OperationResult, type Parameters } from './operation.ts';
import { tokenPage } from './paging.ts';
import type { Store, StoredAggregator } from './store.ts';

export function listAggregators(call: OperationCall): OperationResult {
  const { parameters, store } = call;
  if (!parameters['MaxResults']) throw new ApiError('MissingParameter.MaxResults');
  const cap = store.state.behaviour.maxPageSize;
  const page = tokenPage([...store.aggregators.values()], parameters, cap, 'aggregators');
  return found({
    AggregatorsResult: {
      NextToken: page.nextToken,
      Aggregators: page.items.map((aggregator) => wireAggregator(aggregator, call)),
    },
  });
}

export function getAggregator(call: OperationCall): OperationResult {
  const { parameters, store, now } = call;
  const aggregator = requiredAggregator(parameters, store);
  const { joined } = aggregator.content.visibleAt(now);
  const isBuilding = (id: string): boolean => now < aggregator.pendingUntil && joined.has(id);
  const accounts = store.accountsOf(aggregator, now).map(({ id, name }) => ({
    AccountId: new LosslessNumber(id),
    AccountName: name,
    AccountType: ACCOUNT_TYPE,
    RecorderStatus: isBuilding(id) ? 'BUILDING' : 'REGISTERED',
  }));
  const about = { ...wireAggregator(aggregator, call), ...folderNames(aggregator, call) };
  return found({ Aggregator: { ...about, AggregatorAccounts: accounts } });
}

/** @throws ApiError  the service does not tell an unknown id from a forbidden or missing one */
export function requiredAggregator(parameters: Parameters, store: Store): StoredAggregator {
  const aggregator = store.aggregators.get(parameters['AggregatorId'] ?? '');
  if (aggregator === undefined) throw new ApiError('Invalid.AggregatorId.Value');
  return aggregator;
}

/** Of a FOLDER group, in the order of its FolderId. */
function folderNames({ about, content }: StoredAggregator, { store, now }: OperationCall): object {
  if (about.type !== 'FOLDER') return {};
  const names = content.visibleAt(now).folders.map((id) => store.tree.folder(id)?.name ?? 'Root');
  return { FolderName: names.join(',') };
}

function wireAggregator(aggregator: StoredAggregator, { store, now }: OperationCall): object {
  const content = aggregator.content.visibleAt(now);
  return {
    AggregatorId: aggregator.about.id,
    AggregatorName: content.name,
    Description: content.description,
    AggregatorType: aggregator.about.type,
    AggregatorStatus: now < aggregator.readyAt ? AGGREGATOR_STATUS.creating : AGGREGATOR_STATUS.normal,
    AggregatorAccountCount: store.accountsOf(aggregator, now).length,
    AggregatorCreateTimestamp: aggregator.createdAt,
    AccountId: new LosslessNumber(store.tree.directory.managementAccount.id),
    ...(aggregator.about.type === 'FOLDER' ? { FolderId: content.folders.join(',') } : {}),
  };
}
