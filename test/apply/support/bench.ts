import type { ApplyContext } from '../../../src/apply/context.ts';
import { Ledger } from '../../../src/apply/ledger.ts';
import { LiveAccounts } from '../../../src/apply/live-accounts.ts';
import { createCloudReader } from '../../../src/cloud/cloud-reader.ts';
import { createCloudWriter } from '../../../src/cloud/cloud-writer.ts';
import type { LoggedCall } from '../../../src/emulator/call-log.ts';
import { EmulatedCloud } from '../../../src/emulator/emulated-cloud.ts';
import { Inventory } from '../../../src/inventory/inventory.ts';
import type { Account } from '../../../src/model/actual-state.ts';
import { HaltSwitch } from '../../../src/model/halt.ts';
import { parseAccountId, parseRootFolderId } from '../../../src/model/ids.ts';
import type { JobEvent } from '../../../src/model/job-event.ts';
import type { Change } from '../../../src/model/plan.ts';
import type { IntendedCall, SettledCall } from '../../../src/model/ports.ts';
import { Territory } from '../../../src/model/territory.ts';
import { createPacedCall } from '../../../src/pace/paced-caller.ts';
import { emulatedCall } from '../../simulation/emulated-call.ts';
import { DIRECTORY as DIRECTORY_ID, ROOT } from '../../simulation/random-world.ts';
import { always, FakeClock } from '../../support/fake-time.ts';
import { DIRECTORY as SOME_DIRECTORY } from '../../support/world.ts';
import { type Directory, stateOf } from './emulated-directory.ts';
import { CALL_MS, isWrite, SETTLE_MS } from './emulated-job.ts';

type JournalEntry = IntendedCall | (SettledCall & { readonly settles: number });

/** One part of the executor on a bench: the emulated services in front of it, virtual time, everything noted. */
export class Bench {
  readonly clock = new FakeClock();
  readonly halt = new HaltSwitch();
  readonly cloud: EmulatedCloud;
  readonly context: ApplyContext;
  readonly events: JobEvent[] = [];
  readonly journal: JournalEntry[] = [];
  /** Called when the service has just received a call. */
  afterCall: (call: LoggedCall) => void = () => undefined;
  #intents = 0;
  #tokens = 0;

  /**
   * @param faults  in the form of the state file
   * @param read    ids of the accounts that were read before; none: accounts were not read
   */
  constructor(
    directory: Directory,
    changes: readonly Change[],
    faults: readonly object[] = [],
    read: readonly string[] = [],
  ) {
    this.cloud = new EmulatedCloud(stateOf(directory), { now: () => this.clock.now() });
    this.cloud.addFaults(faults);
    const rpc = emulatedCall(this.cloud, this.clock, CALL_MS, {
      leaving: () => undefined,
      received: () => this.afterCall(this.#lastCall()),
      answered: () => undefined,
    });
    const effects = {
      clock: this.clock,
      halt: this.halt,
      emit: (event: JobEvent) => void this.events.push(event),
    };
    const call = createPacedCall(
      { concurrency: 5, aggregatorIntervalMs: 1000 },
      { ...effects, random: always(0.5) },
    );
    this.context = {
      ...effects,
      call,
      writer: createCloudWriter(rpc),
      state: new Inventory(createCloudReader(rpc), call).stateOf(directoryNames()),
      settings: { settleMs: SETTLE_MS, accountsPerAggregator: 200 },
      ledger: new Ledger(changes),
      accounts: new LiveAccounts(new Territory(read.map(asAccount)), false),
      journal: {
        intend: (intent) => {
          this.journal.push(intent);
          this.#intents += 1;
          return this.#intents;
        },
        settle: (settles, result) => void this.journal.push({ ...result, settles }),
      },
      newToken: () => `token-${String((this.#tokens += 1))}`,
    };
  }

  finish<T>(work: Promise<T>): Promise<T> {
    return this.clock.finish(work);
  }

  get writes(): readonly LoggedCall[] {
    return this.cloud.calls().filter(isWrite);
  }

  /** What an owner holds now. */
  held(owner: string): readonly string[] {
    const { contacts, aggregators } = this.cloud.snapshot();
    const group = aggregators.find(({ id }) => id === owner);
    return group?.accounts.map(({ id }) => id) ?? contacts.find(({ id }) => id === owner)?.members ?? [];
  }

  finding(change: Change) {
    return this.context.ledger.of(change).finding;
  }

  #lastCall(): LoggedCall {
    const last = this.cloud.calls().at(-1);
    if (last === undefined) throw new Error('no call was received');
    return last;
  }
}

function asAccount(text: string): Account {
  const id = parseAccountId(text);
  const folderId = parseRootFolderId(ROOT);
  if (id === undefined || folderId === undefined) throw new Error(`${text} is no account id`);
  return { id, displayName: text, folderId, folderPath: [], tags: undefined };
}

function directoryNames() {
  const rootFolderId = parseRootFolderId(ROOT);
  if (rootFolderId === undefined || SOME_DIRECTORY.id !== DIRECTORY_ID) throw new Error('the worlds differ');
  return { ...SOME_DIRECTORY, rootFolderId };
}
