import type { RpcRequest } from '../../src/cloud/rpc-call.ts';
import type { EmulatedCloud } from '../../src/emulator/emulated-cloud.ts';
import type { BindingChange, Plan } from '../../src/model/plan.ts';
import type { TargetResult } from '../../src/model/target-result.ts';
import { DIRECTORY, ROOT } from './random-world.ts';

/** Bindings and memberships by owner, as the service holds them. */
type Holdings = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Watches the emulated service from outside and holds every change of it against what the tool may do.
 * It computes coverage and effects on its own, from the emulator's state, and uses none of the tool's code.
 */
export class Referee {
  readonly violations: string[] = [];
  /** Foreign additions lost in the one round trip between our reading and our write. */
  lostInTheWindow = 0;
  readonly #cloud: EmulatedCloud;
  #holdings: Holdings;
  #plan: Plan | undefined;
  #wantedAfter: Holdings = new Map();
  readonly #foreignKeys = new Set<string>();
  readonly #foreignAccounts = new Set<string>();
  readonly #foreignAddedAt = new Map<string, number>();
  readonly #lastReadAt = new Map<string, number>();
  /** What each owner held when the run read it last. */
  readonly #lastShown = new Map<string, ReadonlySet<string>>();
  readonly #inFlight = new Map<string, number>();

  readonly #bound: number;
  #together = 0;

  /** @param bound  calls that may be in flight at once, whatever they are */
  constructor(cloud: EmulatedCloud, bound: number) {
    this.#cloud = cloud;
    this.#bound = bound;
    this.#holdings = holdingsOf(cloud);
  }

