import type { EmulatedRequest } from './emulated-request.ts';
import type { FaultKind } from './fault.ts';
import { idsInGroupList } from './group-list.ts';
import type { Parameters } from './operation.ts';
import { listParameter } from './parameters.ts';

/** What the emulator noted about one call. */
export interface LoggedCall {
  /** From 1, in order of arrival. */
  readonly n: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly action: string;
  /** The contact or aggregator that the call names. */
  readonly owner: string | undefined;
  /** Members of a contact call, accounts of an aggregator's list, in their order. */
  readonly members: readonly string[];
  readonly parameters: Parameters;
  readonly fault: FaultKind | undefined;
  /** Of the answer that was sent; undefined when none was. */
  readonly status: number | undefined;
  /** The error code that was sent, or that refused a write whose answer was lost. */
  readonly code: string | undefined;
  /** A write that took effect; for `late` it becomes true when it does. Never true for reads and replayed tokens. */
  readonly applied: boolean;
}

export type OpenCall = { -readonly [Key in keyof LoggedCall]: LoggedCall[Key] };

export class CallLog {
  readonly #calls: OpenCall[] = [];

  open(request: EmulatedRequest, at: number): OpenCall {
    const { action, parameters } = request;
    const call: OpenCall = {
      n: this.#calls.length + 1,
      at,
      action,
      owner: parameters['ContactId'] ?? parameters['AggregatorId'],
      members: membersCarried(parameters),
      parameters,
      fault: undefined,
      status: undefined,
      code: undefined,
      applied: false,
    };
    this.#calls.push(call);
    return call;
  }

  list(): readonly LoggedCall[] {
    return this.#calls;
  }

  clear(): void {
    this.#calls.length = 0;
  }
}

function membersCarried(parameters: Parameters): readonly string[] {
  const list = parameters['AggregatorAccounts'];
  return list === undefined ? listParameter(parameters, 'Members') : idsInGroupList(list);
}
