import { ApiError, RETRY_AFTER_HEADER } from './api-error.ts';
import type { OpenCall } from './call-log.ts';
import { CallRate } from './call-rate.ts';
import type { KeyRing } from './key-ring.ts';
import type { OperationCall, Parameters } from './operation.ts';
import type { KnownAction } from './operations.ts';
import { type Reply, refusal, success } from './reply.ts';
import type { EmulatorState } from './state.ts';
import { Store } from './store.ts';
import { WriteLock } from './write-lock.ts';

/** A call that the gateway let through. */
export interface AdmittedCall {
  readonly action: KnownAction;
  readonly parameters: Parameters;
  /** The access key id of who signed it. */
  readonly caller: string | undefined;
  readonly requestId: string;
  /** Its entry in the log, which learns what came of it. */
  readonly entry: OpenCall;
}

interface LateCall {
  readonly call: AdmittedCall;
  readonly dueAt: number;
}

/** Both services behind the gateway: state, flow control, the lock of writes, and writes that are still to come. */
export class Services {
  readonly store: Store;
  readonly #keys: KeyRing;
  readonly #rate: CallRate;
  readonly #lock: WriteLock;
  #late: LateCall[] = [];

  constructor(state: EmulatorState, keys: KeyRing) {
    this.store = new Store(state);
    this.#keys = keys;
    this.#rate = new CallRate(state.quotas.callsPerSecond);
    this.#lock = new WriteLock(state.behaviour);
  }

  run(call: AdmittedCall, now: number): Reply {
    return this.#answer(call, () => {
      this.#checkRate(now);
      this.#checkLock(call, now);
      return this.#prepared(call, now);
    });
  }

  /** Lets the call take effect at that instant, whatever refuses new calls by then. */
  runLater(call: AdmittedCall, dueAt: number): void {
    this.#late.push({ call, dueAt });
  }

  /** Runs what is due, in the order in which it falls due, and lets go of what is to be gone by now. */
  catchUp(now: number): void {
    this.store.catchUp(now);
    if (this.#late.length === 0) return;
    const due = this.#late.filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt);
    this.#late = this.#late.filter(({ dueAt }) => dueAt > now);
    for (const { call, dueAt } of due) {
      this.#answer(call, () => ({ ...this.#prepared(call, dueAt), late: true }));
    }
  }

  #prepared({ parameters, caller }: AdmittedCall, now: number): OperationCall {
    return { parameters, store: this.store, keys: this.#keys, caller, now };
  }

  #answer({ action, entry, requestId }: AdmittedCall, prepare: () => OperationCall): Reply {
    try {
      const prepared = prepare();
      const result = action.run(prepared);
      if (action.locks) this.#lock.take(prepared.parameters['ContactId'] ?? '', prepared.now);
      entry.applied = result.applied;
      return success(result.body, requestId);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      entry.code = error.code;
      return refusal(error, requestId);
    }
  }

  #checkRate(now: number): void {
    const waitMs = this.#rate.take(now);
    if (waitMs > 0)
      throw new ApiError('Throttling.User', undefined, { [RETRY_AFTER_HEADER]: String(waitMs) });
  }

  #checkLock({ action, parameters }: AdmittedCall, now: number): void {
    if (action.locks && this.#lock.isHeld(parameters['ContactId'] ?? '', now)) {
      throw new ApiError('ConcurrentCallNotSupported');
    }
  }
}
