import { applyPlan } from '../../../src/apply/apply-plan.ts';
import { createCloudReader } from '../../../src/cloud/cloud-reader.ts';
import { createCloudWriter } from '../../../src/cloud/cloud-writer.ts';
import type { RpcCall, RpcRequest } from '../../../src/cloud/rpc-call.ts';
import type { LoggedCall } from '../../../src/emulator/call-log.ts';
import { EmulatedCloud } from '../../../src/emulator/emulated-cloud.ts';
import { haltAfter } from '../../../src/job/halt-after.ts';
import { runTarget } from '../../../src/job/run-target.ts';
import type { TargetSettings } from '../../../src/job/settings.ts';
import { HaltSwitch } from '../../../src/model/halt.ts';
import type { JobEvent } from '../../../src/model/job-event.ts';
import type { WriteJournal } from '../../../src/model/ports.ts';
import type { TargetResult } from '../../../src/model/target-result.ts';
import { emulatedCall } from '../../simulation/emulated-call.ts';
import { MemoryJournals } from '../../simulation/memory-journal.ts';
import { Referee } from '../../simulation/referee.ts';
import { applySettings } from '../../support/apply-settings.ts';
import { FakeClock, seededRandom } from '../../support/fake-time.ts';
import { heldBytes, notToBeRead } from '../../support/held-bytes.ts';
import { CoverageWatch } from './coverage-watch.ts';
import { account, type Directory, manifestOf, stateOf } from './emulated-directory.ts';
import { type Death, MortalProcess } from './mortal-process.ts';

export const SETTLE_MS = 30_000;
/** How long the client waits for an answer. */
export const CALL_MS = 10_000;

const WRITES = new Set(['AssociateMembers', 'DisassociateMembers', 'UpdateAggregator']);
export const isWrite = ({ action }: { readonly action: string }): boolean => WRITES.has(action);

/** A fault in the form of the state file. */
export interface WrittenFault {
  readonly kind: string;
  readonly code?: string;
  readonly status?: number;
  readonly delayMs?: number;
  readonly times?: number | 'always';
  readonly retryAfterMs?: number;
}

export interface Trouble {
  /** Faults that meet the writes of this run with these numbers, from 1. */
  readonly faults?: Readonly<Record<number, WrittenFault>>;
  readonly death?: Death;
  /** Called before every call leaves, with its number in this run, from 1. It may fail the call by throwing. */
  readonly beforeCall?: (call: number, request: RpcRequest, cloud: EmulatedCloud) => void;
  readonly deadlineMs?: number;
  /** How it is to go about it. */
  readonly settings?: Partial<
    Pick<TargetSettings, 'mode' | 'pauseMs' | 'window' | 'maxChanges' | 'concurrency' | 'guard'>
  >;
  /** Calls from this on, from 1, cannot be put into the journal: before they leave, or once they are answered. */
  readonly diskFull?: { readonly from: number; readonly at: 'intend' | 'settle' };
}

export interface Run {
  /** Undefined when the process died. */
  readonly result: TargetResult | undefined;
  /** What the service received of this run. */
  readonly calls: readonly LoggedCall[];
  /** What left, received or not. */
  readonly sent: number;
  /** When the last call left, in milliseconds from the start of the run. */
  readonly lastSentMs: number;
  readonly elapsedMs: number;
}

/** One directory in virtual time: whole jobs run against it, one after the other, under a referee's eyes. */
export class EmulatedJobs {
  readonly clock = new FakeClock();
  readonly cloud: EmulatedCloud;
  readonly events: JobEvent[] = [];
  readonly #manifest: string;
  readonly #referee: Referee;
  readonly #coverage: CoverageWatch;
  readonly #journals = new MemoryJournals();
  readonly #random = seededRandom(7);
  #tokens = 0;

  constructor(directory: Directory) {
    this.#manifest = manifestOf(directory);
    this.cloud = new EmulatedCloud(stateOf(directory), { now: () => this.clock.now() });
    this.#referee = new Referee(this.cloud, applySettings().concurrency);
    const wanted = directory.contacts.flatMap((contact) => contact.wanted.map(account));
    this.#coverage = new CoverageWatch(this.cloud, new Set(wanted));
  }

