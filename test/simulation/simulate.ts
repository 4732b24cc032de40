import { applyPlan } from '../../src/apply/apply-plan.ts';
import { createCloudReader } from '../../src/cloud/cloud-reader.ts';
import { createCloudWriter } from '../../src/cloud/cloud-writer.ts';
import type { RpcCall } from '../../src/cloud/rpc-call.ts';
import { EmulatedCloud } from '../../src/emulator/emulated-cloud.ts';
import { refusedLeavers } from '../../src/job/leavers.ts';
import { runTarget } from '../../src/job/run-target.ts';
import type { TargetSettings } from '../../src/job/settings.ts';
import { HaltSwitch } from '../../src/model/halt.ts';
import type { Clock } from '../../src/model/ports.ts';
import type { TargetResult } from '../../src/model/target-result.ts';
import type { WriteWindow } from '../../src/model/write-window.ts';
import { applySettings } from '../support/apply-settings.ts';
import { FakeClock, START, seededRandom } from '../support/fake-time.ts';
import { heldBytes, notToBeRead } from '../support/held-bytes.ts';
import { emulatedCall } from './emulated-call.ts';
import { MemoryJournals } from './memory-journal.ts';
import { randomScenario, type Scenario, wantedBy } from './random-world.ts';
import { Referee } from './referee.ts';

export interface Simulation {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly calls: number;
  readonly crashes: number;
  readonly faults: number;
  readonly runs: readonly number[];
  readonly lostInTheWindow: number;
  readonly virtualMs: number;
}

const SETTLE_MS = 30_000;
const CALL_MS = 10_000;
/** After the faults have stopped, so many runs at the most until nothing is left to do. */
const RUNS_TO_CONVERGE = 4;

/** One seed: a random directory, manifests, faults, crashes and other writers; runs until quiet. */
export async function simulate(seed: number, trace?: (line: string) => void): Promise<Simulation> {
  return new World(randomScenario(seed, seededRandom(seed)), trace).play();
}

class World {
  readonly #scenario: Scenario;
  readonly #trace: (line: string) => void;
  readonly #clock = new FakeClock();
  readonly #cloud: EmulatedCloud;
  readonly #referee: Referee;
  readonly #journals = new MemoryJournals();
  readonly #random: () => number;
  readonly #runs: number[] = [];
  readonly #leavers = new Set<string>();
  #quiet = false;
  #crashes = 0;
  #tokens = 0;

  constructor(scenario: Scenario, trace: ((line: string) => void) | undefined) {
    this.#scenario = scenario;
    this.#trace = trace ?? (() => undefined);
    const faulty = seededRandom(scenario.seed ^ 0x5eed);
    // No fault has probability 1, so a quiet world is one in which the dice always show this.
    const random = () => (this.#quiet ? 0.999999 : faulty());
    this.#cloud = new EmulatedCloud(scenario.state, { now: () => this.#clock.now(), random });
    this.#referee = new Referee(this.#cloud, scenario.concurrency);
    this.#random = seededRandom(scenario.seed ^ 0x70b);
  }

  async play(): Promise<Simulation> {
    for (const write of this.#scenario.foreign) void this.#foreignWrite(write);
    const [first, second] = this.#scenario.manifests;
    for (const [index, crashAfter] of this.#scenario.crashAfter.entries()) {
      await this.#run(index === 0 ? first : second, crashAfter);
    }
    await this.#becomeQuiet();
    await this.#converge(second);
    return {
      seed: this.#scenario.seed,
      violations: this.#referee.violations,
      calls: this.#cloud.calls().length,
      crashes: this.#crashes,
      faults: this.#cloud.calls().filter(({ fault }) => fault !== undefined).length,
      runs: this.#runs,
      lostInTheWindow: this.#referee.lostInTheWindow,
      virtualMs: this.#clock.now() - START,
    };
  }

  async #converge(manifest: string): Promise<void> {
    for (let run = 1; run <= RUNS_TO_CONVERGE; run += 1) {
      const result = await this.#run(manifest, undefined);
      if (result === undefined || result.exitCode === 65 || result.exitCode === 4) return;
      if (result.exitCode === 0 && result.plan?.changes.length === 0) return;
    }
    this.#referee.blame(`not quiet after ${RUNS_TO_CONVERGE} runs without faults: ${this.#runs.join(' ')}`);
  }

  async #becomeQuiet(): Promise<void> {
    const last = Math.max(0, ...this.#scenario.foreign.map(({ atMs }) => START + atMs));
    this.#quiet = true;
    await this.#clock.finish(this.#clock.sleep(Math.max(0, last - this.#clock.now()) + SETTLE_MS));
  }

  /** @returns undefined when the process died on the way */
  async #run(manifest: string, crashAfter: number | undefined): Promise<TargetResult | undefined> {
    const first = await this.#process(manifest, crashAfter, undefined);
    const result = mayBeLifted(first) ? await this.#process(manifest, crashAfter, uncovered(first)) : first;
    this.#runs.push(result?.exitCode ?? -1);
    if (result === undefined) return undefined;
    await this.#clock.finish(this.#clock.sleep(SETTLE_MS));
    this.#referee.look('ours');
    this.#referee.reported(result);
    this.#referee.claimed(result, wantedBy(manifest));
    this.#checkCallCount(result);
    return result;
  }

