import { ask } from './answer.ts';
import { textIn } from './fields.ts';
import type { RpcCall } from './rpc-call.ts';

/** Who the service says that the caller is. */
export interface CallerIdentity {
  /** `Account`, `RAMUser` or `AssumedRoleUser`. */
  readonly type: string;
  readonly accountId: string;
  /** Names the user or role; names are the cloud's text. */
  readonly arn: string;
}

/** Needs no permission. Source: STS GetCallerIdentity page. @throws CloudCallError */
export function getCallerIdentity(call: RpcCall): Promise<CallerIdentity> {
  return ask(call, { service: 'sts', action: 'GetCallerIdentity' }, (body) => ({
    type: textIn(body, 'IdentityType'),
    accountId: textIn(body, 'AccountId'),
    arn: textIn(body, 'Arn'),
  }));
}