  /** A plan is about to be applied. */
  starting(plan: Plan): void {
    this.#plan = plan;
    const after = new Map([...this.#holdings].map(([owner, members]) => [owner, new Set(members)]));
    for (const change of plan.changes) {
      const owner = change.kind === 'contact' ? change.contactId : change.aggregatorId;
      const member = change.kind === 'contact' ? change.target.id : change.accountId;
      if (change.action === 'bind' || change.action === 'add-account') after.get(owner)?.add(member);
      else after.get(owner)?.delete(member);
    }
    this.#wantedAfter = after;
  }

  /** The process is gone, and what it had in flight with it. */
  died(): void {
    this.#inFlight.clear();
    this.#together = 0;
  }

  leaving({ action, query, form }: RpcRequest): void {
    this.#together += 1;
    if (this.#together > this.#bound) this.#blame(`${this.#together} calls in flight with ${action}`);
    const owner = query?.['ContactId'] ?? form?.['AggregatorId'];
    if (owner === undefined || !WRITES.has(action)) return;
    const count = (this.#inFlight.get(owner) ?? 0) + 1;
    this.#inFlight.set(owner, count);
    if (count > 1) this.#blame(`two writes in flight for ${owner}`);
    const members = Object.entries(query ?? {}).filter(([key]) => key.startsWith('Members.'));
    const ids = members.map(([, id]) => id);
    if (ids.length > 5 || new Set(ids).size !== ids.length) this.#blame(`${action} with ${ids.join(' ')}`);
  }

  /** The service has just received a call of ours. */
  received({ action, query }: RpcRequest, at: number): void {
    this.look(action === 'UpdateAggregator' ? 'our update' : 'ours');
    const id = query?.['AggregatorId'];
    if (action === 'GetAggregator' && id !== undefined) this.#lastReadAt.set(id, at);
    const isShown = (owner: string): boolean =>
      action === 'ListMessageContacts' ? owner.startsWith('c-') : action === 'GetAggregator' && owner === id;
    for (const [owner, members] of this.#holdings) if (isShown(owner)) this.#lastShown.set(owner, members);
  }

  answered({ action, query, form }: RpcRequest): void {
    // What a process that died had in flight is answered, too.
    this.#together = Math.max(0, this.#together - 1);
    const owner = query?.['ContactId'] ?? form?.['AggregatorId'];
    if (owner !== undefined && WRITES.has(action))
      this.#inFlight.set(owner, (this.#inFlight.get(owner) ?? 1) - 1);
  }

  foreign(owner: string, member: string, at: number, write: () => void): void {
    this.look('ours');
    write();
    this.#foreignKeys.add(`${owner} ${member}`);
    this.#foreignAccounts.add(member);
    if (owner.startsWith('ca-')) this.#foreignAddedAt.set(`${owner} ${member}`, at);
    this.#holdings = holdingsOf(this.#cloud);
  }

  /** Holds what changed since the last look against the plan. */
  look(cause: 'ours' | 'our update'): void {
    const before = this.#holdings;
    this.#holdings = holdingsOf(this.#cloud);
    for (const [owner, members] of before) {
      const left = [...members].filter((member) => !this.#holdings.get(owner)?.has(member));
      for (const member of left) this.#removed(owner, member, before, cause);
    }
  }

  /** What a run reported, once every late write has landed. */
  reported(result: TargetResult): void {
    for (const change of result.plan?.changes ?? []) {
      const owner = change.kind === 'contact' ? change.contactId : change.aggregatorId;
      const member = change.kind === 'contact' ? change.target.id : change.accountId;
      if (this.#foreignKeys.has(`${owner} ${member}`) || this.#foreignAccounts.has(member)) continue;
      const adds = change.action === 'bind' || change.action === 'add-account';
      const isSo = (this.#holdings.get(owner)?.has(member) ?? false) === adds;
      const status = result.outcomes.get(change.id)?.status;
      if ((status === 'applied' || status === 'already') && !isSo)
        this.#blame(`${change.id} is ${status}, and is not so`);
      if (status === 'failed' && isSo) this.#blame(`${change.id} is failed, and is so`);
      if (status === 'failed' && this.#wasRefusedForAnother(result, change.id, member)) {
        this.#blame(`${change.id} failed because another member of its call was refused`);
      }
      if (result.exitCode === 0 && !isSo) this.#blame(`exit 0, and ${change.id} is not so`);
    }
  }

  /** In sync is said of all that was wanted and read, whoever has changed it. @param wanted  what the manifest lists */
  claimed({ exitCode, verification }: TargetResult, wanted: Holdings): void {
    if ((exitCode !== 0 && verification.status !== 'in-sync') || this.#lags()) return;
    for (const [owner, members] of wanted) {
      const missing = [...members].filter((member) => this.#lastShown.get(owner)?.has(member) === false);
      if (missing.length > 0) this.#blame(`in sync, and ${owner} was read without ${missing.join(' ')}`);
    }
  }

  blame(violation: string): void {
    this.#blame(violation);
  }

  #wasRefusedForAnother({ outcomes }: TargetResult, changeId: string, member: string): boolean {
    const outcome = outcomes.get(changeId);
    if (outcome?.status !== 'failed' || !MEMBER_CODES.has(outcome.code)) return false;
    return member.startsWith('fd-') || this.#accountsUnder(member).length > 0;
  }

  #removed(owner: string, member: string, before: Holdings, cause: 'ours' | 'our update'): void {
    const key = `${owner} ${member}`;
    const planned = this.#plan?.changes.some(
      ({ id }) => id === `unbind:${owner}:${member}` || id === `remove-account:${owner}:${member}`,
    );
    if (planned !== true) return this.#unplanned(owner, member, key, cause);
    if (owner.startsWith('c-')) this.#checkCoverage(owner, member, before);
  }

  #unplanned(owner: string, member: string, key: string, cause: 'ours' | 'our update'): void {
    const foreignAt = this.#foreignAddedAt.get(key);
    if (foreignAt === undefined) return this.#blame(`${member} left ${owner}, and no plan says so`);
    const readAt = this.#lastReadAt.get(owner) ?? Number.NEGATIVE_INFINITY;
    if (cause === 'our update' && foreignAt < readAt && !this.#lags()) {
      this.#blame(`${member} was added to ${owner} by somebody else before our reading, and dropped`);
    } else this.lostInTheWindow += 1;
  }

  #lags(): boolean {
    return this.#cloud.snapshot().behaviour.visibilityDelayMs > 0;
  }

  /** No account loses its last contact while the plan has one for it, unless the cap leaves no other order. */
  #checkCoverage(owner: string, member: string, before: Holdings): void {
    const wanted = this.#isSwap(owner, member) ? this.#wantedWithoutSwaps(owner) : this.#wantedAfter;
    for (const accountId of this.#accountsUnder(member)) {
      if (this.#foreignAccounts.has(accountId)) continue;
      const was = this.#isCovered(accountId, before);
      const is = this.#isCovered(accountId, this.#holdings);
      const willBe = this.#isCovered(accountId, wanted);
      if (was && !is && willBe)
        this.#blame(`${accountId} lost its last contact when ${owner} was unbound from ${member}`);
    }
  }

  /** At the cap, neither the contact's own additions nor those of other contacts at theirs can come first. */
  #wantedWithoutSwaps(owner: string): Holdings {
    const later = new Set(
      this.#plan?.contacts.flatMap(({ contactId, swaps }) =>
        swaps.flatMap(({ changes }) => changes.map(({ target }) => `${contactId} ${target.id}`)),
      ),
    );
    return new Map(
      [...this.#wantedAfter]
        .filter(([id]) => id !== owner)
        .map(([id, members]) => [id, new Set([...members].filter((one) => !later.has(`${id} ${one}`)))]),
    );
  }

  #isSwap(owner: string, member: string): boolean {
    const schedule = this.#plan?.contacts.find(({ contactId }) => contactId === owner);
    const unbinds = schedule?.swaps.filter(({ action }) => action === 'unbind') ?? [];
    const isThis = ({ target }: BindingChange): boolean => target.id === member;
    return unbinds.some(({ changes }) => changes.some(isThis));
  }

  #isCovered(accountId: string, holdings: Holdings): boolean {
    return [...holdings].some(
      ([owner, members]) =>
        owner.startsWith('c-') &&
        [...members].some((member) => this.#accountsUnder(member).includes(accountId)),
    );
  }

  #accountsUnder(target: string): string[] {
    const { accounts, folders } = this.#cloud.snapshot();
    if (target === DIRECTORY) return accounts.map(({ id }) => id);
    if (!target.startsWith('fd-')) return accounts.filter(({ id }) => id === target).map(({ id }) => id);
    const parentOf = new Map(folders.map(({ id, parent }) => [id, parent]));
    const isInside = (folder: string | undefined): boolean =>
      folder !== undefined && folder !== ROOT && (folder === target || isInside(parentOf.get(folder)));
    return accounts.filter(({ folder }) => isInside(folder)).map(({ id }) => id);
  }

  #blame(violation: string): void {
    this.violations.push(violation);
  }
}

const MEMBER_CODES = new Set([
  'InvalidMember',
  'InvalidParameter.Members',
  'Invalid.AggregatorAccounts.Value',
]);
const WRITES = new Set(['AssociateMembers', 'DisassociateMembers', 'UpdateAggregator']);

function holdingsOf(cloud: EmulatedCloud): Holdings {
  const { contacts, aggregators } = cloud.snapshot();
  return new Map([
    ...contacts.map(({ id, members }): [string, Set<string>] => [
      id,
      new Set(members.map((member) => (member === ROOT ? DIRECTORY : member))),
    ]),
    ...aggregators.map(({ id, accounts }): [string, Set<string>] => [
      id,
      new Set(accounts.map((one) => one.id)),
    ]),
  ]);
}