  async #process(
    manifest: string,
    crashAfter: number | undefined,
    allowUncovered: number | undefined,
  ): Promise<TargetResult | undefined> {
    const life = new Life(this.#clock, crashAfter);
    const journals = this.#journals;
    let journal: ReturnType<MemoryJournals['open']> | undefined;
    const call = this.#wire(life);
    const work = runTarget(this.#settings(allowUncovered), {
      readFile: notToBeRead,
      openFile: async () => heldBytes(new TextEncoder().encode(manifest)),
      lock: async () => undefined,
      reader: createCloudReader(call),
      openWriter: () => createCloudWriter(call),
      loadExecutor: async () => applyPlan,
      openJournal: (plan) => {
        this.#referee.starting(plan);
        for (const { id } of plan.changes) this.#trace(`  plan ${id}`);
        journal = journals.open(this.#clock);
        return journal;
      },
      refusedLeavers: () => this.#leavers,
      earlierWritesUntil: (_, settleMs) => journals.until(settleMs),
      clock: life.clock,
      random: this.#random,
      newToken: () => `token-${String((this.#tokens += 1))}`,
      halt: new HaltSwitch(),
      emit: (event) => {
        if (event.type === 'wait' || event.type === 'halt') this.#trace(`  ${JSON.stringify(event)}`);
      },
    });
    this.#trace(`run at ${this.#clock.elapsed()} ms`);
    const result = await this.#clock.finish(Promise.race([work, life.death]));
    for (const id of refusedLeavers(result?.outcomes ?? new Map())) this.#leavers.add(id);
    if (result === undefined) {
      this.#crashes += 1;
      this.#referee.died();
      this.#trace('  the process died');
    }
    this.#trace(
      `  exit ${result?.exitCode ?? 'none'}: ${JSON.stringify([...(result?.outcomes ?? [])].map(([id, { status }]) => `${id} ${status}`))}`,
    );
    return result;
  }

  #settings(allowUncovered: number | undefined): TargetSettings {
    const { concurrency, pauseMs, shutAfterMinutes } = this.#scenario;
    const usual = applySettings();
    return {
      ...usual,
      concurrency,
      pauseMs,
      window: this.#quiet || shutAfterMinutes === undefined ? undefined : windowFromStart(shutAfterMinutes),
      settleMs: SETTLE_MS,
      guard: { ...usual.guard, allowUncovered },
    };
  }

  /** A process that dies neither sends nor hears any more. */
  #wire(life: Life): RpcCall {
    const send = emulatedCall(this.#cloud, life.clock, CALL_MS, {
      leaving: (request) => this.#referee.leaving(request),
      received: (request) => {
        this.#referee.received(request, this.#clock.now());
        const logged = this.#cloud.calls().at(-1);
        this.#trace(
          `  ${this.#clock.elapsed()} ${request.action} ${JSON.stringify({ ...request.query, ...request.form })} ${logged?.fault ?? ''} ${logged?.code ?? ''}`,
        );
      },
      answered: (request) => this.#referee.answered(request),
    });
    return async (request) => {
      const moment = WRITES.has(request.action) ? life.nextWrite() : 'alive';
      if (moment === 'dies-before') return life.never();
      const answer = send(request);
      if (moment === 'dies-after') {
        answer.catch(() => undefined);
        return life.never();
      }
      return answer.then(
        (response) => (life.isOver ? life.never() : response),
        (error: unknown) => {
          if (life.isOver) return life.never();
          throw error;
        },
      );
    };
  }

  async #foreignWrite({ atMs, kind, owner, member }: Scenario['foreign'][number]): Promise<void> {
    await this.#clock.sleep(atMs);
    this.#trace(`  ${this.#clock.elapsed()} somebody else: ${kind} ${owner} ${member}`);
    const held = (list: readonly string[]): string[] =>
      kind === 'unbind'
        ? list.filter((id) => id !== member)
        : [...list, ...(list.includes(member) ? [] : [member])];
    this.#referee.foreign(owner, member, this.#clock.now(), () => {
      const { accounts, contacts, aggregators } = this.#cloud.snapshot();
      if (!accounts.some(({ id }) => id === member)) return;
      if (kind === 'leave') return this.#cloud.removeAccount(member);
      const group = aggregators.find(({ id }) => id === owner);
      if (group !== undefined)
        return this.#cloud.setAggregatorAccounts(owner, held(group.accounts.map(({ id }) => id)));
      const contact = contacts.find(({ id }) => id === owner);
      this.#cloud.setContactMembers(owner, held(contact?.members ?? []));
    });
  }

  #checkCallCount({ calls, plan }: TargetResult): void {
    const planned =
      plan === undefined ? 0 : plan.calls.associate + plan.calls.disassociate + plan.calls.update;
    if (calls.length > 60 * planned + 60) this.#referee.blame(`${calls.length} calls for ${planned} planned`);
  }
}

