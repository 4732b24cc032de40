import { ApiError } from './api-error.ts';
import { EmulatedCloud } from './emulated-cloud.ts';
import type { Delivery, EmulatedRequest } from './emulated-request.ts';
import { type HttpCall, mergedParameters } from './http-call.ts';
import { KeyRing } from './key-ring.ts';
import { requestOf } from './request-of.ts';
import { SignatureCheck } from './signature.ts';
import type { EmulatedCredential, EmulatorState } from './state.ts';

/** One directory of the process, and the check of who calls it. */
interface Place {
  readonly cloud: EmulatedCloud;
  readonly state: EmulatorState;
  readonly signatures: SignatureCheck;
  readonly now: () => number;
}

/** A call as it was answered, refused ones among them. */
export interface ReceivedCall {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly directoryId: string;
  readonly request: EmulatedRequest;
  readonly delivery: Delivery;
}

/** Takes a call apart, finds the directory of its access key, and lets it through or turns it away. */
export class Gateway {
  readonly keys: KeyRing;
  readonly #places: ReadonlyMap<string, Place>;
  readonly #first: Place;
  readonly #record: ((call: ReceivedCall) => void) | undefined;

  /**
   * @param states  at least one, with distinct directory ids and access keys (`readStates` sees to that)
   * @param clockFrom  the clock of a directory whose state has this `now`; undefined there: the real time
   * @param record  is told of every call of a service, in the order of arrival
   */
  constructor(
    states: readonly EmulatorState[],
    clockFrom: (start: number | undefined) => () => number,
    record?: (call: ReceivedCall) => void,
  ) {
    this.#record = record;
    this.keys = new KeyRing(states);
    const places = states.map((state) => openPlace(state, this.keys, clockFrom(state.behaviour.now)));
    this.#places = new Map(places.map((place) => [place.state.directory.id, place]));
    const [first] = places;
    if (first === undefined) throw new Error('an emulator needs at least one directory');
    this.#first = first;
  }

  /** In the order of the state file. */
  get directoryIds(): readonly string[] {
    return [...this.#places.keys()];
  }

  /** @param directoryId  left out: the first one. @returns undefined when there is no such directory */
  cloudOf(directoryId?: string): EmulatedCloud | undefined {
    return directoryId === undefined ? this.#first.cloud : this.#places.get(directoryId)?.cloud;
  }

  /** The present state of every directory, in the order of the state file. */
  presentStates(): readonly EmulatorState[] {
    return [...this.#places.values()].map(({ cloud }) => cloud.presentState());
  }

  /** A key that the state file gives to a directory, the first one of each. @param directoryId  as in `cloudOf` */
  keysOf(directoryId?: string): EmulatedCredential | undefined {
    const place = directoryId === undefined ? this.#first : this.#places.get(directoryId);
    return place?.state.credentials[0];
  }

  /** A call of either service. One whose key nobody has is noted by the first directory. */
  receive(call: HttpCall): Delivery {
    const place = this.#placeOf(call);
    const request = requestOf(call, place.state.behaviour);
    const at = place.now();
    const delivery = deliver(place, call, request);
    this.#record?.({ at, directoryId: place.state.directory.id, request, delivery });
    return delivery;
  }

  /** Every directory back to its initial state. */
  reset(): void {
    this.keys.reset();
    for (const { cloud } of this.#places.values()) cloud.reset();
  }

  #placeOf(call: HttpCall): Place {
    if (this.#places.size === 1) return this.#first;
    const directoryId = this.keys.find(claimedKey(call))?.directoryId;
    return this.#places.get(directoryId ?? '') ?? this.#first;
  }
}

function openPlace(state: EmulatorState, keys: KeyRing, now: () => number): Place {
  return { state, now, cloud: new EmulatedCloud(state, { now, keys }), signatures: new SignatureCheck(keys) };
}

function deliver(
  { cloud, state, signatures, now }: Place,
  call: HttpCall,
  request: EmulatedRequest,
): Delivery {
  if (call.method !== 'GET' && call.method !== 'POST')
    return cloud.refuse(request, new ApiError('UnsupportedHTTPMethod'));
  if (call.path !== '/')
    return cloud.refuse(request, new ApiError('InvalidAction.NotFound', 'The path is /.'));
  if (!state.behaviour.verifySignature) return cloud.receive(request);
  try {
    return cloud.receive({ ...request, accessKeyId: signatures.verify(call, now()) });
  } catch (error) {
    if (error instanceof ApiError) return cloud.refuse(request, error);
    throw error;
  }
}

/** Who says to have signed; whether that is so is checked later. */
function claimedKey(call: HttpCall): string {
  const [, inHeader] = /\bCredential=([^,\s]+)/.exec(call.headers['authorization'] ?? '') ?? [];
  return inHeader ?? mergedParameters(call)['AccessKeyId'] ?? '';
}
