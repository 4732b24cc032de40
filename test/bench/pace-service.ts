import { ApiError, RETRY_AFTER_HEADER } from '../../src/emulator/api-error.ts';
import { EmulatedCloud } from '../../src/emulator/emulated-cloud.ts';
import type { Delivery, EmulatedRequest } from '../../src/emulator/emulated-request.ts';
import type { EmulatorState } from '../../src/emulator/state.ts';
import { stateFrom } from '../../src/emulator/state-file.ts';

/** How a service holds back whoever writes too much at once. */
export interface Service {
  readonly name: string;
  readonly lockScope?: 'directory' | 'contact' | 'none';
  /** Writes that it takes at once; the emulator has no such cap, so the bench's own wrapper adds it. */
  readonly cap?: number;
  readonly callsPerSecond?: number;
  /** Whether a throttled caller is told when to come back. */
  readonly hint?: boolean;
}

export const SERVICES: readonly Service[] = [
  { name: 'directory-wide lock', lockScope: 'directory' },
  { name: 'lock per contact', lockScope: 'contact' },
  { name: 'no lock' },
  { name: '4 writes at once', cap: 4 },
  { name: '10 calls a second, with retry-after', callsPerSecond: 10, hint: true },
  { name: '10 calls a second, without', callsPerSecond: 10, hint: false },
];

export const LATENCY_MS = 50;
export const CALLS_PER_CONTACT = 5;
const MEMBERS_PER_CALL = 5;

const accountIds = Array.from(
  { length: CALLS_PER_CONTACT * MEMBERS_PER_CALL },
  (_, index) => `17380845${String(10_000_000 + index)}`,
);

/** The members of each call of a contact: all of its calls together bind every account. */
export const CHUNKS: readonly (readonly string[])[] = Array.from({ length: CALLS_PER_CONTACT }, (_, index) =>
  accountIds.slice(index * MEMBERS_PER_CALL, (index + 1) * MEMBERS_PER_CALL),
);

export const contactIds = (calls: number): string[] =>
  Array.from({ length: calls / CALLS_PER_CONTACT }, (_, index) => `c-${String(index).padStart(16, '0')}`);

/** A directory whose contacts have no bindings yet, with quotas that let them have as many as the bench binds. */
export function stateOf({ lockScope = 'none', callsPerSecond }: Service, calls: number): EmulatorState {
  return stateFrom({
    directory: {
      id: 'rd-3mNq8W',
      rootFolderId: 'r-Zo0kQ1',
      managementAccount: { id: '1000000000000001', name: 'Holding' },
    },
    accounts: accountIds.map((id, index) => ({ id, name: `account-${index}` })),
    contacts: contactIds(calls).map((id) => ({ id, name: id })),
    quotas: {
      targetsPerContact: String(accountIds.length),
      contacts: String(calls),
      ...(callsPerSecond === undefined ? {} : { callsPerSecond: String(callsPerSecond) }),
    },
    behaviour: { lockScope, latencyMs: String(LATENCY_MS), lockMs: String(LATENCY_MS) },
  });
}

/** The emulator, with what it lacks: a cap of writes at once, and throttling that names no delay. */
export class LimitedCloud extends EmulatedCloud {
  readonly #service: Service;
  readonly #now: () => number;
  #busyUntil: number[] = [];

  constructor(service: Service, calls: number, now: () => number) {
    super(stateOf(service, calls), { now });
    this.#service = service;
    this.#now = now;
  }

  override receive(request: EmulatedRequest): Delivery {
    const { cap = Number.POSITIVE_INFINITY, hint } = this.#service;
    const now = this.#now();
    this.#busyUntil = this.#busyUntil.filter((until) => until > now);
    if (this.#busyUntil.length >= cap)
      return this.refuse(request, new ApiError('ConcurrentCallNotSupported'));
    this.#busyUntil.push(now + LATENCY_MS);
    const delivery = super.receive(request);
    return hint === false ? withoutHint(delivery) : delivery;
  }
}

function withoutHint(delivery: Delivery): Delivery {
  if (delivery.kind !== 'answer') return delivery;
  const { [RETRY_AFTER_HEADER]: _, ...headers } = delivery.headers;
  return { ...delivery, headers };
}