function windowFromStart(lengthMinutes: number): WriteWindow {
  const from = new Date(START).getUTCHours() * 60 + new Date(START).getUTCMinutes();
  return { from, until: from + lengthMinutes, zone: 'UTC' };
}

const WRITES = new Set(['AssociateMembers', 'DisassociateMembers', 'UpdateAggregator']);

/** The life of one process, until it is killed at a chosen write. */
class Life {
  isOver = false;
  readonly clock: Clock;
  readonly death: Promise<undefined>;
  #die: () => void = () => undefined;
  readonly #crashAfter: number | undefined;
  #writes = 0;

  constructor(clock: FakeClock, crashAfter: number | undefined) {
    this.#crashAfter = crashAfter;
    this.death = new Promise((resolve) => {
      this.#die = () => {
        this.isOver = true;
        resolve(undefined);
      };
    });
    this.clock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      sleep: async (ms, signal) => {
        await clock.sleep(ms, signal);
        if (this.isOver) await this.never();
      },
    };
  }

  nextWrite(): 'alive' | 'dies-before' | 'dies-after' {
    this.#writes += 1;
    if (this.#writes !== this.#crashAfter) return this.isOver ? 'dies-before' : 'alive';
    this.#die();
    return this.#writes % 2 === 0 ? 'dies-before' : 'dies-after';
  }

  never(): Promise<never> {
    return new Promise(() => undefined);
  }
}

/** The plan was refused for nothing but accounts that are meant to lose their last contact. */
function mayBeLifted(result: TargetResult | undefined): result is TargetResult {
  const reasons = result?.plan?.guard.reasons ?? [];
  return reasons.length > 0 && reasons.every(({ rule }) => rule === 'last-contact');
}

const uncovered = ({ plan }: TargetResult): number | undefined => plan?.guard.reasons[0]?.measured;
