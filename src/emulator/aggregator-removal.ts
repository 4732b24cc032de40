import { ApiError } from './api-error.ts';
import { oncePerToken } from './client-token.ts';
import type { OperationCall, OperationResult } from './operation.ts';

/** Each group for itself: what cannot be deleted is told inside an answer of success (documented). */
export function deleteAggregators(call: OperationCall): OperationResult {
  const ids = (call.parameters['AggregatorIds'] ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw new ApiError('Invalid.AggregatorIds.Empty');
  return oncePerToken(call, 'DeleteAggregators', () => ({
    OperateAggregatorsResult: { OperateAggregators: ids.map((id) => deleteOne(id, call)) },
  }));
}

/** That a group can be deleted while an update of it is pending is inferred. */
function deleteOne(AggregatorId: string, { store }: OperationCall): object {
  const group = store.aggregators.get(AggregatorId);
  const refused = (ErrorCode: string): object => ({ AggregatorId, ErrorCode, Success: false });
  if (group === undefined) return refused('Invalid.AggregatorId.Value');
  if (group.about.builtIn) return refused('DefaultAggregatorDeleteNotSupport');
  store.aggregators.delete(AggregatorId);
  return { AggregatorId, Success: true };
}
