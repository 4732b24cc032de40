import { admit } from './admission.ts';
import { ApiError } from './api-error.ts';
import { CallLog, type LoggedCall, type OpenCall } from './call-log.ts';
import { verifyContact } from './contact-verification.ts';
import type { Delivery, EmulatedRequest } from './emulated-request.ts';
import type { Fault } from './fault.ts';
import { FaultBook } from './fault-book.ts';
import { deliver, reachOf, replyInstead } from './fault-outcome.ts';
import { halfOf } from './half-change.ts';
import { KeyRing } from './key-ring.ts';
import { seededRandom, uuidFrom } from './random.ts';
import { empty, inFormat, type Reply, refusal } from './reply.ts';
import { type AdmittedCall, Services } from './services.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import type { EmulatedAccount, EmulatorState } from './state.ts';
import { faultsFrom } from './state-file.ts';

export interface EmulatorEffects {
  /** Milliseconds since 1970. */
  now(): number;
  /** Uniform in [0, 1); left out: from the state's seed. */
  random?: (() => number) | undefined;
  /** Who may call; left out: whom the state names. */
  keys?: KeyRing | undefined;
}

/**
 * Both services as one value: a call goes in, what reaches the client comes out. No sockets, no timers, no clock of
 * its own: who holds it decides what the time is and waits out the delays.
 */
export class EmulatedCloud {
  readonly #initial: EmulatorState;
  readonly #effects: EmulatorEffects;
  readonly #keys: KeyRing;
  readonly #log = new CallLog();
  #random: () => number;
  #services: Services;
  #faults: FaultBook;

  constructor(state: EmulatorState, effects: EmulatorEffects) {
    this.#initial = state;
    this.#effects = effects;
    this.#keys = effects.keys ?? new KeyRing([state]);
    this.#random = effects.random ?? seededRandom(state.seed);
    this.#services = new Services(state, this.#keys);
    this.#faults = new FaultBook(state.faults, () => this.#random());
  }

  /** One call. A write that takes effect does so at this instant, unless a fault makes it late. */
  receive(request: EmulatedRequest): Delivery {
    const entry = this.#log.open(request, this.#present());
    const requestId = uuidFrom(this.#random);
    const action = admit(request, this.#keys);
    if (action instanceof ApiError) return this.#send(entry, refusal(action, requestId), request);
    const fault = this.#faults.meet(entry);
    entry.fault = fault?.kind;
    const own = this.#reach(
      { action, parameters: request.parameters, caller: request.accessKeyId, requestId, entry },
      fault,
    );
    return this.#send(entry, (fault && replyInstead(fault, requestId)) ?? own, request, fault);
  }

  /** Notes and answers a call that the gateway turned away, for example for its signature. */
  refuse(request: EmulatedRequest, error: ApiError): Delivery {
    const entry = this.#log.open(request, this.#present());
    return this.#send(entry, refusal(error, uuidFrom(this.#random)), request);
  }

  /** The present state, whatever reads show, with every late write that is due by now. */
  snapshot(): Snapshot {
    this.#present();
    return snapshotOf(this.#services.store);
  }

  /**
   * The present state as a state file has it, with its secrets and the faults that are still to come. What passes by
   * itself is not in it: locks, pending groups, late writes that are not due, calls, temporary keys.
   */
  presentState(): EmulatorState {
    const { credentials, roles } = this.#initial;
    return { ...this.snapshot(), credentials, roles, faults: this.#faults.remaining() };
  }

  /** Every call so far, in order of arrival. */
  calls(): readonly LoggedCall[] {
    this.#present();
    return this.#log.list();
  }

  /** @param written  one fault or a list, in the form of the state file. @throws StateFileError */
  addFaults(written: unknown): void {
    this.#faults.add(faultsFrom(written));
  }

  /** Back to the initial state: also forgets calls, late writes, locks and faults that were added. */
  reset(): void {
    this.#random = this.#effects.random ?? seededRandom(this.#initial.seed);
    this.#services = new Services(this.#initial, this.#keys);
    this.#faults = new FaultBook(this.#initial.faults, () => this.#random());
    this.#log.clear();
  }

  /** Somebody else sets a contact's bindings, past every check and lock. */
  setContactMembers(contactId: string, members: readonly string[]): void {
    const now = this.#present();
    const { store } = this.#services;
    const contact = store.contacts.get(contactId);
    if (contact === undefined) throw new ApiError('EntityNotExists.Contact');
    store.setTargets(contact, members, now);
  }

  /** Somebody else sets a CUSTOM group's accounts, past every check and without making it pending. */
  setAggregatorAccounts(aggregatorId: string, accountIds: readonly string[]): void {
    const now = this.#present();
    const { store } = this.#services;
    const aggregator = store.aggregators.get(aggregatorId);
    if (aggregator === undefined) throw new ApiError('Invalid.AggregatorId.Value');
    const accounts = accountIds.map((id) => ({ id, name: store.tree.nameOf(id) }));
    store.setContent(aggregator, { ...aggregator.content.present, accounts }, now);
  }

  /** The owner of a contact's addresses confirms them all. */
  verifyContact(contactId: string): void {
    this.#present();
    const contact = this.#services.store.contacts.get(contactId);
    if (contact === undefined) throw new ApiError('EntityNotExists.Contact');
    verifyContact(contact);
  }

  /** An account joins the directory or moves within it. */
  putAccount(account: EmulatedAccount): void {
    this.#present();
    this.#services.store.putAccount(account);
  }

  /** An account leaves the directory. */
  removeAccount(accountId: string): void {
    const now = this.#present();
    this.#services.store.removeAccount(accountId, now);
  }

  #present(): number {
    const now = this.#effects.now();
    this.#services.catchUp(now);
    return now;
  }

  /** Lets the call get as far as the fault allows, and gives the service's own answer. */
  #reach(call: AdmittedCall, fault: Fault | undefined): Reply {
    const { at } = call.entry;
    switch (fault === undefined ? 'applied' : reachOf(fault)) {
      case 'not-applied':
        return NO_REPLY;
      case 'applied-later':
        this.#services.runLater(call, at + (fault?.delayMs ?? 0));
        return NO_REPLY;
      case 'half-applied':
        return this.#services.run({ ...call, parameters: halfOf(call.parameters, this.#services.store) }, at);
      case 'applied':
        return this.#services.run(call, at);
    }
  }

  #send(entry: OpenCall, own: Reply, { action, format }: EmulatedRequest, fault?: Fault): Delivery {
    const reply = inFormat(own, format, action);
    const delivery = deliver(fault, reply, this.#initial.behaviour.latencyMs);
    if (delivery.kind === 'answer') {
      entry.status = reply.status;
      entry.code = reply.code ?? entry.code;
    }
    return delivery;
  }
}

/** Of a call whose own answer is not made or never sent. */
const NO_REPLY = empty(0, '');
