import type { RpcCall, RpcRequest } from '../../cloud/rpc-call.ts';
import { CloudCallError, type CloudFailure } from '../../model/cloud-failure.ts';
import { HaltedError, type HaltSwitch } from '../../model/halt.ts';
import type { Clock } from '../../model/ports.ts';
import type { DiagnosedPermission } from '../../report/diagnosis.ts';

type Service = RpcRequest['service'];

/** One call that was tried. */
export interface Probed {
  readonly service: Service;
  readonly action: string;
  readonly elapsedMs: number;
  /** The service's clock less ours, to the second; undefined when the answer was not dated. */
  readonly skewMs: number | undefined;
  /** Undefined when it succeeded. */
  readonly failure: CloudFailure | undefined;
}

/** Watches every call on its way: what doctor tells of endpoints, clock and permissions comes from here. */
export class Probe {
  readonly tried: Probed[] = [];
  readonly call: RpcCall;

  constructor(call: RpcCall, clock: Clock, halt: HaltSwitch) {
    this.call = async (request) => {
      if (halt.reason !== undefined) throw new HaltedError(halt.reason);
      const startedAt = clock.monotonic();
      const note = (failure: CloudFailure | undefined, serverTimeMs: number | undefined): void => {
        const elapsedMs = clock.monotonic() - startedAt;
        const half = clock.now() - elapsedMs / 2;
        const skewMs = serverTimeMs === undefined ? undefined : serverTimeMs - half;
        const { service, action } = request;
        this.tried.push({ service, action, elapsedMs, skewMs, failure });
      };
      try {
        const response = await call(request);
        note(undefined, response.serverTimeMs);
        return response;
      } catch (error) {
        if (error instanceof CloudCallError) note(error.failure, error.serverTimeMs);
        throw error;
      }
    };
  }

  /** @returns undefined when the call failed: that it did stands in {@link tried} */
  async try<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof CloudCallError) return undefined;
      throw error;
    }
  }

  answered(service: Service): readonly Probed[] {
    return this.tried.filter((one) => one.service === service && hasAnswer(one));
  }
}

const hasAnswer = ({ failure }: Probed): boolean => failure === undefined || failure.httpStatus !== undefined;

const RAM_NAMES: Readonly<Record<Service, string>> = {
  directory: 'resourcemanager',
  config: 'config',
  sts: 'sts',
};

/** What a plan reads, then what an apply writes. Source: facts on RAM permissions. */
const NEEDED: readonly (readonly [Service, string])[] = [
  ['directory', 'GetResourceDirectory'],
  ['directory', 'ListAccounts'],
  ['directory', 'ListFoldersForParent'],
  ['directory', 'GetFolder'],
  ['directory', 'ListMessageContacts'],
  ['directory', 'GetMessageContact'],
  ['config', 'ListAggregators'],
  ['config', 'GetAggregator'],
  ['directory', 'AssociateMembers'],
  ['directory', 'DisassociateMembers'],
  ['config', 'UpdateAggregator'],
];

/** Probed with reads only: whether a write is allowed shows when it is made. */
export function permissionsIn(tried: readonly Probed[]): readonly DiagnosedPermission[] {
  return NEEDED.map(([service, name]) => {
    const action = `${RAM_NAMES[service]}:${name}`;
    const probed = tried.find((one) => one.action === name);
    if (probed === undefined) return { action, status: 'not-tried' };
    if (probed.failure === undefined) return { action, status: 'allowed' };
    const { class: failureClass, code } = probed.failure;
    return { action, status: failureClass === 'permission' ? 'denied' : 'unknown', code };
  });
}
