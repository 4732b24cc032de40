import { LosslessNumber } from 'lossless-json';
import { ACCOUNT_TYPE, AGGREGATOR_STATUS } from '../wire/cloud-config.ts';
import { ApiError } from './api-error.ts';
import { found, type OperationCall, type OperationResult, type Parameters } from './operation.ts';
import { tokenPage } from './paging.ts';
import type { Store, StoredAggregator } from './store.ts';

const FIRST_AGGREGATOR_CREATED = Date.UTC(2023, 0, 1);

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
  return found({ Aggregator: { ...wireAggregator(aggregator, call), AggregatorAccounts: accounts } });
}

/** @throws ApiError  the service does not tell an unknown id from a forbidden or missing one */
export function requiredAggregator(parameters: Parameters, store: Store): StoredAggregator {
  const aggregator = store.aggregators.get(parameters['AggregatorId'] ?? '');
  if (aggregator === undefined) throw new ApiError('Invalid.AggregatorId.Value');
  return aggregator;
}

function wireAggregator(aggregator: StoredAggregator, { store, now }: OperationCall): object {
  const content = aggregator.content.visibleAt(now);
  return {
    AggregatorId: aggregator.about.id,
    AggregatorName: content.name,
    Description: content.description,
    AggregatorType: aggregator.about.type,
    AggregatorStatus: AGGREGATOR_STATUS.normal,
    AggregatorAccountCount: store.accountsOf(aggregator, now).length,
    AggregatorCreateTimestamp: FIRST_AGGREGATOR_CREATED + aggregator.position * 1000,
    AccountId: new LosslessNumber(store.tree.directory.managementAccount.id),
    ...(aggregator.about.type === 'FOLDER' ? { FolderId: content.folders.join(',') } : {}),
  };
}
