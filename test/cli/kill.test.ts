import { beforeAll, expect, test } from 'vitest';
import type { LoggedCall } from '../../src/emulator/call-log.ts';
import type { Delivery } from '../../src/emulator/emulated-request.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { stateFrom } from '../../src/emulator/state-file.ts';
import type { ReportChange } from '../../src/report/report-schema.ts';
import { Desk, ensureBuilt, GROUP, isWrite, type Running, smallState } from '../support/processes.ts';

/** Of each kind. Every kill starts two or three processes. */
const KILLS = Number(process.env['KILLS'] ?? (process.env['CI'] === undefined ? 20 : 200));
const SIDE_BY_SIDE = 3;
/** The next run is a process of its own for every so many kills, with a plan after it; else it is an apply alone. */
const PLAN_EVERY = 10;
const PATIENCE_MS = 20_000 * KILLS + 60_000;

beforeAll(ensureBuilt, 120_000);

const CONTACTS = Array.from({ length: 6 }, (_, index) => `c-Contact${index}00000001`);
const MEMBERS = Array.from({ length: 9 }, (_, index) => `17380845226713${String(index).padStart(2, '0')}`);
const LEAVER = '1738084522671399';

/** Each contact: two calls that bind (seven members) and one that unbinds; one account more in the group. */
const WRITES_OF_A_RUN = 3 * CONTACTS.length + 1;

const STATE = smallState({
  accounts: [...MEMBERS, LEAVER].map((id) => ({ id, name: `account ${id}` })),
  contacts: CONTACTS.map((id) => ({ id, name: id, members: [MEMBERS[0], LEAVER] })),
  aggregators: [{ id: GROUP, name: 'group', accounts: [MEMBERS[0]] }],
});

const list = (ids: readonly (string | undefined)[]): string => ids.map((id) => `"${id}"`).join(', ');

const MANIFEST = `version: 1
contacts:
${CONTACTS.map((id) => `  - contact: ${id}\n    bind: [${list(MEMBERS.slice(0, 8))}]`).join('\n')}
  - contact: ${CONTACTS[0]}
    bind: ["${LEAVER}"]
aggregators:
  - aggregator: ${GROUP}
    accounts: [${list(MEMBERS.slice(0, 2))}]
`;

/** Where in the life of a call the process dies. */
const MOMENTS = ['before it takes effect', 'before it is answered', 'as it is answered'] as const;

type OnCall = (call: LoggedCall, child: Running, pass: () => Delivery) => Delivery;

const SILENCE: Delivery = { kind: 'silence' };

/** One run that is killed, and the next one. */
class Death {
  readonly desk = new Desk();
  readonly emulator: RunningEmulator;
  #sent: readonly LoggedCall[] = [];

  constructor(emulator: RunningEmulator) {
    this.emulator = emulator;
    this.desk.write('manifest.yaml', MANIFEST);
  }

  static async prepare(): Promise<Death> {
    return new Death(await startEmulator({ state: stateFrom(STATE) }));
  }

  async clear(): Promise<void> {
    await this.emulator.close();
    await this.desk.clear();
  }

  apply(...flags: readonly string[]): Running {
    const { url } = this.emulator;
    return this.desk.start([
      ...['apply', 'manifest.yaml', '--endpoint', url, '--settle', '1s', '--quiet'],
      ...['--max-removal-share', '1', '--concurrency', '3', ...flags],
    ]);
  }

  /** Starts an apply, and lets `onCall` decide over every call it makes. */
  async applyUntilKilled(onCall: OnCall): Promise<void> {
    const { cloud } = this.emulator;
    const receive = cloud.receive.bind(cloud);
    const child = this.apply();
    let dead = false;
    const kill = (): void => {
      dead = true;
      child.send('SIGKILL');
    };
    cloud.receive = (request) => {
      // What is still in the socket of a dead process was sent by it: the service takes it.
      if (dead) return receive(request);
      const next = { action: request.action } as LoggedCall;
      return onCall(next, { ...child, send: kill }, () => receive(request));
    };
    const { signal, code, stderr } = await child.ended;
    expect(signal ?? code, stderr).toSatisfy((how) => how === 'SIGKILL' || how === 0);
    cloud.receive = receive;
    this.#sent = this.emulator.cloud.calls().filter(isWrite);
  }

  /** Every write that arrived was announced on disk before it left. */
  expectEveryWriteInTheJournal(): void {
    const announced = [...this.desk.journals().values()]
      .flat()
      .flatMap((line) => (line.line === 'intent' ? [keyOf(line.action, line.owner, line.members)] : []));
    for (const { action, owner, members } of this.#sent) {
      const place = announced.indexOf(keyOf(action, owner ?? '', members));
      expect(place, `${action} ${owner} is not in the journal`).not.toBe(-1);
      announced.splice(place, 1);
    }
  }

