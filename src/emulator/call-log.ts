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

/** An emulator that runs for days must not grow; so many calls of each directory are kept at least. */
const CALLS_KEPT = 50_000;

export class CallLog {
  #calls: OpenCall[] = [];
  #count = 0;

  open(request: EmulatedRequest, at: number): OpenCall {
    const { action, parameters } = request;
    this.#count += 1;
    this.#forgetOldest();
    const call: OpenCall = {
      n: this.#count,
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

  /** In order of arrival; of very many, the latest. */
  list(): readonly LoggedCall[] {
    return this.#calls;
  }

  clear(): void {
    this.#calls = [];
    this.#count = 0;
  }

  /** By the half, so that it is seldom. */
  #forgetOldest(): void {
    if (this.#calls.length >= 2 * CALLS_KEPT) this.#calls = this.#calls.slice(CALLS_KEPT);
  }
}

function membersCarried(parameters: Parameters): readonly string[] {
  const list = parameters['AggregatorAccounts'];
  return list === undefined ? listParameter(parameters, 'Members') : idsInGroupList(list);
}