  get violations(): readonly string[] {
    return [...this.#referee.violations, ...this.#coverage.violations];
  }

  async run(trouble: Trouble = {}): Promise<Run> {
    const before = this.cloud.calls().length;
    const startedAt = this.clock.now();
    const sent: number[] = [];
    const result = await this.#process(trouble, sent);
    const elapsedMs = this.clock.now() - startedAt;
    await this.#letLateWritesLand(result);
    const calls = this.cloud.calls().slice(before);
    const lastSentMs = (sent.at(-1) ?? startedAt) - startedAt;
    return { result, calls, sent: sent.length, lastSentMs, elapsedMs };
  }

  /** What a run says is held against the state only once nothing of it can take effect any more. */
  async #letLateWritesLand(result: TargetResult | undefined): Promise<void> {
    if (result === undefined) return;
    await this.clock.finish(this.clock.sleep(SETTLE_MS));
    this.#referee.look('ours');
    this.#referee.reported(result);
  }

  async #process(trouble: Trouble, sent: number[]): Promise<TargetResult | undefined> {
    const { deadlineMs } = trouble;
    const process = new MortalProcess(this.clock, trouble.death);
    const halt = new HaltSwitch();
    const call = this.#wire(process, trouble, sent);
    const cancelDeadline = haltAfter(deadlineMs, process.clock, halt);
    const work = runTarget(applySettings({ settleMs: SETTLE_MS, ...trouble.settings }), {
      readFile: notToBeRead,
      openFile: async () => heldBytes(new TextEncoder().encode(this.#manifest)),
      lock: async () => undefined,
      reader: createCloudReader(call),
      openWriter: () => createCloudWriter(call),
      loadExecutor: async () => applyPlan,
      openJournal: (plan) => {
        this.#referee.starting(plan);
        return onDisk(process.journalWith(this.#journals.open(this.clock)), trouble.diskFull);
      },
      earlierWritesUntil: (_, settleMs) => this.#journals.until(settleMs),
      refusedLeavers: () => new Set(),
      clock: process.clock,
      random: this.#random,
      newToken: () => `token-${String((this.#tokens += 1))}`,
      halt,
      emit: (event) => void this.events.push(event),
    });
    const result = await this.clock.finish(Promise.race([process.death, work]));
    cancelDeadline();
    if (result === undefined) this.#referee.died();
    return result;
  }

  #wire(process: MortalProcess, { faults, beforeCall }: Trouble, sent: number[]): RpcCall {
    const send = emulatedCall(this.cloud, process.clock, CALL_MS, {
      leaving: (request) => this.#referee.leaving(request),
      received: (request) => {
        this.#referee.received(request, this.clock.now());
        this.#coverage.look();
      },
      answered: (request) => this.#referee.answered(request),
    });
    return async (request) => {
      const write = isWrite(request) ? process.write : 0;
      if (process.endsAt(write, 'before-sending')) return process.never();
      sent.push(this.clock.now());
      beforeCall?.(sent.length, request, this.cloud);
      if (process.endsAt(write, 'sent-not-received')) return process.never();
      const fault = faults?.[write];
      if (fault !== undefined) this.cloud.addFaults({ times: 1, ...fault });
      const answer = send(request);
      if (process.endsAt(write, 'received-not-answered')) answer.catch(() => undefined);
      return answer.finally(() => process.survive());
    };
  }
}

/** The disk takes nothing any more from that call on. */
function onDisk(journal: WriteJournal, full: Trouble['diskFull']): WriteJournal {
  if (full === undefined) return journal;
  let calls = 0;
  const write = <T>(step: 'intend' | 'settle', call: number, work: () => T): T => {
    const takesIt = call < full.from || (call === full.from && step === 'intend' && full.at === 'settle');
    if (takesIt) return work();
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  return {
    intend: (call) => write('intend', (calls += 1), () => journal.intend(call)),
    settle: (call, result) => write('settle', call, () => journal.settle(call, result)),
  };
}