  async expectNextRunConverges(andPlan: boolean): Promise<void> {
    const [dead, ...others] = [...this.desk.journals()];
    expect(others).toEqual([]);
    // Killed while the journal was made: nothing was sent, and there is nothing to report.
    const deadRun = dead?.[1].some(({ line }) => line === 'run') === true ? dead[0] : undefined;
    const next = await this.apply().ended;
    expect(next.code, next.stderr + next.stdout).toBe(0);
    if (deadRun !== undefined) this.#expectTruth(this.desk.report(deadRun).targets[0]?.changes ?? []);
    expect(this.desk.latestReport().run).toMatchObject({ exitCode: 0, mode: 'apply' });
    this.#expectManifestIsSo();
    if (!andPlan) return;
    const args = ['plan', 'manifest.yaml', '--endpoint', this.emulator.url, '--quiet'];
    const plan = await this.desk.run(args);
    expect(plan.code, plan.stderr + plan.stdout).toBe(0);
  }

  /** What the report of the dead run claims, against what the service saw of it. */
  #expectTruth(changes: readonly ReportChange[]): void {
    expect(changes.length).toBeGreaterThan(0);
    for (const { id, action, owner, member, outcome } of changes) {
      const carried = this.#sent.filter(
        (call) =>
          call.action === ACTIONS[action] && call.owner === owner.id && call.members.includes(member.id),
      );
      const tookEffect = carried.some(({ applied }) => applied);
      if (outcome.status === 'applied') expect(tookEffect, `${id} is called applied`).toBe(true);
      if (outcome.status === 'failed') expect(tookEffect, `${id} is called failed`).toBe(false);
      if (outcome.status === 'skipped') expect(carried, `${id} is called skipped`).toEqual([]);
      // Killed after its own report, a run knew more than its journal tells.
      expect(['applied', 'already', 'uncertain', 'skipped', 'failed']).toContain(outcome.status);
    }
  }

  #expectManifestIsSo(): void {
    const { contacts, aggregators } = this.emulator.cloud.snapshot();
    for (const { id, members } of contacts) {
      const wanted = id === CONTACTS[0] ? [...MEMBERS.slice(0, 8), LEAVER] : MEMBERS.slice(0, 8);
      expect([...members].sort(), id).toEqual(wanted);
    }
    expect(aggregators[0]?.accounts.map(({ id }) => id).sort()).toEqual(MEMBERS.slice(0, 2));
  }
}

const ACTIONS: Readonly<Record<ReportChange['action'], string>> = {
  bind: 'AssociateMembers',
  unbind: 'DisassociateMembers',
  'add-account': 'UpdateAggregator',
  'remove-account': 'UpdateAggregator',
};

const keyOf = (action: string, owner: string, members: readonly string[]): string =>
  [action, owner, ...members].join(' ');

/** @param n  the write it dies at, from 1 */
function atWrite(n: number, moment: (typeof MOMENTS)[number]): OnCall {
  let writes = 0;
  return (call, child, pass) => {
    if (!isWrite(call)) return pass();
    writes += 1;
    if (writes !== n) return pass();
    if (moment === 'before it takes effect') {
      child.send('SIGKILL');
      return SILENCE;
    }
    const answer = pass();
    if (moment === 'before it is answered') {
      child.send('SIGKILL');
      return SILENCE;
    }
    setImmediate(() => child.send('SIGKILL'));
    return answer;
  };
}

/** @param afterMs  from the first call on */
function afterAWhile(afterMs: number): OnCall {
  let begun = false;
  return (_, child, pass) => {
    if (!begun) setTimeout(() => child.send('SIGKILL'), afterMs);
    begun = true;
    return pass();
  };
}

async function sideBySide(count: number, perform: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await perform(index);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

async function die(index: number, onCall: OnCall): Promise<void> {
  const death = await Death.prepare();
  try {
    await death.applyUntilKilled(onCall);
    death.expectEveryWriteInTheJournal();
    await death.expectNextRunConverges(index % PLAN_EVERY === 0);
  } finally {
    await death.clear();
  }
}

test(
  `killed at ${KILLS} boundaries of its writes, the next run reports it and converges`,
  async () => {
    await sideBySide(KILLS, async (index) => {
      const n = 1 + (Math.floor(index / MOMENTS.length) % WRITES_OF_A_RUN);
      await die(index, atWrite(n, MOMENTS[index % MOMENTS.length] ?? MOMENTS[0]));
    });
  },
  PATIENCE_MS,
);

test(
  `killed at ${KILLS} random moments, the next run reports it and converges`,
  async () => {
    const lifeMs = await lifeOfARun();
    await sideBySide(KILLS, (index) => die(index, afterAWhile(Math.random() * lifeMs)));
  },
  PATIENCE_MS,
);

/** From the first call to the end, undisturbed. */
async function lifeOfARun(): Promise<number> {
  const death = await Death.prepare();
  try {
    let begun: number | undefined;
    await death.applyUntilKilled((_, _child, pass) => {
      begun ??= performance.now();
      return pass();
    });
    return performance.now() - (begun ?? Number.NaN);
  } finally {
    await death.clear();
  }
}
