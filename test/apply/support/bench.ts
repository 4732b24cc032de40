import type { ApplyContext } from '../../../src/apply/context.ts';
import { Ledger } from '../../../src/apply/ledger.ts';
import { createCloudReader } from '../../../src/cloud/cloud-reader.ts';
import { createCloudWriter } from '../../../src/cloud/cloud-writer.ts';
import type { LoggedCall } from '../../../src/emulator/call-log.ts';
import { EmulatedCloud } from '../../../src/emulator/emulated-cloud.ts';
import { Inventory } from '../../../src/inventory/inventory.ts';
import { HaltSwitch } from '../../../src/model/halt.ts';
import type { JobEvent } from '../../../src/model/job-event.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import type { Change } from '../../../src/model/plan.ts';
import type { IntendedCall, SettledCall } from '../../../src/model/ports.ts';
import { Territory } from '../../../src/model/territory.ts';
import { createPacedCall } from '../../../src/pace/paced-caller.ts';
import { emulatedCall } from '../../simulation/emulated-call.ts';
import { FakeClock, seededRandom } from '../../support/fake-time.ts';
import { type Directory, stateOf } from './emulated-directory.ts';
import { CALL_MS, isWrite, SETTLE_MS } from './emulated-job.ts';

/** One part of the executor on a bench: the emulated services in front of it, virtual time, everything noted. */
export class Bench {
  readonly clock = new FakeClock();
  readonly halt = new HaltSwitch();
  readonly cloud: EmulatedCloud;
  readonly context: ApplyContext;
  readonly events: JobEvent[] = [];
  /** What the journal holds, in order. */
  readonly journal: (IntendedCall | (SettledCall & { readonly settles: number }))[] = [];
  #intents = 0;
  #tokens = 0;

  private constructor(directory: Directory, changes: readonly Change[], inventoryOf: (bench: Bench) => Ports) {
    this.cloud = new EmulatedCloud(stateOf(directory), { now: () => this.clock.now() });
    const ports = inventoryOf(this);
    this.context = {
      ...ports,
      settings: { settleMs: SETTLE_MS, accountsPerAggregator: 200 },
      ledger: new Ledger(changes),
      territory: new Territory([]),
      journal: {
        intend: (call) => {
          this.journal.push(call);
          this.#intents += 1;
          return this.#intents;
        },
        settle: (settles, result) => void this.journal.push({ ...result, settles }),
      },
      clock: this.clock,
      newToken: () => `token-${String((this.#tokens += 1))}`,
      halt: this.halt,
      emit: (event) => void this.events.push(event),
    };
  }
}
